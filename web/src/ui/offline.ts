/** What holds without a connection: whether there is one, and typed text that a reload does not lose. */
import { useEffect, useSyncExternalStore } from "react";

function subscribe(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

/** Whether the browser has a connection at all; a server that is down is met at the next request. */
export const useOnline = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine);

const keyOf = (key: string) => `nexus-kept-${key}`;
const TYPING_MS = 300;

/** What was kept under `key` in this tab; null when there is nothing, or nothing that can be read. */
export function keptOf<Value>(key: string): Value | null {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(key)) ?? "null") as Value | null;
  } catch {
    return null;
  }
}

/** Keeps `value` under `key` in this tab; null lets go of what was kept. */
export function keep(key: string, value: unknown): void {
  try {
    if (value === null) sessionStorage.removeItem(keyOf(key));
    else sessionStorage.setItem(keyOf(key), JSON.stringify(value));
  } catch {
    // Storage may be blocked or full; the page still has what was typed.
  }
}

/**
 * Keeps `value` in this tab while it is not null: what was typed is there after a reload, also without a connection.
 * Whoever leaves the page lets go of it.
 */
export function useKept(key: string, value: unknown): void {
  useEffect(() => {
    const now = () => keep(key, value);
    const timer = setTimeout(now, value === null ? 0 : TYPING_MS);
    window.addEventListener("pagehide", now);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("pagehide", now);
    };
  }, [key, value]);
  useEffect(() => () => keep(key, null), [key]);
}
