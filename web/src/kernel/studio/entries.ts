/** A field as its manifest says it, and as a form asks for it. Pure, so that it is tested without a page. */
import type { Choice, FieldType, Json, JsonObject, MetaField } from "../../api/types";
import { TEXTUAL } from "../fieldKinds";
import { labelOf, nameOf } from "./names";

/** Types by what they hold, as they are offered; rows are made with an object of their own. */
export const TYPES = {
  text: [
    "text",
    "long_text",
    "markdown",
    "email",
    "phone",
    "url",
    "person_name",
    "barcode",
    "colour",
    "code",
  ],
  number: ["integer", "decimal", "money", "quantity", "percent", "rate", "duration", "rating"],
  time: ["date", "datetime"],
  choice: ["choice", "choices", "boolean", "tags"],
  link: ["link", "links", "dynamic_link"],
  other: ["file", "image", "signature", "address", "geo", "sequence", "secret", "json"],
} as const satisfies Record<string, FieldType[]>;

/** What a field may be given besides its label, its help and whether lists show it. */
export type Attribute =
  | "of"
  | "to"
  | "series"
  | "default"
  | "min"
  | "max"
  | "unit"
  | "pattern"
  | "search"
  | "unique";

const WHOLE = new Set<string>(["integer", "rating", "duration"]);
const NUMBERS = new Set<string>(TYPES.number);
/** Types of one comparable value. */
const KEYS = new Set<string>(["text", "email", "phone", "url", "person_name", "barcode", "integer", "date"]);
const DEFAULTS = new Set<string>(["text", "boolean", "choice", "date", "datetime", "money", ...TYPES.number]);

export function attributesOf(type: string): Attribute[] {
  const has: [Attribute, boolean][] = [
    ["of", type === "choice" || type === "choices"],
    ["to", type === "link" || type === "links"],
    ["series", type === "sequence"],
    ["default", DEFAULTS.has(type)],
    ["min", NUMBERS.has(type) && type !== "rating"],
    ["max", NUMBERS.has(type)],
    ["unit", type === "quantity" || type === "integer" || type === "decimal"],
    ["pattern", type === "text" || type === "barcode"],
    ["search", TEXTUAL.has(type) && type !== "sequence"],
    ["unique", KEYS.has(type)],
  ];
  return has.filter(([, fits]) => fits).map(([name]) => name);
}

/** The entry with one thing said otherwise; what says nothing is left out. */
export function said(entry: JsonObject, name: string, value: Json): JsonObject {
  const { [name]: _, ...rest } = entry;
  const nothing =
    value === null || value === "" || value === false || (Array.isArray(value) && !value.length);
  return nothing ? rest : { ...rest, [name]: value };
}

/** What was typed as a default or a bound, as the notation has it: whole numbers as numbers, the rest as text. */
export function literal(type: string, text: string): Json {
  return WHOLE.has(type) && /^-?\d{1,15}$/.test(text.trim()) ? Number(text) : text;
}

/** The values of a choice, each with its label. */
export function choicesIn(of: Json | undefined): Choice[] {
  if (!Array.isArray(of)) return [];
  return of.map((one) =>
    one && typeof one === "object" && !Array.isArray(one)
      ? { value: String(one.value), label: String(one.label) }
      : { value: String(one), label: labelOf(String(one)) },
  );
}

/** The same as the notation says it: a value alone where its label follows from it. */
export const choicesOut = (choices: Choice[]): Json[] =>
  choices.map(({ value, label }) => (labelOf(value) === label ? value : { value, label }));

/** Labels, one a line, as values; those that are there already keep theirs. */
export function choicesFrom(text: string, known: Choice[]): Choice[] {
  const labels = text.split("\n").map((line) => line.trim());
  const found: Choice[] = [];
  for (const [at, label] of labels.entries()) {
    if (!label) continue;
    const before = known.find((one) => one.label === label);
    const value = before?.value ?? nameOf(label, `choice_${at + 1}`);
    if (!found.some((one) => one.value === value)) found.push({ value, label });
  }
  return found;
}

/** The entry as it is sent: a label that follows from the name goes without saying. */
export function entryToSend(name: string, label: string, entry: JsonObject): JsonObject {
  const { label: _, type, ...rest } = entry;
  return { type: type ?? "text", ...(label.trim() !== labelOf(name) && { label: label.trim() }), ...rest };
}

/** The field that the entry would make, to show its input. */
export function fieldFrom(name: string, label: string, entry: JsonObject): MetaField {
  const text = (key: string) => (typeof entry[key] === "string" ? entry[key] : null);
  const bound = (key: string) => (entry[key] === undefined ? null : String(entry[key]));
  return {
    name,
    label,
    type: String(entry.type ?? "text") as FieldType,
    of: choicesIn(entry.of),
    to: fullTarget(text("to")),
    to_any: [],
    required: entry.required === true,
    help: text("help"),
    unit: text("unit"),
    min: bound("min"),
    max: bound("max"),
  };
}

/** People, companies and teams are everybody's; other objects are named with their app. */
function fullTarget(to: string | null): string | null {
  return to && ["user", "company", "team"].includes(to) ? `core.${to}` : to;
}

/** What the next numbers of a series look like. */
export function seriesExample(series: string, today: Date): string {
  const year = String(today.getFullYear());
  const two = (number: number) => String(number).padStart(2, "0");
  return series
    .replaceAll("{YYYY}", year)
    .replaceAll("{YY}", year.slice(2))
    .replaceAll("{MM}", two(today.getMonth() + 1))
    .replaceAll("{DD}", two(today.getDate()))
    .replace(/\{(#+)\}/, (_, run: string) => "1".padStart(run.length, "0"));
}
