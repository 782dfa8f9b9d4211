/** What is claimed of `runs`. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { grouped, standingOf } from "./runs";

test("a run is undone, can be, or there is a reason why not", () => {
  const run = { undone_by: null, undoable: true, records: 2 };
  assert.equal(standingOf(run), "undoable");
  assert.equal(standingOf({ ...run, undone_by: "another", undoable: false }), "undone");
  assert.equal(standingOf({ ...run, undoable: false, records: 0 }), "nothing");
  assert.equal(standingOf({ ...run, undoable: false }), "forgotten");
});

test("groups stand in the order in which each came first, and so do their items", () => {
  assert.deepEqual(
    grouped(["b1", "a1", "b2"], (item) => item.slice(0, 1)),
    [
      ["b", ["b1", "b2"]],
      ["a", ["a1"]],
    ],
  );
});
