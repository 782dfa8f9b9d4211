/** What a tile is called as long as nobody calls it otherwise. */
import type { Meta } from "../../../api/types";
import { t } from "../../../messages/t";
import { COUNT, groupLabel, measureLabel, namesOf } from "../../figures/ask";
import { findObject } from "../../meta";
import { type BoardTile, reportOf } from "../tiles";

export function titleFor(meta: Meta, tile: BoardTile): string {
  if (tile.kind === "report") return reportOf(meta, tile)?.report.label ?? "";
  const object = findObject(meta, tile.source);
  if (!object) return "";
  const view = object.views.find((one) => one.kind === "table" && one.filter && one.filter === tile.filter);
  const plain = !tile.measure || tile.measure === COUNT;
  const what =
    plain || tile.kind === "list"
      ? object.plural
      : `${object.plural}: ${measureLabel(object, tile.measure ?? COUNT)}`;
  const named = view ? `${what} (${view.label.toLowerCase()})` : what;
  const by = tile.kind === "chart" ? namesOf(tile.group).map((group) => groupLabel(object, group)) : [];
  return by.length > 0 ? t("board.titled", { name: named, by: by.join(", ").toLowerCase() }) : named;
}
