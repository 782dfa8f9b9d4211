/** Looks up texts in the message catalogue of the chosen language. */
import { en } from "./en";

export type MessageKey = keyof typeof en;
export type Catalogue = Record<MessageKey, string>;

/** Catalogues by language; a language is added by a file beside en.ts and a line here. */
const catalogues: Record<string, Catalogue> = { en };

const wanted = navigator.languages.map((tag) => tag.split("-")[0] ?? "en");
export const language = wanted.find((tag) => tag in catalogues) ?? "en";
const catalogue: Catalogue = catalogues[language] ?? en;

/** The text of `key`, with `{name}` parts filled from `values`. */
export function t(key: MessageKey, values: Record<string, string | number> = {}): string {
  return catalogue[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
