/** Rows as the points of a chart, by their identity: records of one title stay apart, and so do amounts of two currencies. */
import type { Json, JsonObject } from "../../api/types";
import { amountOf } from "../../ui/format";

/** A side of a chart: where its values stand in a row, what they are called, and how they stand beside each other. */
export interface Axis {
  key: string;
  words: (value: Json | undefined) => string;
  order?: (a: Told, b: Told) => number;
}

export interface Told {
  value: Json;
  words: string;
}

export interface Drawing {
  kind: "bar" | "line" | "area" | "pie";
  x: Axis;
  /** What stands beside each other under one heading. */
  series: Axis | null;
  /** The key of the figure, and what it is called. */
  y: string;
  heading: string;
  money: boolean;
}

export interface Point {
  key: string;
  x: Told;
  /** Its figures by the keys of the series. */
  figures: Record<string, number>;
}

export interface Series extends Told {
  key: string;
}

function figure(value: Json | undefined): number {
  const amount = amountOf(value);
  return amount ? Number(amount.amount) : 0;
}

/** A record is told by its id, whatever else comes along. */
function identity(value: Json | undefined): Json {
  const record = typeof value === "object" && value !== null && !Array.isArray(value);
  return (record ? value.id : value) ?? null;
}

function told(axis: Axis, row: JsonObject, unit: string | null = null): Told {
  const value = row[axis.key];
  const words = axis.words(value);
  return { value: identity(value), words: unit ? `${words} (${unit})` : words };
}

export function drawn({ x, series, y, heading }: Drawing, rows: JsonObject[]) {
  const currency = (row: JsonObject) => amountOf(row[y])?.currency ?? null;
  const currencies = [...new Set(rows.map(currency).filter((code) => code !== null))];
  const points = new Map<string, Point>();
  const beside = new Map<string, Series>();
  for (const row of rows) {
    const at = told(x, row, currencies.length > 1 ? currency(row) : null);
    const key = JSON.stringify([at.value, at.words]);
    const one = series ? told(series, row) : { value: null, words: heading };
    const name = `y${JSON.stringify(one.value)}`;
    const point = points.get(key) ?? { key, x: at, figures: {} };
    point.figures[name] = (point.figures[name] ?? 0) + figure(row[y]);
    points.set(key, point);
    beside.set(name, { ...one, key: name });
  }
  const order = series?.order;
  return {
    points: x.order ? sorted([...points.values()], x.order) : [...points.values()],
    series: order ? [...beside.values()].sort(order) : [...beside.values()],
    currency: currencies.length === 1 ? (currencies[0] ?? null) : null,
  };
}

const sorted = (points: Point[], order: (a: Told, b: Told) => number): Point[] =>
  points.sort((a, b) => order(a.x, b.x));
