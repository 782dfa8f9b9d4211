/** The countries of ISO 3166-1 by their names in the language of the page. */
import { locale } from "../../messages/language";

/** Codes that the names know beside those of countries: unions, old states, exceptional reservations. */
const NOT_COUNTRIES = new Set(
  "AC AN BU CP CQ CS DD DG EA EU EZ FX IC NT QO SU TA TP UK UN XA XB YD YU ZR ZZ".split(" "),
);

const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

export function countries(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(locale, { type: "region", fallback: "none" });
  const codes = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));
  return codes
    .filter((code) => !NOT_COUNTRIES.has(code))
    .flatMap((value) => {
      const label = names.of(value);
      return label ? [{ value, label }] : [];
    })
    .toSorted((a, b) => a.label.localeCompare(b.label, locale));
}
