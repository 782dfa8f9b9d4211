/** Numbers, money and dates as people read them. Amounts stay decimal strings: never a float. */
import type { Json, JsonObject } from "../api/types";
import { locale } from "../messages/language";

const parts = new Intl.NumberFormat(locale).formatToParts(-1234567.8);
const separatorOf = (type: string, fallback: string) =>
  parts.find((part) => part.type === type)?.value ?? fallback;
export const decimalSeparator = separatorOf("decimal", ".");
export const groupSeparator = separatorOf("group", ",");

const formats = new Map<string, Intl.NumberFormat>();
function numberFormat(least: number, most: number): Intl.NumberFormat {
  const key = `${least}/${most}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, { minimumFractionDigits: least, maximumFractionDigits: most });
  formats.set(key, made);
  return made;
}

const DECIMAL = /^-?\d+(\.\d+)?$/;

/** A decimal string with separators, at least `least` decimals and no trailing zero beyond them, rounded to `most`. */
export function formatDecimal(value: Json | undefined, least = 0, most = Math.max(least, 8)): string {
  if (value === null || value === undefined || value === "") return "";
  const text = String(value);
  if (!DECIMAL.test(text)) return text;
  return numberFormat(least, most).format(text as `${number}`);
}

const compactFormat = new Intl.NumberFormat(locale, { notation: "compact" });
/** "1.2M": the size of a figure, for the axis of a chart. */
export const formatCompact = (value: number): string => compactFormat.format(value);

const digitsByCurrency = new Map<string, number>();
/** How many decimals the currency has (ISO 4217). */
export function currencyDigits(currency: string | null | undefined): number {
  if (!currency) return 2;
  const known = digitsByCurrency.get(currency);
  if (known !== undefined) return known;
  let digits = 2;
  try {
    digits =
      new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ??
      2;
  } catch {
    // A code that Intl does not know keeps two decimals.
  }
  digitsByCurrency.set(currency, digits);
  return digits;
}

/** Seconds as "1:30", with the seconds where they are not whole minutes. */
export function formatDuration(seconds: number): string {
  const two = (part: number) => String(part).padStart(2, "0");
  const whole = Math.abs(seconds);
  const rest = whole % 60;
  const text = `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}${rest ? `:${two(rest)}` : ""}`;
  return seconds < 0 ? `-${text}` : text;
}

/** A point as "-1.2921, 36.8219", or what is being typed. */
export function pointText(value: Json | undefined): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "object" || Array.isArray(value)) return String(value);
  return `${String(value.latitude)}, ${String(value.longitude)}`;
}

export interface Amount {
  amount: string;
  currency: string | null;
}

/** Reads money as the contract gives it: an object, or a bare decimal string. */
export function amountOf(value: Json | undefined): Amount | null {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value === "object" && !Array.isArray(value)) {
    const { amount, currency } = value;
    if (amount === null || amount === undefined || amount === "") return null;
    return { amount: String(amount), currency: typeof currency === "string" ? currency : null };
  }
  return { amount: String(value), currency: null };
}

/** An amount in all its decimals, or `rounded` to those of its currency, as figures over many records are. */
export function formatAmount(amount: Amount, rounded = false): string {
  const digits = currencyDigits(amount.currency);
  return rounded ? formatDecimal(amount.amount, digits, digits) : formatDecimal(amount.amount, digits);
}

/** Adds decimal strings exactly. */
export function addDecimals(left: string, right: string): string {
  const scale = Math.max(...[left, right].map((text) => text.split(".")[1]?.length ?? 0));
  const scaled = (text: string) => {
    const [whole = "0", fraction = ""] = text.replace("-", "").split(".");
    const value = BigInt(whole + fraction.padEnd(scale, "0"));
    return text.startsWith("-") ? -value : value;
  };
  const sum = scaled(left) + scaled(right);
  const digits = (sum < 0n ? -sum : sum).toString().padStart(scale + 1, "0");
  const cut = digits.length - scale;
  return `${sum < 0n ? "-" : ""}${digits.slice(0, cut)}${scale ? `.${digits.slice(cut)}` : ""}`;
}

const dateFormat = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
const dateTimeFormat = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
const relativeFormat = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" });

export function formatDate(value: string): string {
  const date = new Date(`${value.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? value : dateFormat.format(date);
}

const monthFormat = new Intl.DateTimeFormat(locale, { year: "numeric", month: "long", timeZone: "UTC" });

/** "November 2026", of a day of it or of `2026-11`. */
export function formatMonth(value: string): string {
  const date = new Date(`${value.slice(0, 7)}-01T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? value : monthFormat.format(date);
}

export function formatDateTime(value: string): string {
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? value : dateTimeFormat.format(date);
}

const DAY = 86_400;
const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 365 * DAY],
  ["month", 30 * DAY],
  ["week", 7 * DAY],
  ["day", DAY],
  ["hour", 3600],
  ["minute", 60],
];

/** "in 3 days", "2 hr. ago"; a day without a time is compared with today. */
export function formatRelative(value: string, now = new Date()): string {
  const isDay = value.length === 10;
  const then = isDay ? Date.parse(`${value}T00:00:00`) : Date.parse(value);
  if (Number.isNaN(then)) return value;
  const base = isDay ? new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime() : now.getTime();
  const seconds = Math.round((then - base) / 1000);
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size) return relativeFormat.format(Math.round(seconds / size), unit);
  }
  return relativeFormat.format(0, isDay ? "day" : "second");
}

export function today(): string {
  const now = new Date();
  const pad = (value: number) => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}

const names = (type: "region" | "currency") => new Intl.DisplayNames(locale, { type, fallback: "code" });
const regionNames = names("region");
const currencyNames = names("currency");

function nameOf(known: Intl.DisplayNames, code: string): string {
  try {
    return known.of(code) ?? code;
  } catch {
    // What is no code stands as it was written.
    return code;
  }
}
/** "Kenya" of KE, in the language of the page. */
export const countryName = (code: string): string => nameOf(regionNames, code);
/** "Kenyan shilling" of KES. */
export const currencyName = (code: string): string => nameOf(currencyNames, code);

/** "12,345" of a number that counts something. */
export const formatCount = (value: number): string => value.toLocaleString(locale);

const ADDRESS_PARTS = ["street", "street2", "postal_code", "city", "region"];
export function formatAddress(value: JsonObject): string {
  const country = typeof value.country === "string" && value.country ? countryName(value.country) : null;
  return [...ADDRESS_PARTS.map((part) => value[part]), country].filter(Boolean).join(", ");
}
