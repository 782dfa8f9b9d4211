/** After another page was opened: the focus is not lost with what was clicked, and a screen reader hears where it is. */
import { useRouterState } from "@tanstack/react-router";
import { type RefObject, useEffect, useRef, useState } from "react";

/** A page names itself while it is drawn, or when its record has come. */
const NAMED_MS = 400;

export function usePageFocus(page: RefObject<HTMLElement | null>): string {
  const path = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname });
  const before = useRef(path);
  const [heard, setHeard] = useState("");
  useEffect(() => {
    if (path === before.current) return;
    const first = before.current === undefined;
    before.current = path;
    if (first) return;
    if (document.activeElement === document.body) page.current?.focus({ preventScroll: true });
    const timer = setTimeout(() => setHeard(document.title), NAMED_MS);
    return () => clearTimeout(timer);
  }, [path, page]);
  return heard;
}
