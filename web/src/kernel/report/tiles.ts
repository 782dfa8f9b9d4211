/** What the tiles of a dashboard ask for, read with the metadata: columns, figures, and where the whole of it is. */
import type { Meta, MetaField, MetaObject, MetaReport, RecordData, Tile } from "../../api/types";
import { listAddress, reportAddress } from "../addresses";
import { namesOf } from "../figures/ask";
import { columnsOf } from "../list/columns";
import { ALL, searchOf } from "../list/views";
import { fieldOf, findObject } from "../meta";

/** A tile as a page keeps it: with its room, in columns and lines, and whether its figures stand in a table. */
export type BoardTile = Tile & {
  id?: string;
  width?: number | null;
  height?: number | null;
  table?: boolean | null;
};

/** The tiles that a dashboard's record has. */
export const tilesOf = (record: RecordData): BoardTile[] =>
  Array.isArray(record.tiles) ? (record.tiles as unknown as BoardTile[]) : [];

/** The columns of a list: those it names, or those that the object's own list has. */
export function listedOf(object: MetaObject, tile: Tile): MetaField[] {
  const named = namesOf(tile.fields).flatMap((name) => fieldOf(object, name) ?? []);
  return named.length > 0 ? named : columnsOf(object, ALL);
}

/** The report that a tile shows, whose name in an address is in kebab-case. */
export function reportOf(meta: Meta, tile: Tile): { app: string; report: MetaReport } | undefined {
  const [app = "", name = ""] = tile.source.split(".");
  const found = meta.apps.find((candidate) => candidate.name === app);
  const report = found?.reports.find((candidate) => candidate.name === name.replaceAll("_", "-"));
  return report && { app, report };
}

/** Where the whole of what a tile shows is found, by those who may see it. */
export function wholeOf(meta: Meta, tile: Tile): { to: string; search: Record<string, string> } | undefined {
  if (tile.kind === "report") {
    const found = reportOf(meta, tile);
    return found && { to: reportAddress(found.app, found.report.name), search: {} };
  }
  const object = findObject(meta, tile.source);
  if (!object || object.child) return undefined;
  return { to: listAddress(object.path), search: searchOf(object, tile.filter, tile.sort) };
}
