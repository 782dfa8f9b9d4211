/** Moves through the cells of a table by keys: arrows, Home, End, pages, j and k. */
import { useHotkeys } from "@mantine/hooks";
import { type KeyboardEvent, type RefObject, useCallback, useRef, useState } from "react";
import { isOverlayOpen } from "../../../ui/overlay";

export interface At {
  row: number;
  column: number;
}

interface Options {
  scroller: RefObject<HTMLElement | null>;
  rows: number;
  columns: number;
  scrollTo: (row: number) => void;
  onEnter: (at: At, event: KeyboardEvent) => void;
  onPick: (row: number) => void;
}

const PAGE = 15;
/** Frames to wait for a row that is being drawn. */
const PATIENCE = 10;

interface How {
  /** To the end, rather than by one. */
  whole: boolean;
  /** 1 where columns run to the right. */
  ahead: number;
}

const FAR = Number.MAX_SAFE_INTEGER;
/** Row and column that a key leads to; the table ends before some of them. */
const MOVES: Record<string, (from: At, how: How) => [row: number, column: number]> = {
  ArrowDown: ({ row, column }, { whole }) => [whole ? FAR : row + 1, column],
  ArrowUp: ({ row, column }, { whole }) => [whole ? 0 : row - 1, column],
  ArrowRight: ({ row, column }, { ahead }) => [row, column + ahead],
  ArrowLeft: ({ row, column }, { ahead }) => [row, column - ahead],
  PageDown: ({ row, column }) => [row + PAGE, column],
  PageUp: ({ row, column }) => [row - PAGE, column],
  Home: ({ row }, { whole }) => [whole ? 0 : row, 0],
  End: ({ row }, { whole }) => [whole ? FAR : row, FAR],
};

/** Where the focus is, when it is in a cell. */
function focused(): At | null {
  const place = document.activeElement?.closest<HTMLElement>("[data-at]")?.dataset.at;
  const [row, column] = (place ?? "").split("/").map(Number);
  return row === undefined || column === undefined || !place ? null : { row, column };
}

export function useGridKeys({ scroller, rows, columns, scrollTo, onEnter, onPick }: Options) {
  const [active, setActive] = useState<At>({ row: 0, column: 0 });
  const wanted = useRef<At | null>(null);

  const focus = useCallback(
    (at: At) => {
      setActive(at);
      scrollTo(at.row);
      wanted.current = at;
      const reach = (left: number) => {
        if (wanted.current !== at) return;
        const cell =
          scroller.current?.querySelector<HTMLElement>(`[data-at="${at.row}/${at.column}"]`) ??
          scroller.current?.querySelector<HTMLElement>(`[data-at="${at.row}/0"]`);
        const target = at.column === 0 ? (cell?.querySelector<HTMLElement>("a[data-row]") ?? cell) : cell;
        if (!target) {
          if (left > 0) requestAnimationFrame(() => reach(left - 1));
          return;
        }
        wanted.current = null;
        target.focus({ preventScroll: true });
        cell?.scrollIntoView({ block: "nearest", inline: "nearest" });
      };
      reach(PATIENCE);
    },
    [scrollTo, scroller],
  );

  const bound = (row: number, column: number): At => ({
    row: Math.min(Math.max(row, 0), rows - 1),
    column: Math.min(Math.max(column, 0), columns - 1),
  });
  const step = (down: number) => {
    if (isOverlayOpen() || rows === 0) return;
    const from = focused();
    focus(from ? bound(from.row + down, from.column) : bound(down > 0 ? 0 : active.row, 0));
  };
  useHotkeys([
    ["j", () => step(1)],
    ["k", () => step(-1)],
    [
      "x",
      () => {
        const from = focused();
        if (from && !isOverlayOpen()) onPick(from.row);
      },
    ],
  ]);

  const onKeyDown = (event: KeyboardEvent) => {
    const from = focused();
    if (!from || event.altKey || event.defaultPrevented) return;
    const { row } = from;
    // The columns run the way the language does.
    const ahead = document.dir === "rtl" ? -1 : 1;
    const whole = event.ctrlKey || event.metaKey;
    const move = MOVES[event.key]?.(from, { whole, ahead });
    if (move) {
      event.preventDefault();
      focus(bound(...move));
    } else if (event.key === " " && !(event.target instanceof HTMLButtonElement)) {
      event.preventDefault();
      onPick(row);
    } else if (event.key === "Enter" || event.key === "F2") onEnter(from, event);
  };

  return {
    active,
    focus,
    onKeyDown,
    /** The mouse, too, decides where Tab comes back to. */
    onFocus: () => {
      const at = focused();
      if (at) setActive((before) => (before.row === at.row && before.column === at.column ? before : at));
    },
  };
}
