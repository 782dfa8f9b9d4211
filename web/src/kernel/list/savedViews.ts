/** Ways to look at a list that people keep: for themselves, their team, or everybody. */
import type { JsonObject, Meta, RecordData } from "../../api/types";
import { fieldOf, findObject } from "../meta";
import type { ListView } from "./views";

export const SAVED_VIEWS = "core/saved-views";

export type Scope = "personal" | "team" | "role" | "everyone";

export interface SavedView {
  id: string;
  version: number;
  name: string;
  kind: string;
  filter: string;
  sort: string;
  group: string;
  scope: Scope;
  owner: string;
  /** The columns as the address has them. */
  columns: string;
  /** The colours as the address has them. */
  colours: string;
}

const textOf = (record: JsonObject, name: string): string => {
  const value = record[name];
  return typeof value === "string" ? value : "";
};

export function savedViewOf(record: RecordData): SavedView {
  const { options, columns, owner } = record;
  const kept = options && typeof options === "object" && !Array.isArray(options) ? options : {};
  const names = Array.isArray(columns) ? columns.map(String).join(",") : "";
  return {
    id: String(record.id),
    version: Number(record.version),
    name: textOf(record, "name"),
    kind: textOf(record, "kind"),
    filter: textOf(record, "filter"),
    sort: textOf(record, "sort"),
    group: textOf(record, "group"),
    scope: textOf(record, "scope") as Scope,
    owner: String(owner ?? ""),
    columns: textOf(kept, "columns") || names,
    colours: textOf(kept, "colours"),
  };
}

/** Whether the server keeps widths, pins and colours with a view; until then the address alone has them. */
const keepsOptions = (meta: Meta): boolean => {
  const object = findObject(meta, "core.saved_view");
  return Boolean(object && fieldOf(object, "options"));
};

export interface Look {
  filter: string | undefined;
  sort: string | undefined;
  group: string | undefined;
  columns: string;
  colours: string;
}

/** What is sent to keep a look; a board keeps what its columns stand for. */
export function lookToSend(meta: Meta, view: ListView, look: Look): JsonObject {
  const by = "by" in view && typeof view.by === "string" ? view.by : null;
  const names = look.columns
    .split(",")
    .map((column) => column.split(".")[0] ?? "")
    .filter(Boolean);
  return {
    kind: view.kind,
    filter: look.filter ?? null,
    sort: look.sort ?? null,
    group: by ?? look.group ?? null,
    columns: names,
    ...(keepsOptions(meta) && { options: { columns: look.columns, colours: look.colours } }),
  };
}
