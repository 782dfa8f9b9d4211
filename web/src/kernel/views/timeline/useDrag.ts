/** Drags a bar along a scale, or one of its ends; whole days alone count. */
import { type PointerEvent, useRef, useState } from "react";
import { direction } from "../../../messages/language";
import type { Edge } from "../useDated";

interface Dragged {
  edge: Edge;
  x: number;
  days: number;
}

/** Later is at the right, but for those who read from there. */
export const TOWARDS = direction === "rtl" ? -1 : 1;

/** Less than this is a click. */
const STILL_PX = 4;

export function useDrag(dayPx: () => number, onMoved: (edge: Edge, days: number) => void) {
  const [drag, setDrag] = useState<Dragged | null>(null);
  const dragged = useRef(false);
  return {
    drag,
    /** Whether the click that follows belongs to a drag. */
    wasDragged: () => dragged.current,
    handlers: (edge: Edge) => ({
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.button !== 0) return;
        event.stopPropagation();
        dragged.current = false;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag({ edge, x: event.clientX, days: 0 });
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        if (!drag || drag.edge !== edge) return;
        const moved = event.clientX - drag.x;
        if (Math.abs(moved) >= STILL_PX) dragged.current = true;
        const days = Math.round((moved / dayPx()) * TOWARDS);
        if (days !== drag.days) setDrag({ ...drag, days });
      },
      onPointerUp: () => {
        if (drag && drag.days !== 0) onMoved(edge, drag.days);
        setDrag(null);
      },
      onPointerCancel: () => setDrag(null),
    }),
  };
}
