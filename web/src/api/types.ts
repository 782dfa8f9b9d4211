/** Shapes of the HTTP contract, named: all of them are made from the OpenAPI document; see docs/faces.md. */
import type { components, paths } from "../../../clients/typescript/src/generated";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** A generated type in which what the document leaves open is JSON. */
export type Told<T> = unknown extends T
  ? Json
  : T extends readonly (infer Item)[]
    ? Told<Item>[]
    : T extends object
      ? { [Key in keyof T]: Told<T[Key]> }
      : T;

type Schemas = components["schemas"];
type Schema<Name extends keyof Schemas> = Told<Schemas[Name]>;

/** A record: `id`, `version`, its times, and the fields that its object declares at run time. */
export type RecordData = JsonObject;

export type Meta = Schema<"Meta">;
export type MetaApp = Schema<"MetaApp">;
export type MetaObject = Schema<"MetaObject">;
export type MetaAction = Schema<"MetaAction">;
export type MetaReport = Schema<"MetaReport">;
export type MetaColumn = Schema<"MetaColumn">;
export type MetaSection = Schema<"MetaSection">;
export type MetaState = Schema<"MetaState">;
export type MetaStates = Schema<"MetaStates">;
export type MetaView = Schema<"MetaView">;
export type Choice = Schema<"MetaChoice">;
export type Company = Schema<"MetaCompany">;
export type Tile = Schema<"Tile">;
export type FieldType = Schema<"MetaField">["type"];

type Essential = "name" | "label" | "type";
/** A field as the renderer needs it: one of the metadata, or one read from an action's input. */
export type MetaField = Pick<Schema<"MetaField">, Essential> &
  Partial<Omit<Schema<"MetaField">, Essential>> & {
    /** Columns of a table that no object declares (an action's input). */
    columns?: MetaField[];
  };

export type FieldError = Schema<"FieldError">;
export type ProblemBody = Schema<"Problem">;
export type FieldChange = Schema<"FieldChange">;
export type Change = Schema<"Change">;
export type PreviewReply = Schema<"Preview">;
export type HistoryEntry = Schema<"Event">;
export type Run = Schema<"Run">;
export type RunPage = Schema<"RunPage">;
export type FirstCompany = Schema<"FirstCompany">;
export type HistoryReply = Schema<"EventPage">;
export type DifferenceReply = Schema<"Difference">;
export type Explanation = Schema<"Explanation">;
export type Duplicates = Schema<"Duplicates">;
export type SharedRecord = Told<Omit<Schemas["SharedRecord"], "record">> & { record: RecordData };
export type FiguresReply = Schema<"Figures">;
export type SearchHit = Schema<"SearchHit">;
export type SearchFacet = Schema<"SearchFacet">;
export type SearchFacets = Schema<"SearchHits">["facets"];
export type BulkReport = Schema<"BulkReport">;
export type Inspection = Schema<"Inspection">;
export type InspectionMapping = Schema<"InspectionMapping">;
export type ImportReply = Schema<"ImportReport">;

type Page = paths["/core/companies"]["get"]["responses"][200]["content"]["application/json"];
/** A page of any list: those of all objects are alike but for their records. */
export type ListReply = Omit<Told<Page>, "data"> & { data: RecordData[] };

/** The answer of any report; its columns are told by the metadata. */
export interface ReportReply {
  rows: JsonObject[];
  totals?: JsonObject;
}

/** Whether an installation has no company yet, and what one may be made of. */
export type SetupOffer = Required<Schema<"SetupNeeded">>;
export type SetupReply = { needed: false } | (SetupOffer & { needed: true });

/** The part of JSON Schema 2020-12 that forms are made from. */
export interface JsonSchema {
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  type?: string | string[];
  title?: string;
  description?: string;
  format?: string;
  default?: Json;
  enum?: Json[];
  const?: Json;
  oneOf?: JsonSchema[];
  anyOf?: JsonSchema[];
  allOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  minimum?: number;
  maximum?: number;
  pattern?: string;
  readOnly?: boolean;
  "x-object"?: string;
  "x-type"?: string;
  "x-label"?: string;
}
