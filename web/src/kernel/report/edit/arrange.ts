/** How tiles of a page are moved and given room. Pure, so that it is tested without a page. */

/** The grid: columns of a wide page, and the most lines that one tile is high. */
export const COLUMNS = 6;
export const LINES = 8;

/** The list with what stood at `from` at `to`. */
export function moved<T>(list: T[], from: number, to: number): T[] {
  const at = Math.min(Math.max(to, 0), list.length - 1);
  const [one] = list.slice(from, from + 1);
  if (one === undefined || at === from) return list;
  const rest = list.filter((_, index) => index !== from);
  return [...rest.slice(0, at), one, ...rest.slice(at)];
}

const within = (value: number, most: number): number => Math.min(Math.max(Math.round(value), 1), most);

export interface Room {
  width: number;
  height: number | null;
}

/** What a tile has when nobody gave it any: as high as what it says. */
export const usualRoom = (kind: string): Room => ({ width: kind === "figure" ? 2 : 3, height: null });

/** The room after it was changed by some columns and lines; `lines` is how many it takes now. */
export function resized(room: Room, lines: number, columns: number, more: number): Room {
  const width = within(room.width + columns, COLUMNS);
  const height = more === 0 ? room.height : within((room.height ?? lines) + more, LINES);
  return { width, height };
}
