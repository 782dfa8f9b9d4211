/** What is claimed of `outline`, tried on figures worked out by hand and on made-up ones. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { outlineOf } from "./outline";

const shape = (rows: { id: string; above: unknown }[]) =>
  outlineOf(rows).map(({ id, depth }) => `${depth} ${id}`);

test("parts stand below their whole, in the order they came in", () => {
  const rows = [
    { id: "b1", above: "b" },
    { id: "a", above: null },
    { id: "b", above: null },
    { id: "b2", above: { id: "b", title: "B" } },
    { id: "b11", above: "b1" },
  ];
  assert.deepEqual(shape(rows), ["0 a", "0 b", "1 b1", "2 b11", "1 b2"]);
});

test("a part whose whole is not shown stands by itself", () => {
  assert.deepEqual(shape([{ id: "x", above: "elsewhere" }]), ["0 x"]);
});
