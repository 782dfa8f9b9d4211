/** Asks again for what a page shows when somebody else changes it: views and tiles, whose figures no single event tells. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import { useEvents } from "../api/events";
import type { MetaObject } from "../api/types";
import { isRead } from "./changes";
import { fullNameOf } from "./meta";

/** An import changes thousands of records, and is news once in this time. */
const REST_MS = 2_000;
/** What reports are kept under; they may be of anything. */
const REPORTS = "report";

/** Without objects nothing is listened for but what `reports` show. */
export function useLive(objects: MetaObject[], reports = false): void {
  const client = useQueryClient();
  const paths = useMemo(() => new Map(objects.map((object) => [fullNameOf(object), object.path])), [objects]);
  const due = useRef({ paths: new Set<string>(), timer: 0, last: 0 });
  useEffect(() => () => window.clearTimeout(due.current.timer), []);
  useEvents(null, (events) => {
    const waiting = due.current;
    for (const event of events) {
      if (isRead(event.run)) continue;
      const path = paths.get(`${event.app}.${event.object}`);
      if (path) waiting.paths.add(path);
      if (reports) waiting.paths.add(REPORTS);
    }
    if (waiting.paths.size === 0 || waiting.timer) return;
    const ask = () => {
      for (const path of waiting.paths) void client.invalidateQueries({ queryKey: ["records", path] });
      due.current = { paths: new Set(), timer: 0, last: Date.now() };
    };
    waiting.timer = window.setTimeout(ask, Math.max(0, waiting.last + REST_MS - Date.now()));
  });
}
