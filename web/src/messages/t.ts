/** Looks up texts in the message catalogue of the chosen language. */
import { en } from "./en";
import { fill, type Message, type Values } from "./fill";
import { direction, type Language, language, locale } from "./language";

export type MessageKey = keyof typeof en;
/** What a language says; English stands where it says nothing yet. */
export type Catalogue = Partial<Record<MessageKey, Message>>;

/** A language is added by a folder beside `en`, a line here and its name in language.ts. */
const others: Record<Exclude<Language, "en">, () => Promise<Catalogue>> = {
  fr: () => import("./fr").then((module) => module.fr),
  ar: () => import("./ar").then((module) => module.ar),
  sw: () => import("./sw").then((module) => module.sw),
  pt: () => import("./pt").then((module) => module.pt),
};

document.documentElement.lang = language;
document.documentElement.dir = direction;

// Whoever imports this waits for the catalogue, and no other is fetched.
const catalogue: Record<MessageKey, Message> =
  language === "en" ? en : { ...en, ...(await others[language]()) };

/** The text of `key`, with `{name}` parts filled from `values`; `count` chooses the form of a plural. */
export const t = (key: MessageKey, values: Values = {}): string => fill(catalogue[key], values, locale);
