/** A filter as the CEL expression that the server understands. */
import type { MetaField } from "../../api/types";
import type { Condition, FilterNode, Group, Operator } from "./tree";
import { daysFromToday, ME } from "./tree";

const SYMBOLS: Partial<Record<Operator, string>> = {
  is: "==",
  not: "!=",
  gt: ">",
  gte: ">=",
  lt: "<",
  lte: "<=",
};

/** CEL reads strings as JSON writes them. */
const quoted = (value: string): string => JSON.stringify(value);

function dayOf(value: string): string {
  const days = daysFromToday(value);
  if (days === null) return `date(${quoted(value)})`;
  return days === 0 ? "today()" : `today() ${days > 0 ? "+" : "-"} days(${Math.abs(days)})`;
}

function literal(field: MetaField, value: string): string {
  switch (field.type) {
    case "integer":
    case "rating":
    case "duration":
      return String(Math.trunc(Number(value)) || 0);
    case "decimal":
    case "quantity":
    case "rate":
    case "percent":
      return `decimal(${quoted(value)})`;
    case "money": {
      const [amount = "", currency] = value.split(" ");
      return currency ? `money(${quoted(amount)}, ${quoted(currency)})` : `money(${quoted(amount)})`;
    }
    case "date":
      return dayOf(value);
    case "datetime":
      return `timestamp(${quoted(value.length === 10 ? `${value}T00:00:00Z` : value)})`;
    case "link":
      return value === ME ? "principal.user" : quoted(value);
    default:
      return quoted(value);
  }
}

function conditionText(field: MetaField, { operator, values }: Condition): string {
  const { name } = field;
  const value = values[0] ?? "";
  switch (operator) {
    case "contains":
      return `${name}.icontains(${quoted(value)})`;
    case "notContains":
      return `!${name}.icontains(${quoted(value)})`;
    case "starts":
      return `${name}.startsWith(${quoted(value)})`;
    case "oneOf":
      return `${name} in [${values.map((one) => literal(field, one)).join(", ")}]`;
    case "noneOf":
      return `!(${name} in [${values.map((one) => literal(field, one)).join(", ")}])`;
    case "empty":
      return `${name} == null`;
    case "filled":
      return `${name} != null`;
    case "true":
      return `${name} == true`;
    case "false":
      return `${name} == false`;
    case "has":
      return `${quoted(value)} in ${name}`;
    case "hasNot":
      return `!(${quoted(value)} in ${name})`;
    default: {
      const symbol = SYMBOLS[operator];
      // A day from today on is compared with the day of a moment.
      if (field.type === "datetime" && daysFromToday(value) !== null)
        return `date(${name}) ${symbol} ${dayOf(value)}`;
      return `${name} ${symbol} ${literal(field, value)}`;
    }
  }
}

const LOOSE = /&&|\|\||\?/;

function partText(node: FilterNode, within: Group, fields: MetaField[]): string {
  const text = textOf(node, fields);
  if (within.parts.length < 2 || !text) return text;
  const loose = node.kind === "words" ? LOOSE.test(text) : node.kind === "group" && node.join !== "none";
  return loose ? `(${text})` : text;
}

function textOf(node: FilterNode, fields: MetaField[]): string {
  if (node.kind === "words") return node.source.trim();
  if (node.kind === "condition") {
    const field = fields.find((one) => one.name === node.field);
    return field ? conditionText(field, node) : "";
  }
  const texts = node.parts.map((part) => partText(part, node, fields)).filter(Boolean);
  const joined = texts.join(node.join === "all" ? " && " : " || ");
  return node.join === "none" && joined ? `!(${joined})` : joined;
}

/** The expression that a filter stands for; empty where it lets everything through. */
export const writeFilter = (node: FilterNode, fields: MetaField[]): string => textOf(node, fields);
