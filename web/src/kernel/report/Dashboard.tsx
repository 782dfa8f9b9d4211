/** Tiles in a grid; above them what they are narrowed to together. */
import { useMemo } from "react";
import type { MetaField, MetaObject } from "../../api/types";
import { useLive } from "../live";
import { findObject, useMeta } from "../meta";
import classes from "./Dashboard.module.css";
import { SharedFilters } from "./SharedFilters";
import { sharedFields } from "./shared";
import { TileCard } from "./TileCard";
import type { BoardTile } from "./tiles";

/** The fields by which tiles can be narrowed together; what the tiles show is kept fresh. */
export function useShared(tiles: BoardTile[]): MetaField[] {
  const meta = useMeta();
  const objects = useMemo(() => {
    const asked = tiles.filter((tile) => tile.kind !== "report").map((tile) => findObject(meta, tile.source));
    return [...new Set(asked)].filter((object): object is MetaObject => object !== undefined);
  }, [meta, tiles]);
  useLive(
    objects,
    tiles.some((tile) => tile.kind === "report"),
  );
  return useMemo(() => sharedFields(objects), [objects]);
}

export function Dashboard({ tiles }: { tiles: BoardTile[] }) {
  const shared = useShared(tiles);
  return (
    <div className={classes.page}>
      <SharedFilters fields={shared} />
      <div className={classes.grid}>
        {tiles.map((tile, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: tiles stand in the order that they are kept in
          <TileCard key={at} tile={tile} shared={shared} />
        ))}
      </div>
    </div>
  );
}
