/** What is claimed of `pivot`, tried on figures worked out by hand and on made-up ones. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { cellsOf, questionsOf } from "./pivot";

test("a pivot asks for every total that it shows", () => {
  assert.deepEqual(questionsOf(["a", "b"], ["c"]), [
    { rows: [], columns: [] },
    { rows: [], columns: ["c"] },
    { rows: ["a"], columns: [] },
    { rows: ["a"], columns: ["c"] },
    { rows: ["a", "b"], columns: [] },
    { rows: ["a", "b"], columns: ["c"] },
  ]);
  assert.deepEqual(questionsOf(["a"], []), [
    { rows: [], columns: [] },
    { rows: ["a"], columns: [] },
  ]);
});

test("figures meet where their values do, and money of two currencies is not added", () => {
  const kes = { amount: "5", currency: "KES" };
  const eur = { amount: "2", currency: "EUR" };
  const measures = ["count()", "sum(amount)"];
  const cells = cellsOf(
    [
      {
        rows: [],
        columns: [],
        data: [
          { "count()": 3, "sum(amount)": kes },
          { "count()": 1, "sum(amount)": eur },
        ],
      },
      { rows: [], columns: ["stage"], data: [{ stage: "won", "count()": 4, "sum(amount)": kes }] },
      { rows: ["owner"], columns: [], data: [{ owner: null, "count()": 4, "sum(amount)": null }] },
      {
        rows: ["owner"],
        columns: ["stage"],
        data: [{ owner: null, stage: "won", "count()": 4, "sum(amount)": kes }],
      },
    ],
    measures,
  );
  assert.deepEqual(cells.of([], [], "count()"), [4], "one count over the currencies");
  assert.deepEqual(cells.of([], [], "sum(amount)"), [kes, eur]);
  assert.deepEqual(cells.below("rows", []), [null]);
  assert.deepEqual(cells.below("columns", []), ["won"]);
  assert.deepEqual(cells.of([null], ["won"], "sum(amount)"), [kes]);
  assert.deepEqual(cells.of([null], [], "sum(amount)"), [], "no amount is no figure");
  assert.deepEqual(cells.of([null], ["lost"], "count()"), []);
});

test("what stands below a value of the outer group is its own", () => {
  const cells = cellsOf(
    [
      {
        rows: ["a"],
        columns: [],
        data: [
          { a: "x", "count()": 2 },
          { a: "y", "count()": 1 },
        ],
      },
      {
        rows: ["a", "b"],
        columns: [],
        data: [
          { a: "x", b: "1", "count()": 1 },
          { a: "x", b: "2", "count()": 1 },
          { a: "y", b: "1", "count()": 1 },
        ],
      },
    ],
    ["count()"],
  );
  assert.deepEqual(cells.below("rows", []), ["x", "y"]);
  assert.deepEqual(cells.below("rows", ["x"]), ["1", "2"]);
  assert.deepEqual(cells.below("rows", ["y"]), ["1"]);
});
