/** Shapes of the HTTP contract that the metadata renderer relies on; see docs/faces.md. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** A record: `id`, `version`, its times, and the fields that its object declares. */
export type RecordData = JsonObject;

export type FieldType =
  | "text"
  | "long_text"
  | "rich_text"
  | "integer"
  | "decimal"
  | "money"
  | "quantity"
  | "rate"
  | "percent"
  | "boolean"
  | "date"
  | "datetime"
  | "choice"
  | "choices"
  | "tags"
  | "link"
  | "links"
  | "table"
  | "address"
  | "email"
  | "phone"
  | "url"
  | "person_name"
  | "sequence"
  | "file"
  | "secret"
  | "json"
  | "id";

export interface Choice {
  value: string;
  label: string;
}

export interface MetaField {
  name: string;
  label: string;
  type: FieldType;
  of?: Choice[] | null;
  /** `app.object` that a link, links or table field leads to. */
  to?: string | null;
  required?: boolean;
  readonly?: boolean;
  set_once?: boolean;
  /** May still change after the record was frozen. */
  mutable?: boolean;
  computed?: boolean;
  /** Kept by the engine: id, version, times. */
  system?: boolean;
  in_list?: boolean;
  in_filter?: boolean;
  search?: boolean;
  sortable?: boolean;
  default?: Json;
  min?: string | number | null;
  max?: string | number | null;
  pattern?: string | null;
  unit?: string | null;
  help?: string | null;
  visible_when?: string | null;
  required_when?: string | null;
  readonly_when?: string | null;
  /** While it holds, a date that has passed is overdue. */
  due_when?: string | null;
  /** Columns of a table that no object declares (an action's input). */
  columns?: MetaField[];
}

export interface MetaState {
  value: string;
  label: string;
  to: string[];
  final?: boolean;
  /** The action that alone leads here. */
  by?: string | null;
  requires?: string[];
}

export interface MetaStates {
  field: string;
  initial: string;
  list: MetaState[];
}

export interface MetaSection {
  label: string | null;
  fields: string[];
}

export interface MetaView {
  name: string;
  label: string;
  kind: string;
  columns?: string[];
  sort?: string | null;
  filter?: string | null;
  by?: string;
  card?: string[];
  sum?: string | null;
  sections?: MetaSection[];
}

export type Effect = "read" | "reversible" | "compensatable" | "irreversible" | "external" | "money";

export interface MetaAction {
  name: string;
  action: string;
  label: string;
  about?: string | null;
  effect: Effect;
  on: string;
  when?: string | null;
  input?: JsonSchema | null;
}

export interface MetaObject {
  name: string;
  path: string;
  label: string;
  plural: string;
  icon?: string | null;
  about?: string | null;
  title: string;
  child?: boolean;
  tree?: string | null;
  ledger?: boolean;
  /** CEL over the record: once it holds, only fields that are `mutable` may change. */
  frozen_when?: string | null;
  verbs: string[];
  fields: MetaField[];
  states?: MetaStates | null;
  views: MetaView[];
  actions: MetaAction[];
  prints?: { name: string; label: string }[];
}

export interface ReportColumn {
  key: string;
  label: string;
  type: FieldType;
}

export interface MetaReport {
  name: string;
  label: string;
  about?: string | null;
  params?: JsonSchema | null;
  columns: ReportColumn[];
  chart?: { kind: string; x: string; y: string } | null;
}

export interface MetaApp {
  name: string;
  label: string;
  icon?: string | null;
  suite?: string;
  about?: string | null;
  objects: MetaObject[];
  reports: MetaReport[];
}

export interface Company {
  id: string;
  name: string;
  country: string | null;
  currency: string;
}

export interface Meta {
  user: { id: string; name: string; email: string; roles: string[] };
  tenant: { slug: string; name: string };
  /** The one that is worked in. */
  company: Company | null;
  companies: Company[];
  apps: MetaApp[];
}

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

export interface ListReply {
  data: RecordData[];
  next: string | null;
  /** At most `COUNT_CAP` when a capped count was asked for. */
  count?: number;
}

export interface FieldChange {
  field: string;
  from: Json;
  to: Json;
}

export interface Change {
  app: string;
  object: string;
  record: string;
  title?: string | null;
  verb: string;
  action?: string | null;
  summary?: string | null;
  fields: FieldChange[];
}

export interface PreviewReply {
  output: Json;
  changes: Change[];
}

export interface HistoryEntry {
  seq: number;
  at: string;
  action: string | null;
  verb: string;
  run: string | null;
  user: { id: string; name: string } | null;
  fields: FieldChange[];
}

export interface SearchHit {
  app: string;
  object: string;
  id: string;
  title: string;
  subtitle?: string | null;
}

export interface ImportReply {
  run?: string | null;
  created: number;
  updated: number;
  rejected_count?: number;
  rejected: { row: number; errors: FieldError[]; data?: JsonObject }[];
  preview?: JsonObject[];
}

export interface ReportReply {
  rows: JsonObject[];
  totals?: JsonObject | null;
}

export interface FieldError {
  field?: string | null;
  rule?: string | null;
  message: string;
}
