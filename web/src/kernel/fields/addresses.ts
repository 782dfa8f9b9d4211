/** Postal addresses: the order of their lines on an envelope, and the names of countries. */
import type { JsonObject } from "../../api/types";

const locale = navigator.language || "en";
const names = new Intl.DisplayNames(locale, { type: "region", fallback: "code" });

/** ISO 3166-1, which no browser can be asked for. */
const CODES =
  "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/** The name of a country in the language of the reader. */
export function countryName(code: string): string {
  try {
    return names.of(code.toUpperCase()) ?? code;
  } catch {
    // Half a code, while it is typed.
    return code;
  }
}

/** All countries, by name. */
export const countries = CODES.split(" ")
  .map((value) => ({ value, label: countryName(value) }))
  .sort((left, right) => left.label.localeCompare(right.label, locale));

/** Countries whose envelopes have the town before its code. */
const TOWN_FIRST = new Set("US CA AU GB IE IN NZ ZA KE NG PK BD TH MY SG HK TW PH LK TZ UG GH".split(" "));
/** Those that name the region beside the town. */
const REGION_INLINE = new Set("US CA AU BR MX".split(" "));

export const townFirst = (country: unknown): boolean =>
  typeof country === "string" && TOWN_FIRST.has(country.toUpperCase());

/** The lines of an envelope, in the order of the country. */
export function addressLines(address: JsonObject): string[] {
  const part = (name: string) => (typeof address[name] === "string" ? address[name].trim() : "");
  const join = (...parts: string[]) => parts.filter(Boolean).join(" ");
  const [code, town, region, country] = [part("postal_code"), part("city"), part("region"), part("country")];
  const inline = REGION_INLINE.has(country.toUpperCase());
  const place = townFirst(country)
    ? join(inline && region && town ? `${town}, ${region}` : town, code)
    : join(code, town, inline ? region : "");
  return [
    part("street"),
    part("street2"),
    place,
    inline ? "" : region,
    country && countryName(country),
  ].filter(Boolean);
}
