/** A tile that is being arranged: dragged by its handle, made larger by its corner. */
import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { type PointerEvent, useEffect, useRef, useState } from "react";
import type { MetaField } from "../../../api/types";
import { TileCard } from "../TileCard";
import type { BoardTile } from "../tiles";
import { COLUMNS, type Room, resized, usualRoom } from "./arrange";
import classes from "./Edit.module.css";
import { TileTools, type TileToolsProps } from "./TileTools";

/** A line of the grid. */
const LINE_PX = 88;
const GAP_PX = 12;

interface Props extends Omit<TileToolsProps, "title" | "handle" | "onResize"> {
  tile: BoardTile;
  tileKey: string;
  at: number;
  shared: MetaField[];
  /** The server keeps how much room tiles have. */
  sizable: boolean;
  onRoom: (room: Room) => void;
}

export function EditTile({ tile, tileKey, at, shared, sizable, onRoom, ...tools }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const handle = useRef<HTMLButtonElement>(null);
  const [over, setOver] = useState(false);
  const [dragging, setDragging] = useState(false);
  const [pulled, setPulled] = useState<{ x: number; y: number; room: Room; lines: number } | null>(null);
  const usual = usualRoom(tile.kind);
  const room: Room = { width: tile.width ?? usual.width, height: tile.height ?? null };
  const [shown, setShown] = useState<Room | null>(null);

  useEffect(() => {
    if (!frame.current || !handle.current) return;
    return combine(
      draggable({
        element: frame.current,
        dragHandle: handle.current,
        getInitialData: () => ({ kind: "tile", at }),
        onDragStart: () => setDragging(true),
        onDrop: () => setDragging(false),
      }),
      dropTargetForElements({
        element: frame.current,
        canDrop: ({ source }) => source.data.kind === "tile",
        getData: () => ({ at }),
        onDragEnter: ({ source }) => setOver(source.data.at !== at),
        onDragLeave: () => setOver(false),
        onDrop: () => setOver(false),
      }),
    );
  }, [at]);

  const linesNow = () => Math.max(1, Math.round((frame.current?.offsetHeight ?? LINE_PX) / LINE_PX));
  const resize = (columns: number, lines: number) => onRoom(resized(room, linesNow(), columns, lines));
  const pull = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      event.preventDefault();
      event.currentTarget.setPointerCapture(event.pointerId);
      setPulled({ x: event.clientX, y: event.clientY, room, lines: linesNow() });
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const grid = frame.current?.parentElement;
      if (!pulled || !grid) return;
      const column = (grid.clientWidth + GAP_PX) / COLUMNS;
      const columns = Math.round((event.clientX - pulled.x) / column);
      const lines = Math.round((event.clientY - pulled.y) / LINE_PX);
      setShown(resized(pulled.room, pulled.lines, columns, lines));
    },
    onPointerUp: () => {
      if (shown) onRoom(shown);
      setPulled(null);
      setShown(null);
    },
    onPointerCancel: () => {
      setPulled(null);
      setShown(null);
    },
  };
  const given = shown ?? room;
  return (
    <div
      ref={frame}
      className={classes.tile}
      data-over={over || undefined}
      data-dragging={dragging || undefined}
      data-kind={tile.kind}
      data-tile={tileKey}
      style={{ "--wide": given.width } as React.CSSProperties}
    >
      <TileCard
        tile={{ ...tile, height: given.height }}
        shared={shared}
        tools={
          <TileTools title={tile.title} handle={handle} onResize={sizable ? resize : undefined} {...tools} />
        }
      />
      {sizable && <span className={classes.corner} aria-hidden {...pull} />}
    </div>
  );
}
