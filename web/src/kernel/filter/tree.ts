/** A filter as people build it: conditions on fields, in groups that hold all, any or none of them. */
import type { MetaField } from "../../api/types";
import { TEXTUAL } from "../fieldKinds";

export type Operator =
  | "contains"
  | "notContains"
  | "starts"
  | "is"
  | "not"
  | "oneOf"
  | "noneOf"
  | "gt"
  | "gte"
  | "lt"
  | "lte"
  | "empty"
  | "filled"
  | "true"
  | "false"
  | "has"
  | "hasNot";

export interface Condition {
  kind: "condition";
  field: string;
  operator: Operator;
  /** What is compared with: none, one, or of `oneOf` and `noneOf` some; days also as `today`, `today-7`. */
  values: string[];
}

/** Whoever looks at the list. */
export const ME = "me";

export type Join = "all" | "any" | "none";

export interface Group {
  kind: "group";
  join: Join;
  parts: FilterNode[];
}

/** A part that no condition can say; it stays as it was written. */
export interface Words {
  kind: "words";
  source: string;
}

export type FilterNode = Condition | Group | Words;

export const emptyFilter = (): Group => ({ kind: "group", join: "all", parts: [] });

const NUMBERS: Operator[] = ["gte", "lte", "gt", "lt", "is", "not", "empty", "filled"];

/** What can be asked of a field. */
export function operatorsOf(field: MetaField): Operator[] {
  if (TEXTUAL.has(field.type)) return ["contains", "notContains", "starts", "is", "not", "empty", "filled"];
  switch (field.type) {
    case "integer":
    case "rating":
    case "duration":
    case "decimal":
    case "money":
    case "quantity":
    case "rate":
    case "percent":
      return NUMBERS;
    case "date":
      return ["gte", "lte", "is", "not", "empty", "filled"];
    case "datetime":
      return ["gte", "lte", "empty", "filled"];
    case "boolean":
      return ["true", "false"];
    case "choice":
      return ["is", "not", "oneOf", "noneOf", "empty", "filled"];
    case "link":
      return ["is", "not", "oneOf", "noneOf", "empty", "filled"];
    case "choices":
    case "tags":
    case "links":
      return ["has", "hasNot"];
    default:
      return ["empty", "filled"];
  }
}

const BARE: ReadonlySet<Operator> = new Set(["empty", "filled", "true", "false"]);
export const needsValue = (operator: Operator): boolean => !BARE.has(operator);
export const takesMany = (operator: Operator): boolean => operator === "oneOf" || operator === "noneOf";

/** A condition to begin with. */
export function conditionOn(field: MetaField): Condition {
  return { kind: "condition", field: field.name, operator: operatorsOf(field)[0] ?? "is", values: [] };
}

/** Whether nothing is left to be said. */
export function isComplete(node: FilterNode): boolean {
  if (node.kind === "group") return node.parts.every(isComplete);
  if (node.kind === "words") return node.source.trim() !== "";
  return !needsValue(node.operator) || (node.values.length > 0 && node.values.every((value) => value !== ""));
}

/** `today+7` as 7; null for anything else. */
export function daysFromToday(value: string): number | null {
  const found = /^today([+-]\d+)?$/.exec(value);
  return found ? Number(found[1] ?? 0) : null;
}

export const fromToday = (days: number): string =>
  days === 0 ? "today" : `today${days > 0 ? "+" : "-"}${Math.abs(days)}`;
