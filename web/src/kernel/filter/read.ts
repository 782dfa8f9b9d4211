/** A CEL expression as the filter that people build: what has no such form stays as words. */
import { type ASTNode, Environment } from "@marcbachmann/cel-js";
import type { MetaField } from "../../api/types";
import { TEXTUAL } from "../fieldKinds";
import {
  type Condition,
  emptyFilter,
  type FilterNode,
  fromToday,
  type Group,
  ME,
  type Operator,
} from "./tree";

const OPERATORS: Record<string, Operator> = {
  "==": "is",
  "!=": "not",
  ">": "gt",
  ">=": "gte",
  "<": "lt",
  "<=": "lte",
};
/** What a condition becomes when `!` stands before it. */
const OPPOSITES: Partial<Record<Operator, Operator>> = {
  contains: "notContains",
  oneOf: "noneOf",
  has: "hasNot",
};

const environment = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false });

interface Reading {
  source: string;
  fields: MetaField[];
}

const stringOf = (node: ASTNode | undefined): string | undefined =>
  node?.op === "value" && typeof node.args === "string" && node.args !== "" ? node.args : undefined;

function numberOf(node: ASTNode): string | undefined {
  if (node.op === "-_") {
    const text = numberOf(node.args);
    return text === undefined || text.startsWith("-") ? undefined : `-${text}`;
  }
  if (node.op !== "value") return undefined;
  return typeof node.args === "bigint" || typeof node.args === "number" ? String(node.args) : undefined;
}

/** The text within `name("…")`. */
function madeBy(name: string, node: ASTNode): string | undefined {
  if (node.op !== "call" || node.args[0] !== name || node.args[1].length !== 1) return undefined;
  return stringOf(node.args[1][0]);
}

function moneyOf(node: ASTNode): string | undefined {
  if (node.op !== "call" || node.args[0] !== "money") return numberOf(node);
  const [amount, currency, ...more] = node.args[1].map(stringOf);
  if (amount === undefined || more.length > 0) return undefined;
  if (node.args[1].length === 1) return amount;
  return currency && `${amount} ${currency}`;
}

const isToday = (node: ASTNode): boolean =>
  node.op === "call" && node.args[0] === "today" && node.args[1].length === 0;

/** `today() - days(7)`. */
function relativeDay(node: ASTNode): string | undefined {
  if (isToday(node)) return "today";
  if ((node.op !== "+" && node.op !== "-") || !isToday(node.args[0])) return undefined;
  const days = node.args[1];
  if (days.op !== "call" || days.args[0] !== "days" || days.args[1].length !== 1) return undefined;
  const [count] = days.args[1];
  const text = count && numberOf(count);
  if (!text || !/^[1-9]\d*$/.test(text)) return undefined;
  return fromToday(node.op === "+" ? Number(text) : -Number(text));
}

/** An id, or whoever looks at the list. */
function linkOf(node: ASTNode): string | undefined {
  if (node.op !== ".") return stringOf(node);
  const [of, name] = node.args;
  return of.op === "id" && of.args === "principal" && name === "user" ? ME : undefined;
}

/** The value that a field of this type is compared with. */
function comparedWith(node: ASTNode, field: MetaField): string | undefined {
  switch (field.type) {
    case "integer":
    case "rating":
    case "duration": {
      const text = numberOf(node);
      return text && /^-?\d+$/.test(text) ? text : undefined;
    }
    case "decimal":
    case "quantity":
    case "rate":
    case "percent":
      return madeBy("decimal", node) ?? numberOf(node);
    case "money":
      return moneyOf(node);
    case "date":
      return madeBy("date", node) ?? relativeDay(node);
    case "datetime":
      return madeBy("timestamp", node);
    case "link":
      return linkOf(node);
    default:
      return TEXTUAL.has(field.type) || field.type === "choice" ? stringOf(node) : undefined;
  }
}

function condition(field: string, operator: Operator, values: string[] = []): Condition {
  return { kind: "condition", field, operator, values };
}

