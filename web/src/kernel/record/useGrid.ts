/** Keys, ranges and the clipboard of child rows, as in a spreadsheet. */
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useEffect,
  useState,
} from "react";
import type { JsonObject, MetaField } from "../../api/types";
import { asText, type Cell, emptied, fillDown, moved, plainText, type Range, rangeOf, step } from "./grid";

interface Asked {
  body: RefObject<HTMLTableSectionElement | null>;
  rows: JsonObject[];
  columns: MetaField[];
  isLocked: (column: MetaField) => boolean | undefined;
  onChange: (rows: JsonObject[]) => void;
  /** Adds a row and goes to its cell in this column. */
  onMore: (column: number) => void;
  onPaste: (at: Cell, text: string) => void;
}

type Text = HTMLInputElement | HTMLTextAreaElement;
const isText = (element: Element): element is Text =>
  element instanceof HTMLTextAreaElement ||
  (element instanceof HTMLInputElement && element.type !== "checkbox" && element.type !== "radio");

/** Whether an arrow to the side would leave the text. */
function atEdge(element: Element, key: string): boolean {
  if (!isText(element)) return true;
  // An address of mail has no caret that can be asked for.
  if (element.selectionStart === null) return false;
  const whole = element.selectionStart === 0 && element.selectionEnd === element.value.length;
  if (whole) return true;
  return (
    element.selectionStart === element.selectionEnd &&
    (key === "ArrowLeft" ? element.selectionStart === 0 : element.selectionEnd === element.value.length)
  );
}

export function useGrid({ body, rows, columns, isLocked, onChange, onMore, onPaste }: Asked) {
  const [focus, setFocus] = useState<Cell | null>(null);
  const [corners, setCorners] = useState<[Cell, Cell] | null>(null);
  const range: Range | null = corners && rangeOf(...corners);
  const names = columns.map((column) => (isLocked(column) ? null : column.name));

  useEffect(() => {
    if (!focus) return;
    const cell = body.current?.querySelector<HTMLElement>(`[data-cell="${focus[0]}:${focus[1]}"]`);
    const control = cell?.querySelector<HTMLElement>("input, select, textarea") ?? cell;
    control?.focus();
    if (control && isText(control)) control.select();
    setFocus(null);
  }, [focus, body]);

  const extend = (at: Cell, key: string) => {
    const [anchor, head] = corners ?? [at, at];
    setCorners([anchor, step(head, key, rows.length, columns.length)]);
  };
  const onRange = (event: KeyboardEvent, at: Cell): boolean => {
    const control = event.ctrlKey || event.metaKey;
    if (event.key === "Escape" && range) {
      setCorners(null);
      event.stopPropagation();
    } else if (control && event.key.toLowerCase() === "d") {
      // Without a range the cell takes over what stands above it.
      const filled = range ?? rangeOf([Math.max(0, at[0] - 1), at[1]], at);
      onChange(fillDown(rows, filled, names));
    } else if (range && (event.key === "Delete" || event.key === "Backspace")) {
      onChange(emptied(rows, range, names));
    } else return false;
    event.preventDefault();
    return true;
  };
  const onKeyDown = (event: KeyboardEvent, at: Cell) => {
    const target = event.target as HTMLElement;
    // An open list of choices has the keys for itself.
    if (event.defaultPrevented || target.getAttribute("aria-expanded") === "true") return;
    if (onRange(event, at)) return;
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && target.tagName !== "BUTTON") {
      event.preventDefault();
      if (event.shiftKey) setFocus(step(at, "ArrowUp", rows.length, columns.length));
      else if (at[0] === rows.length - 1) onMore(at[1]);
      else setFocus([at[0] + 1, at[1]]);
      return;
    }
    const sideways = event.key === "ArrowLeft" || event.key === "ArrowRight";
    if (!sideways && event.key !== "ArrowUp" && event.key !== "ArrowDown") {
      if (event.key !== "Shift" && event.key !== "Control" && event.key !== "Meta") setCorners(null);
      return;
    }
    if (event.altKey && !sideways) {
      event.preventDefault();
      const by = event.key === "ArrowUp" ? -1 : 1;
      onChange(moved(rows, at[0], by));
      setFocus(step(at, event.key, rows.length, columns.length));
    } else if (event.shiftKey && (range || !sideways || atEdge(target, event.key))) {
      event.preventDefault();
      extend(at, event.key);
    } else if (!event.shiftKey && (!sideways || atEdge(target, event.key))) {
      event.preventDefault();
      setCorners(null);
      setFocus(step(at, event.key, rows.length, columns.length));
    }
  };
  const words = (row: JsonObject, column: number) => plainText(row[columns[column]?.name ?? ""]);
  return {
    range,
    setFocus,
    onKeyDown,
    onPointerDown: (event: PointerEvent, at: Cell) => {
      if (event.shiftKey && corners === null) {
        const from = (document.activeElement as HTMLElement | null)?.closest<HTMLElement>("[data-cell]");
        const [row, column] = (from?.dataset.cell ?? "").split(":").map(Number);
        if (row === undefined || column === undefined || !body.current?.contains(from ?? null)) return;
        event.preventDefault();
        setCorners([[row, column], at]);
      } else if (event.shiftKey && corners) {
        event.preventDefault();
        setCorners([corners[0], at]);
      } else setCorners(null);
    },
    onCopy: (event: ClipboardEvent) => {
      if (!range) return;
      event.preventDefault();
      event.clipboardData.setData("text/plain", asText(rows, range, words));
    },
    onCut: (event: ClipboardEvent) => {
      if (!range) return;
      event.preventDefault();
      event.clipboardData.setData("text/plain", asText(rows, range, words));
      onChange(emptied(rows, range, names));
    },
    onPaste: (event: ClipboardEvent, at: Cell) => {
      const text = event.clipboardData.getData("text/plain");
      if (!/[\t\n]/.test(text.trim())) return;
      event.preventDefault();
      onPaste(range ? [range.top, range.left] : at, text);
    },
    /** Takes the first row of the range, or of the cell, down to the row where the pointer is let go. */
    onFill: (event: PointerEvent, at: Cell) => {
      event.preventDefault();
      event.stopPropagation();
      const from = range ?? rangeOf(at, at);
      let drawn = from;
      const move = ({ clientX, clientY }: globalThis.PointerEvent) => {
        const under = document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>("[data-cell]");
        const row =
          under && body.current?.contains(under) ? Number(under.dataset.cell?.split(":")[0]) : from.bottom;
        drawn = { ...from, bottom: Math.max(from.bottom, row) };
        setCorners([
          [drawn.top, drawn.left],
          [drawn.bottom, drawn.right],
        ]);
      };
      const end = () => {
        window.removeEventListener("pointermove", move);
        if (drawn.bottom > from.bottom) onChange(fillDown(rows, drawn, names));
      };
      window.addEventListener("pointermove", move);
      window.addEventListener("pointerup", end, { once: true });
    },
  };
}
