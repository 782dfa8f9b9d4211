/** A page of tiles that is being arranged: tiles come, go, change, move and get room; nothing is kept until it is saved. */
import { monitorForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { IconPlus } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { newKey } from "../../../api/http";
import { t } from "../../../messages/t";
import { findObject, useMeta } from "../../meta";
import { useShared } from "../Dashboard";
import grid from "../Dashboard.module.css";
import { SharedFilters } from "../SharedFilters";
import type { BoardTile } from "../tiles";
import { moved } from "./arrange";
import { type Kept, MOST, TILE } from "./board";
import classes from "./Edit.module.css";
import { EditTile } from "./EditTile";
import { TileDialog } from "./TileDialog";

interface Props {
  tiles: Kept[];
  onTiles: (tiles: Kept[]) => void;
}

export function EditBoard({ tiles, onTiles }: Props) {
  const shared = useShared(tiles);
  const rows = findObject(useMeta(), TILE);
  const sizable = rows?.fields.some((field) => field.name === "width") ?? false;
  const [editing, setEditing] = useState<Kept | "new" | null>(null);
  const board = useRef<HTMLDivElement>(null);
  const latest = useRef({ tiles, onTiles });
  latest.current = { tiles, onTiles };
  useEffect(
    () =>
      monitorForElements({
        canMonitor: ({ source }) => source.data.kind === "tile",
        onDrop: ({ source, location }) => {
          const to = location.current.dropTargets[0]?.data.at;
          const { at } = source.data;
          const { tiles: before, onTiles: change } = latest.current;
          if (typeof at === "number" && typeof to === "number") change(moved(before, at, to));
        },
      }),
    [],
  );

  const put = (key: string, change: Partial<BoardTile>) =>
    onTiles(tiles.map((tile) => (tile.key === key ? { ...tile, ...change } : tile)));
  const move = (at: number, places: number) => {
    onTiles(moved(tiles, at, at + places));
    const key = tiles[at]?.key;
    // The handle goes along, and the focus with it.
    requestAnimationFrame(() =>
      board.current?.querySelector<HTMLElement>(`[data-tile="${key}"] button`)?.focus(),
    );
  };
  return (
    <div className={grid.page}>
      <SharedFilters fields={shared} />
      <div ref={board} className={grid.grid}>
        {tiles.map((tile, at) => (
          <EditTile
            key={tile.key}
            tile={tile}
            tileKey={tile.key}
            at={at}
            shared={shared}
            sizable={sizable}
            onMove={(places) => move(at, places)}
            onRoom={(room) => put(tile.key, room)}
            onEdit={() => setEditing(tile)}
            onCopy={() => onTiles([...tiles, { ...tile, id: undefined, key: newKey() }])}
            onRemove={() => onTiles(tiles.filter((one) => one !== tile))}
          />
        ))}
        {tiles.length < MOST && (
          <button type="button" className={classes.add} onClick={() => setEditing("new")}>
            <span>
              <IconPlus size={16} stroke={1.6} aria-hidden style={{ verticalAlign: "-3px" }} />{" "}
              {t("board.add")}
            </span>
          </button>
        )}
      </div>
      {editing && (
        <TileDialog
          tile={editing === "new" ? undefined : editing}
          onClose={() => setEditing(null)}
          onDone={(tile) => {
            if (editing === "new") onTiles([...tiles, { ...tile, key: newKey() }]);
            else put(editing.key, tile);
            setEditing(null);
          }}
        />
      )}
    </div>
  );
}