function readIn(needle: ASTNode, list: ASTNode, fieldAt: (node: ASTNode) => MetaField | undefined) {
  const many = fieldAt(list);
  if (many && ["tags", "choices", "links"].includes(many.type)) {
    const value = stringOf(needle);
    return value === undefined ? null : condition(many.name, "has", [value]);
  }
  const one = fieldAt(needle);
  if (!one || (one.type !== "choice" && one.type !== "link") || list.op !== "list") return null;
  const values = list.args.map((part) => comparedWith(part, one));
  if (values.length === 0 || values.includes(undefined)) return null;
  return condition(one.name, "oneOf", values as string[]);
}

function readCondition(node: ASTNode, { fields }: Reading): Condition | null {
  const fieldAt = (at: ASTNode) =>
    at.op === "id" ? fields.find((field) => field.name === at.args) : undefined;
  if (node.op === "id") {
    const field = fieldAt(node);
    return field?.type === "boolean" ? condition(field.name, "true") : null;
  }
  if (node.op === "rcall") {
    const [name, receiver, given] = node.args;
    const [field, value] = [fieldAt(receiver), stringOf(given[0])];
    const operator = name === "icontains" ? "contains" : name === "startsWith" ? "starts" : null;
    if (!operator || !field || !TEXTUAL.has(field.type) || value === undefined || given.length > 1)
      return null;
    return condition(field.name, operator, [value]);
  }
  if (node.op === "in") return readIn(node.args[0], node.args[1], fieldAt);
  const operator = OPERATORS[node.op];
  if (!operator || !Array.isArray(node.args)) return null;
  const [left, right] = node.args as [ASTNode, ASTNode];
  // The day of a moment, compared with a day from today on.
  if (left.op === "call" && left.args[0] === "date" && left.args[1].length === 1) {
    const [moment] = left.args[1];
    const [field, day] = [moment && fieldAt(moment), relativeDay(right)];
    return field?.type === "datetime" && day ? condition(field.name, operator, [day]) : null;
  }
  const field = fieldAt(left);
  if (!field) return null;
  const equal = operator === "is" || operator === "not";
  if (right.op === "value" && right.args === null) {
    return equal ? condition(field.name, operator === "is" ? "empty" : "filled") : null;
  }
  if (field.type === "boolean") {
    if (operator !== "is" || right.op !== "value" || typeof right.args !== "boolean") return null;
    return condition(field.name, right.args ? "true" : "false");
  }
  const value = comparedWith(right, field);
  return value === undefined ? null : condition(field.name, operator, [value]);
}

const JOINS: Record<string, "all" | "any"> = { "&&": "all", "||": "any" };

/** The parts of `a && b && c`. */
function chain(node: ASTNode, op: string): ASTNode[] {
  return node.op === op ? (node.args as ASTNode[]).flatMap((part) => chain(part, op)) : [node];
}

function readNode(node: ASTNode, reading: Reading): FilterNode {
  const join = JOINS[node.op];
  if (join)
    return { kind: "group", join, parts: chain(node, node.op).map((part) => readNode(part, reading)) };
  if (node.op === "!_") {
    const inner = readNode(node.args, reading);
    const opposite = inner.kind === "condition" ? OPPOSITES[inner.operator] : undefined;
    if (inner.kind === "condition" && opposite) return { ...inner, operator: opposite };
    if (inner.kind === "group" && inner.join === "any") return { ...inner, join: "none" };
    if (inner.kind !== "words") return { kind: "group", join: "none", parts: [inner] };
  }
  const found = readCondition(node, reading);
  return found ?? { kind: "words", source: reading.source.slice(node.range.start, node.range.end) };
}

/** Reads an expression; null when it is not valid CEL. */
export function readFilter(source: string, fields: MetaField[]): Group | null {
  if (!source.trim()) return emptyFilter();
  let root: ASTNode;
  try {
    root = environment.parse(source).ast;
  } catch {
    return null;
  }
  // What lets everything through is no condition.
  if (root.op === "value" && root.args === true) return emptyFilter();
  const node = readNode(root, { source, fields });
  return node.kind === "group" ? node : { ...emptyFilter(), parts: [node] };
}
