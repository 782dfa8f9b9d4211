/** Phone numbers as people write them: those of one's own country without its code. Fetched with the first number. */
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";

const countryOf = (country: string | null | undefined): CountryCode | undefined =>
  country && isSupportedCountry(country) ? country : undefined;

export function PhoneText({ value, country }: { value: string; country?: string | null }) {
  const home = countryOf(country);
  const number = parsePhoneNumberFromString(value, home);
  if (!number?.isPossible()) return <>{value}</>;
  return <>{number.country === home ? number.formatNational() : number.formatInternational()}</>;
}

/** A number as it is kept, with the code of its country; what is no number stays as it was typed. */
export function asKept(value: string, country: string | null | undefined): string {
  const number = parsePhoneNumberFromString(value, countryOf(country));
  return number?.isValid() && !number.ext ? number.formatInternational() : value;
}
