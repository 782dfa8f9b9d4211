/** What a tile can be of, and what it asks before somebody chooses something else. */
import type { Meta, MetaObject } from "../../../api/types";
import { COUNT, groupsOf } from "../../figures/ask";
import { columnsOf } from "../../list/columns";
import { ALL } from "../../list/views";
import { fieldOf, findObject, fullNameOf, pagesOf, viewOf } from "../../meta";
import type { BoardTile } from "../tiles";

/** Columns of a list that nobody chose. */
const COLUMNS = 4;

export const TILE_KINDS = ["figure", "chart", "list", "pivot", "report"] as const;
export type TileKind = (typeof TILE_KINDS)[number];

export const kindOf = (tile: BoardTile): TileKind =>
  tile.kind === "chart" && tile.table ? "pivot" : tile.kind;

interface Sources {
  group: string;
  items: { value: string; label: string }[];
}

/** Objects by their app, or the reports that have rows. */
export function sourcesOf(meta: Meta, kind: TileKind): Sources[] {
  return meta.apps
    .map((app) => ({
      group: app.label,
      items:
        kind === "report"
          ? app.reports
              .filter((report) => report.tiles.length === 0)
              .map((report) => ({
                value: `${app.name}.${report.name.replaceAll("-", "_")}`,
                label: report.label,
              }))
          : pagesOf(app).map((object) => ({ value: fullNameOf(object), label: object.plural })),
    }))
    .filter((app) => app.items.length > 0);
}

/** What is told apart first: the state, a choice, a day, whatever there is. */
function firstGroup(object: MetaObject): string {
  const groups = groupsOf(object);
  const choice = groups.find((group) => fieldOf(object, group)?.type === "choice");
  return (
    object.states?.field ?? choice ?? groups.find((group) => group.startsWith("month(")) ?? groups[0] ?? ""
  );
}

/** As many columns of the object's own list as a tile has room for. */
const firstColumns = (object: MetaObject): string =>
  columnsOf(object, viewOf(object, "table") ?? ALL)
    .slice(0, COLUMNS)
    .map((field) => field.name)
    .join(",");

/** A tile that asks something at once. */
export function started(meta: Meta, source?: string, kind: TileKind = "figure"): BoardTile {
  const from = source ?? sourcesOf(meta, kind)[0]?.items[0]?.value ?? "";
  const object = kind === "report" ? undefined : findObject(meta, from);
  const drawn = kind === "chart" || kind === "pivot";
  return {
    title: "",
    kind: kind === "pivot" ? "chart" : kind,
    source: from,
    filter: null,
    measure: kind === "figure" || drawn ? COUNT : null,
    group: drawn && object ? firstGroup(object) : null,
    chart: kind === "chart" ? "bar" : null,
    sort: null,
    fields: kind === "list" && object ? firstColumns(object) : null,
    table: kind === "pivot" || undefined,
  };
}

/** The same question told in another way, as far as it can be. */
export function withKind(meta: Meta, tile: BoardTile, kind: TileKind): BoardTile {
  const other = kindOf(tile) === "report" || kind === "report";
  const next = started(meta, other ? undefined : tile.source, kind);
  const drawn = next.kind === "chart";
  return {
    ...tile,
    ...next,
    title: tile.title,
    filter: other ? null : tile.filter,
    measure: next.measure && (tile.measure ?? next.measure),
    group: drawn ? (tile.group ?? next.group) : null,
  };
}
