/** What happens at the server, as it happens: one stream for the whole page, whoever listens. */
import { useEffect, useRef } from "react";
import { apiUrl, isSignedIn } from "./http";
import type { HistoryEntry } from "./types";

export type ServerEvent = HistoryEntry;
type Listener = (events: ServerEvent[]) => void;

const VERBS = ["create", "update", "delete", "restore"] as const;
/** What comes within this time is told together: an import is one piece of news, not a thousand. */
const GATHER_MS = 200;
/** A page that nobody looks at gives its connection back after this time; browsers allow few of them. */
const HIDDEN_MS = 30_000;
const AGAIN_MS = 5_000;

const listeners = new Set<Listener>();
let source: EventSource | null = null;
let seen = 0;
let gathered: ServerEvent[] = [];
let telling = 0;
let later = 0;

function tell(): void {
  telling = 0;
  const events = gathered;
  gathered = [];
  for (const listener of [...listeners]) listener(events);
}

function hear(message: MessageEvent<string>): void {
  const event = JSON.parse(message.data) as ServerEvent;
  if (event.seq <= seen) return;
  seen = event.seq;
  gathered.push(event);
  if (telling === 0) telling = window.setTimeout(tell, GATHER_MS);
}

function close(): void {
  source?.close();
  source = null;
}

function open(): void {
  if (source || listeners.size === 0 || document.hidden || !isSignedIn()) return;
  // Where a stream was before, it goes on from there, so that nothing is missed.
  source = new EventSource(apiUrl("events", seen ? { after: seen } : {}));
  for (const verb of VERBS) source.addEventListener(verb, hear);
  source.onerror = () => {
    // The browser comes again by itself unless it was refused.
    if (source?.readyState !== EventSource.CLOSED) return;
    close();
    window.clearTimeout(later);
    later = window.setTimeout(open, AGAIN_MS);
  };
}

document.addEventListener("visibilitychange", () => {
  window.clearTimeout(later);
  if (document.hidden) later = window.setTimeout(close, HIDDEN_MS);
  else open();
});

function listen(listener: Listener): () => void {
  listeners.add(listener);
  open();
  return () => {
    listeners.delete(listener);
    // Leaving a page for the next one keeps the stream.
    if (listeners.size === 0) window.setTimeout(() => listeners.size === 0 && close(), AGAIN_MS);
  };
}

/**
 * Calls `handler` with what happened to records of `object` (`app.object`; of any object when it is null), as far
 * as whoever is signed in may see it. What happens at once is told at once.
 */
export function useEvents(object: string | null, handler: Listener): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(
    () =>
      listen((events) => {
        const own = object ? events.filter((event) => `${event.app}.${event.object}` === object) : events;
        if (own.length > 0) latest.current(own);
      }),
    [object],
  );
}
