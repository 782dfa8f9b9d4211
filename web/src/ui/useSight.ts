/** The part of a scrolled region that is drawn: what is in sight, and some before and after it. */
import { type RefObject, useEffect, useState } from "react";

/** It changes by whole steps, so that scrolling seldom draws anew. */
const STEP_PX = 600;

export interface Sight {
  from: number;
  to: number;
}

export function useSight(scroller: RefObject<HTMLElement | null>): Sight {
  const [sight, setSight] = useState<Sight>({ from: 0, to: 2 * STEP_PX });
  useEffect(() => {
    const region = scroller.current;
    if (!region) return;
    const look = () => {
      const { scrollTop, clientHeight } = region;
      const from = (Math.floor(scrollTop / STEP_PX) - 1) * STEP_PX;
      const to = (Math.ceil((scrollTop + clientHeight) / STEP_PX) + 1) * STEP_PX;
      setSight((before) => (before.from === from && before.to === to ? before : { from, to }));
    };
    const size = new ResizeObserver(look);
    size.observe(region);
    region.addEventListener("scroll", look, { passive: true });
    return () => {
      size.disconnect();
      region.removeEventListener("scroll", look);
    };
  }, [scroller]);
  return sight;
}
