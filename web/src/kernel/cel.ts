/** Conditions of the metadata (`when`, `visible_when`, …), evaluated in the page over the open record. */
import { Environment } from "@marcbachmann/cel-js";
import type { Json, JsonObject, MetaField } from "../api/types";
import { amountOf, today } from "../ui/format";

const number = (value: unknown): number => Number(String(value));

const environment = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false })
  .registerFunction("money(string): double", number)
  .registerFunction("decimal(string): double", number)
  .registerFunction("date(string): string", (text: string) => text)
  .registerFunction("today(): string", today)
  .registerFunction("string.icontains(string): bool", (text: string, part: string) =>
    text.toLowerCase().includes(part.toLowerCase()),
  );

type Program = (context: Record<string, unknown>) => unknown;
const programs = new Map<string, Program | null>();

function compile(source: string): Program | null {
  const known = programs.get(source);
  if (known !== undefined) return known;
  let program: Program | null = null;
  try {
    program = environment.parse(source);
  } catch {
    // An expression that only the server understands is left to the server.
  }
  programs.set(source, program);
  return program;
}

function valueFor(field: MetaField, value: Json | undefined): unknown {
  if (value === null || value === undefined || value === "") return null;
  switch (field.type) {
    case "integer":
      return BigInt(Math.trunc(Number(value)));
    case "decimal":
    case "quantity":
    case "rate":
    case "percent":
      return Number(value);
    case "money":
      return Number(amountOf(value)?.amount ?? Number.NaN);
    case "link":
      return typeof value === "object" && !Array.isArray(value) ? (value.id ?? null) : value;
    default:
      return value;
  }
}

/**
 * The truth of `source` over `record`; `fallback` when it is absent or cannot be decided here. These
 * conditions only shape the page: the server decides again, with exact numbers.
 */
export function holds(
  source: string | null | undefined,
  fields: MetaField[],
  record: JsonObject,
  fallback: boolean,
): boolean {
  if (!source) return fallback;
  const program = compile(source);
  if (!program) return fallback;
  const context: Record<string, unknown> = { id: record.id ?? null };
  for (const field of fields) context[field.name] = valueFor(field, record[field.name]);
  try {
    const result = program(context);
    return typeof result === "boolean" ? result : fallback;
  } catch {
    return fallback;
  }
}
