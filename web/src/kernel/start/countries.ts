/** The countries of ISO 3166-1 and their money by their names in the language of the page. */
import { locale } from "../../messages/language";
import { currencyName } from "../../ui/format";

export interface Option {
  value: string;
  label: string;
}

/** Codes that the names know beside those of countries: unions, old states, exceptional reservations. */
const NOT_COUNTRIES = new Set(
  "AC AN BU CP CQ CS DD DG EA EU EZ FX IC NT QO SU TA TP UK UN XA XB YD YU ZR ZZ".split(" "),
);

const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

const byLabel = (options: Option[]): Option[] =>
  options.toSorted((a, b) => a.label.localeCompare(b.label, locale));

/** Those of `codes`, or all that have a name. */
export function countries(
  codes: string[] = LETTERS.flatMap((first) => LETTERS.map((second) => first + second)),
): Option[] {
  const names = new Intl.DisplayNames(locale, { type: "region", fallback: "none" });
  const named = codes
    .filter((code) => !NOT_COUNTRIES.has(code))
    .flatMap((value) => {
      const label = names.of(value);
      return label ? [{ value, label }] : [];
    });
  return byLabel(named);
}

/** "KES – Kenyan shilling". */
export const currencyLabel = (code: string): string => `${code} – ${currencyName(code)}`;

export const currencies = (codes: string[]): Option[] =>
  byLabel([...new Set(codes)].map((value) => ({ value, label: currencyLabel(value) })));

/** The country that this browser is set to, where it says one. */
export function ownCountry(): string | undefined {
  const regions = navigator.languages.map((tag) => new Intl.Locale(tag).region);
  return regions.find((region) => region !== undefined);
}
