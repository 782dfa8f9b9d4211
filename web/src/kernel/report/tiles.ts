/** What the tiles of a dashboard ask for, read with the metadata: columns, figures, and where the whole of it is. */
import type { Json, JsonObject, Meta, MetaField, MetaObject, MetaReport, ShownTile } from "../../api/types";
import { listAddress, reportAddress } from "../addresses";
import { columnsOf } from "../list/columns";
import { ALL, searchOf } from "../list/views";
import { choicesOf, fieldOf, findObject } from "../meta";

/** What a tile figures out unless it says otherwise. */
const COUNT = "count()";

export const namesOf = (list: string | null | undefined): string[] =>
  (list ?? "").split(",").flatMap((name) => name.trim() || []);

/** `sum(amount)` as its two parts; a bare name is a field. */
function partsOf(text: string): { call: string | null; name: string } {
  const [, call, name] = /^(\w+)\((\w*)\)$/.exec(text) ?? [];
  return call === undefined ? { call: null, name: text } : { call, name: name ?? "" };
}

/** What a measure is called and of which type it is; its key in the answer is the measure as it was asked. */
export function measureOf(object: MetaObject, measure: string | null | undefined): MetaField {
  const text = measure ?? COUNT;
  const { call, name } = partsOf(text);
  const field = fieldOf(object, name);
  if (!field) return { name: text, label: object.plural, type: "integer" };
  const whole = call === "avg" && field.type === "integer";
  return { name: text, label: field.label, type: whole ? "decimal" : field.type, unit: field.unit };
}

/** What a chart tells apart: a field, or the bucket of a date, which is text. */
function groupOf(object: MetaObject, group: string): MetaField {
  const { call, name } = partsOf(group);
  const field = fieldOf(object, name);
  if (!field) return { name: group, label: group, type: "text" };
  if (call) return { name: group, label: field.label, type: "text" };
  return { name: group, label: field.label, type: field.type, to: field.to, of: choicesOf(object, field) };
}

/** Columns and chart of a tile that is drawn, as a report has them. */
export function chartOf(object: MetaObject, tile: ShownTile): Pick<MetaReport, "columns" | "chart"> {
  const groups = namesOf(tile.group);
  const fields = [...groups.map((group) => groupOf(object, group)), measureOf(object, tile.measure)];
  const columns = fields.map(({ name, label, type, to, of }) => {
    return { key: name, label, type, to: to ?? null, of: of ?? [] };
  });
  const [x = "", series = null] = groups;
  return { columns, chart: { kind: tile.chart ?? "bar", x, y: tile.measure ?? COUNT, series } };
}

/** The columns of a list: those it names, or those that the object's own list has. */
export function listedOf(object: MetaObject, tile: ShownTile): MetaField[] {
  const named = namesOf(tile.fields).flatMap((name) => fieldOf(object, name) ?? []);
  return named.length > 0 ? named : columnsOf(object, ALL);
}

/** The values of a figure: money has one for each currency. */
export const figuresOf = (data: Json | undefined): Json[] =>
  (Array.isArray(data) ? data : [data ?? null]).filter((value) => value !== null);

/** Rows of an answer. */
export const rowsOf = (data: Json | undefined): JsonObject[] =>
  Array.isArray(data)
    ? data.filter((row): row is JsonObject => typeof row === "object" && row !== null && !Array.isArray(row))
    : [];

/** The report that a tile shows, whose name in an address is in kebab-case. */
export function reportOf(meta: Meta, tile: ShownTile): { app: string; report: MetaReport } | undefined {
  const [app = "", name = ""] = tile.source.split(".");
  const found = meta.apps.find((candidate) => candidate.name === app);
  const report = found?.reports.find((candidate) => candidate.name === name.replaceAll("_", "-"));
  return report && { app, report };
}

/** Where the whole of what a tile shows is found, by those who may see it. */
export function wholeOf(
  meta: Meta,
  tile: ShownTile,
): { to: string; search: Record<string, string> } | undefined {
  if (tile.kind === "report") {
    const found = reportOf(meta, tile);
    return found && { to: reportAddress(found.app, found.report.name), search: {} };
  }
  const object = findObject(meta, tile.source);
  if (!object || object.child) return undefined;
  return { to: listAddress(object.path), search: searchOf(object, tile.filter, tile.sort) };
}
