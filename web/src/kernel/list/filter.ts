/** Filter chips and CEL: the address holds one expression, chips are read from it and written to it. */
import { type ASTNode, Environment } from "@marcbachmann/cel-js";
import type { MetaField, MetaObject } from "../../api/types";
import type { MessageKey } from "../../messages/t";
import { isTextual } from "../meta";

export type Operator =
  | "contains"
  | "is"
  | "not"
  | "gt"
  | "gte"
  | "lt"
  | "lte"
  | "empty"
  | "filled"
  | "true"
  | "false"
  | "has";

export interface Chip {
  field: string;
  operator: Operator;
  value: string;
}

export const operatorKey = (operator: Operator): MessageKey => `operator.${operator}`;

const SYMBOLS: Partial<Record<Operator, string>> = {
  is: "==",
  not: "!=",
  gt: ">",
  gte: ">=",
  lt: "<",
  lte: "<=",
};
const OPERATORS: Record<string, Operator> = {
  "==": "is",
  "!=": "not",
  ">": "gt",
  ">=": "gte",
  "<": "lt",
  "<=": "lte",
};

/** What can be asked of a field. */
export function operatorsOf(field: MetaField): Operator[] {
  if (isTextual(field)) return ["contains", "is", "not", "empty", "filled"];
  switch (field.type) {
    case "integer":
    case "decimal":
    case "money":
    case "quantity":
    case "rate":
    case "percent":
      return ["gte", "lte", "gt", "lt", "is", "not", "empty", "filled"];
    case "date":
    case "datetime":
      return ["gte", "lte", "gt", "lt", "empty", "filled"];
    case "boolean":
      return ["true", "false"];
    case "choice":
    case "link":
      return ["is", "not", "empty", "filled"];
    case "choices":
    case "tags":
    case "links":
      return ["has"];
    default:
      return ["empty", "filled"];
  }
}

export const needsValue = (operator: Operator): boolean =>
  !["empty", "filled", "true", "false"].includes(operator);

function literal(field: MetaField, value: string): string {
  switch (field.type) {
    case "integer":
      return String(Math.trunc(Number(value)) || 0);
    case "decimal":
    case "quantity":
    case "rate":
    case "percent":
      return `decimal(${JSON.stringify(value)})`;
    case "money":
      return `money(${JSON.stringify(value)})`;
    case "date":
      return `date(${JSON.stringify(value)})`;
    case "datetime":
      return `timestamp(${JSON.stringify(value.length === 10 ? `${value}T00:00:00Z` : value)})`;
    default:
      return JSON.stringify(value);
  }
}

/** The expression that a chip stands for. */
export function toCel(field: MetaField, chip: Chip): string {
  switch (chip.operator) {
    case "contains":
      return `${chip.field}.icontains(${JSON.stringify(chip.value)})`;
    case "empty":
      return `${chip.field} == null`;
    case "filled":
      return `${chip.field} != null`;
    case "true":
      return `${chip.field} == true`;
    case "false":
      return `${chip.field} == false`;
    case "has":
      return `${JSON.stringify(chip.value)} in ${chip.field}`;
    default:
      return `${chip.field} ${SYMBOLS[chip.operator]} ${literal(field, chip.value)}`;
  }
}

const environment = new Environment({ unlistedVariablesAreDyn: true });

function textOf(node: ASTNode): string | null | undefined {
  if (node.op === "value") {
    const value: unknown = node.args;
    return value === null ? null : String(value);
  }
  if (node.op === "call" && ["money", "decimal", "date", "timestamp"].includes(node.args[0])) {
    const first = node.args[1][0];
    return first ? textOf(first) : undefined;
  }
  return undefined;
}

function chipOf(node: ASTNode, object: MetaObject): Chip | null {
  const known = (name: string) => object.fields.some((field) => field.name === name);
  if (node.op === "rcall") {
    const [name, receiver, [argument]] = node.args;
    const value = argument && textOf(argument);
    if (name !== "icontains" || receiver.op !== "id" || typeof value !== "string") return null;
    return known(receiver.args) ? { field: receiver.args, operator: "contains", value } : null;
  }
  if (node.op === "in") {
    const [needle, list] = node.args;
    const value = textOf(needle);
    if (list.op !== "id" || typeof value !== "string" || !known(list.args)) return null;
    return { field: list.args, operator: "has", value };
  }
  const operator = OPERATORS[node.op];
  if (!operator || !Array.isArray(node.args)) return null;
  const [left, right] = node.args as [ASTNode, ASTNode];
  if (left.op !== "id" || !known(left.args)) return null;
  const value = textOf(right);
  if (value === undefined) return null;
  if (value === null) {
    if (operator === "is") return { field: left.args, operator: "empty", value: "" };
    return operator === "not" ? { field: left.args, operator: "filled", value: "" } : null;
  }
  if (right.op === "value" && typeof right.args === "boolean") {
    return { field: left.args, operator: right.args ? "true" : "false", value: "" };
  }
  return { field: left.args, operator, value };
}

/** The parts of an expression joined by `&&`; a part that no chip can show keeps only its text. */
export interface FilterPart {
  source: string;
  chip: Chip | null;
}

/** Reads an expression; null when it is not valid CEL. */
export function readFilter(source: string, object: MetaObject): FilterPart[] | null {
  if (!source.trim()) return [];
  let root: ASTNode;
  try {
    root = environment.parse(source).ast;
  } catch {
    return null;
  }
  const parts: FilterPart[] = [];
  const walk = (node: ASTNode) => {
    if (node.op === "&&") {
      walk(node.args[0]);
      walk(node.args[1]);
      return;
    }
    parts.push({ source: source.slice(node.range.start, node.range.end), chip: chipOf(node, object) });
  };
  walk(root);
  return parts;
}
