/** What is claimed of `merge`, tried on figures worked out by hand and on made-up ones. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { merge, same } from "./merge";

const NONE = {};
const LINES = { lines: ["product", "quantity"] };

test("values say the same whatever the order of their keys, and nothing is nothing", () => {
  assert.ok(same({ amount: "1", currency: "KES" }, { currency: "KES", amount: "1" }));
  assert.ok(same(null, undefined));
  assert.ok(same({ a: null }, {}));
  assert.ok(!same(["a", "b"], ["b", "a"]));
  assert.ok(!same("1", 1));
});

test("what only one side changed is taken over without a question", () => {
  const base = { name: "Ode", phone: "1", city: "Nairobi" };
  const merged = merge(base, { name: "Ode Ltd" }, { ...base, phone: "2" }, NONE);
  assert.deepEqual(merged.changes, { name: "Ode Ltd" });
  assert.deepEqual(merged.clashes, []);
  assert.deepEqual(merged.told, [{ path: "phone", from: "1", to: "2" }]);
});

test("what both typed alike is no clash and is not saved again", () => {
  const merged = merge({ name: "a" }, { name: "b" }, { name: "b" }, NONE);
  assert.deepEqual(merged, { changes: {}, clashes: [], told: [] });
});

test("a clash is decided field by field; mine stands until somebody decides", () => {
  const base = { name: "a", phone: "1" };
  const mine = { name: "b", phone: "2" };
  const theirs = { name: "c", phone: "3" };
  const open = merge(base, mine, theirs, NONE);
  assert.deepEqual(
    open.clashes.map(({ path }) => path),
    ["name", "phone"],
  );
  assert.deepEqual(open.changes, mine);
  const decided = merge(base, mine, theirs, NONE, { name: "theirs", phone: "mine" });
  assert.deepEqual(decided.changes, { phone: "2" });
  assert.equal(decided.clashes.length, 2, "a decided clash is still shown");
});

test("emptying a field that they changed is a clash as well", () => {
  const merged = merge({ name: "a" }, { name: null }, { name: "c" }, NONE);
  assert.deepEqual(merged.clashes, [{ path: "name", base: "a", mine: null, theirs: "c" }]);
  assert.deepEqual(merged.changes, { name: null });
});

const row = (id: string, product: string, quantity: string) => ({ id, product, quantity });

test("rows are merged cell by cell, and new rows of both sides stay", () => {
  const base = { lines: [row("1", "lamp", "1"), row("2", "torch", "1")] };
  const mine = { lines: [row("1", "lamp", "5"), row("2", "torch", "1"), { product: "fuse", quantity: "9" }] };
  const theirs = { lines: [row("1", "lantern", "1"), row("2", "torch", "2"), row("3", "cable", "4")] };
  const merged = merge(base, mine, theirs, LINES);
  assert.deepEqual(merged.clashes, []);
  assert.deepEqual(merged.changes.lines, [
    row("1", "lantern", "5"),
    row("2", "torch", "2"),
    row("3", "cable", "4"),
    { product: "fuse", quantity: "9" },
  ]);
});

test("the same cell changed by both is a clash of that cell alone", () => {
  const base = { lines: [row("1", "lamp", "1")] };
  const mine = { lines: [row("1", "lamp", "5")] };
  const theirs = { lines: [row("1", "lamp", "7")] };
  const path = "lines/1/quantity";
  assert.deepEqual(merge(base, mine, theirs, LINES).clashes, [{ path, base: "1", mine: "5", theirs: "7" }]);
  assert.deepEqual(merge(base, mine, theirs, LINES, { [path]: "theirs" }).changes, {});
});

test("a row that they removed stays removed unless it was typed into", () => {
  const base = { lines: [row("1", "lamp", "1"), row("2", "torch", "1")] };
  const theirs = { lines: [row("2", "torch", "1")] };
  const untouched = { lines: [row("1", "lamp", "1"), row("2", "torch", "3")] };
  const quiet = merge(base, untouched, theirs, LINES);
  assert.deepEqual(quiet.clashes, []);
  assert.deepEqual(quiet.changes.lines, [row("2", "torch", "3")]);

  const typed = { lines: [row("1", "lamp", "5"), row("2", "torch", "1")] };
  const merged = merge(base, typed, theirs, LINES);
  assert.deepEqual(
    merged.clashes.map(({ path }) => path),
    ["lines/1"],
  );
  assert.deepEqual(merged.changes.lines, [{ product: "lamp", quantity: "5" }, row("2", "torch", "1")]);
  assert.deepEqual(merge(base, typed, theirs, LINES, { "lines/1": "theirs" }).changes, {});
});

test("a row removed here that they changed is asked about", () => {
  const base = { lines: [row("1", "lamp", "1"), row("2", "torch", "1")] };
  const mine = { lines: [row("2", "torch", "1")] };
  const theirs = { lines: [row("1", "lamp", "8"), row("2", "torch", "1")] };
  const merged = merge(base, mine, theirs, LINES);
  assert.deepEqual(
    merged.clashes.map(({ path, mine }) => [path, mine]),
    [["lines/1", null]],
  );
  assert.deepEqual(merged.changes.lines, [row("2", "torch", "1")]);
  assert.deepEqual(merge(base, mine, theirs, LINES, { "lines/1": "theirs" }).changes, {});
});
