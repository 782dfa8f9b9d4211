/** The edge of a heading: dragged, or moved by arrow keys, it makes the column wider or narrower. */
import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { boundWidth } from "../layout";
import classes from "./Table.module.css";

interface Props {
  label: string;
  width: number;
  onSize: (px: number, done: boolean) => void;
}

const STEP = 16;

export function ResizeEdge({ label, width, onSize }: Props) {
  const start = useRef<{ x: number; px: number; way: number } | null>(null);
  const at = (event: PointerEvent) => {
    const from = start.current;
    return from && boundWidth(from.px + (event.clientX - from.x) * from.way);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const way = document.dir === "rtl" ? -1 : 1;
    const step = event.key === "ArrowRight" ? STEP : event.key === "ArrowLeft" ? -STEP : 0;
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    onSize(boundWidth(width + step * way), true);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a line that is moved is no rule between texts
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={Math.round(width)}
      aria-valuemin={boundWidth(0)}
      aria-valuemax={boundWidth(Number.MAX_SAFE_INTEGER)}
      tabIndex={0}
      className={classes.edge}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        const cell = event.currentTarget.closest("th");
        const px = cell?.getBoundingClientRect().width ?? width;
        start.current = { x: event.clientX, px, way: document.dir === "rtl" ? -1 : 1 };
      }}
      onPointerMove={(event) => {
        const px = at(event);
        if (px) onSize(px, false);
      }}
      onPointerUp={(event) => {
        const px = at(event);
        const moved = start.current && Math.abs(event.clientX - start.current.x) > 2;
        start.current = null;
        if (px && moved) onSize(px, true);
      }}
    />
  );
}
