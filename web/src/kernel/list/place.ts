/** How a list was left: whoever leaves one of its records comes back to the same view, filter and order. */
import { listAddress } from "../addresses";
import type { Search } from "../useSearch";

const keyOf = (path: string): string => `nexus-list-${path}`;

/** Kept for as long as the browser's tab. */
export const keepPlace = (path: string, search: Search): void =>
  sessionStorage.setItem(keyOf(path), JSON.stringify(search));

export function placeOf(path: string): { to: string; search: Record<string, string> } {
  const kept = sessionStorage.getItem(keyOf(path));
  return { to: listAddress(path), search: kept ? (JSON.parse(kept) as Record<string, string>) : {} };
}
