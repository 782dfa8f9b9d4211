/** The language and the locale of this page: what was chosen here, or else what the browser asks for. */

/** By their tags, in their own words. */
export const LANGUAGES = {
  en: "English",
  fr: "Français",
  ar: "العربية",
  sw: "Kiswahili",
  pt: "Português",
} as const;
export type Language = keyof typeof LANGUAGES;

const KEY = "nexus-language";
const RIGHT_TO_LEFT: Language[] = ["ar"];

const isLanguage = (tag: string | null | undefined): tag is Language => Boolean(tag && tag in LANGUAGES);
const baseOf = (tag: string) => tag.split("-")[0] ?? "en";

/** What somebody chose on this device; null leaves it to the browser. */
export function chosenLanguage(): Language | null {
  try {
    const kept = localStorage.getItem(KEY);
    return isLanguage(kept) ? kept : null;
  } catch {
    // Storage may be blocked.
    return null;
  }
}

/** Texts are looked up when modules are loaded, so the page is loaded anew: its address keeps its state. */
export function chooseLanguage(language: Language): void {
  localStorage.setItem(KEY, language);
  location.reload();
}

export const language: Language =
  chosenLanguage() ??
  navigator.languages.map(baseOf).find((base): base is Language => isLanguage(base)) ??
  "en";

// The browser's own tag knows the region: `en-GB` writes dates as Britain does.
const regional = navigator.languages.find((tag) => baseOf(tag) === language) ?? language;
/** Digits are those that are typed, so that a figure reads in a list as it reads in its field. */
export const locale: string = new Intl.Locale(regional, { numberingSystem: "latn" }).toString();

export const direction: "ltr" | "rtl" = RIGHT_TO_LEFT.includes(language) ? "rtl" : "ltr";
