/** What is claimed of `grid`, tried on figures worked out by hand and on made-up ones. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { asText, emptied, fillDown, isIn, moved, plainText, rangeOf, step } from "./grid";

const rows = [
  { product: "lamp", quantity: "1", total: "40" },
  { product: "torch", quantity: "2", total: "20" },
  { product: "fuse", quantity: "3", total: "9" },
];
const names = ["product", "quantity", null];

test("arrows lead to the next cell and stop at the edge", () => {
  assert.deepEqual(step([0, 0], "ArrowDown", 3, 3), [1, 0]);
  assert.deepEqual(step([2, 1], "ArrowDown", 3, 3), [2, 1]);
  assert.deepEqual(step([1, 1], "ArrowLeft", 3, 3), [1, 0]);
  assert.deepEqual(step([0, 2], "ArrowRight", 3, 3), [0, 2]);
});

test("a range is the same from whichever corner it was drawn", () => {
  const range = rangeOf([2, 0], [1, 2]);
  assert.deepEqual(range, { top: 1, bottom: 2, left: 0, right: 2 });
  assert.ok(isIn(range, [1, 1]));
  assert.ok(!isIn(range, [0, 1]));
});

test("filling down copies the first row of the range, but not into what is worked out", () => {
  const filled = fillDown(rows, rangeOf([0, 1], [2, 2]), names);
  assert.deepEqual(
    filled.map((row) => row.quantity),
    ["1", "1", "1"],
  );
  assert.deepEqual(
    filled.map((row) => row.total),
    ["40", "20", "9"],
  );
  assert.deepEqual(
    filled.map((row) => row.product),
    ["lamp", "torch", "fuse"],
  );
  assert.equal(rows[1]?.quantity, "2", "the rows themselves stay as they are");
});

test("emptying leaves the other cells alone", () => {
  const left = emptied(rows, rangeOf([1, 0], [1, 2]), names);
  assert.deepEqual(left[1], { product: null, quantity: null, total: "20" });
  assert.deepEqual(left[0], rows[0]);
});

test("a row is moved within the table", () => {
  assert.deepEqual(
    moved(rows, 0, 1).map((row) => row.product),
    ["torch", "lamp", "fuse"],
  );
  assert.deepEqual(
    moved(rows, 2, -2).map((row) => row.product),
    ["fuse", "lamp", "torch"],
  );
  assert.equal(moved(rows, 0, -1), rows);
});

test("a range is copied as a spreadsheet takes it", () => {
  const words = (row: (typeof rows)[number], column: number) => String(Object.values(row)[column]);
  assert.equal(asText(rows, rangeOf([0, 0], [1, 1]), words as never), "lamp\t1\ntorch\t2");
  assert.equal(
    asText([{ a: "two\nlines" }], rangeOf([0, 0], [0, 0]), (row) => String(row.a)),
    '"two\nlines"',
  );
  assert.equal(plainText({ amount: "12.50", currency: "KES" }), "12.50");
  assert.equal(plainText(["a", "b"]), "a, b");
});
