/** What of a list's look is kept in the address and in saved views, as text. */

export interface ColumnLayout {
  name: string;
  /** Where somebody gave it one. */
  width?: number;
  /** It stays in sight while the others scroll. */
  pinned?: boolean;
}

const NARROWEST = 56;
const WIDEST = 900;
export const boundWidth = (px: number): number => Math.round(Math.min(Math.max(px, NARROWEST), WIDEST));

/** `name.240.pin,amount`. */
export function writeColumns(columns: ColumnLayout[]): string {
  return columns
    .map(({ name, width, pinned }) => [name, width, pinned && "pin"].filter(Boolean).join("."))
    .join(",");
}

export function readColumns(text: string | undefined): ColumnLayout[] {
  return (text ?? "")
    .split(",")
    .filter(Boolean)
    .map((part) => {
      const [name = "", ...more] = part.split(".");
      const width = more.find((one) => /^\d+$/.test(one));
      return {
        name,
        ...(width && { width: boundWidth(Number(width)) }),
        ...(more.includes("pin") && { pinned: true }),
      };
    });
}

/** `name` taken out and put in at a place. */
export function moved(layout: ColumnLayout[], name: string, place: number): ColumnLayout[] {
  const column = layout.find((one) => one.name === name);
  if (!column) return layout;
  const rest = layout.filter((one) => one !== column);
  return rest.toSpliced(Math.min(Math.max(place, 0), rest.length), 0, column);
}

export const TONES = ["bad", "waiting", "good", "progress", "neutral"] as const;
export type RuleTone = (typeof TONES)[number];

/** Rows for which `when` holds are coloured, and marked with a word. */
export interface ColourRule {
  tone: RuleTone;
  word: string;
  when: string;
}

export const writeRules = (rules: ColourRule[]): string =>
  rules.length > 0 ? JSON.stringify(rules.map(({ tone, word, when }) => [tone, word, when])) : "";

const isTone = (text: unknown): text is RuleTone => (TONES as readonly unknown[]).includes(text);

/** The rules that a text holds; an address that was cut off has none. */
export function readRules(text: string | undefined): ColourRule[] {
  if (!text) return [];
  try {
    const read: unknown = JSON.parse(text);
    if (!Array.isArray(read)) return [];
    return read.flatMap((one: unknown) => {
      const [tone, word, when] = Array.isArray(one) ? (one as unknown[]) : [];
      if (!isTone(tone) || typeof word !== "string" || typeof when !== "string") return [];
      return [{ tone, word, when }];
    });
  } catch {
    return [];
  }
}

/** Next order by `name`: ascending, descending, none; `also` keeps what the list is ordered by before it. */
export function nextSort(sort: string | undefined, name: string, also = false): string | undefined {
  const parts = (sort ?? "").split(",").filter(Boolean);
  const at = parts.findIndex((part) => part === name || part === `-${name}`);
  const next = at < 0 ? name : parts[at] === name ? `-${name}` : null;
  if (!also) return next ?? undefined;
  const rest = at < 0 ? [...parts, next] : parts.map((part, place) => (place === at ? next : part));
  return rest.filter(Boolean).join(",") || undefined;
}

/** How a list is ordered by a column: which way, and as which of several. */
export function sortOf(sort: string | undefined, name: string) {
  const parts = (sort ?? "").split(",").filter(Boolean);
  const at = parts.findIndex((part) => part === name || part === `-${name}`);
  if (at < 0) return null;
  return { descending: parts[at] !== name, place: parts.length > 1 ? at + 1 : null };
}
