/** What is claimed of `arrange`, tried on figures worked out by hand and on made-up ones. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { COLUMNS, LINES, moved, resized, usualRoom } from "./arrange";

test("a tile is moved before, behind, and no farther than the ends", () => {
  const list = ["a", "b", "c", "d"];
  assert.deepEqual(moved(list, 0, 2), ["b", "c", "a", "d"]);
  assert.deepEqual(moved(list, 3, 0), ["d", "a", "b", "c"]);
  assert.deepEqual(moved(list, 1, 99), ["a", "c", "d", "b"]);
  assert.deepEqual(moved(list, 1, -5), ["b", "a", "c", "d"]);
  assert.equal(moved(list, 2, 2), list, "nothing moved is nothing changed");
  assert.equal(moved(list, 9, 0), list);
});

test("a tile gets no more room than the page has, and no less than one column", () => {
  assert.deepEqual(resized(usualRoom("figure"), 1, 1, 0), { width: 3, height: null });
  assert.deepEqual(resized(usualRoom("chart"), 4, 9, 0), { width: COLUMNS, height: null });
  assert.deepEqual(resized(usualRoom("chart"), 4, -9, 0), { width: 1, height: null });
  assert.deepEqual(resized(usualRoom("chart"), 4, 0, 1), { width: 3, height: 5 }, "from what it takes now");
  assert.deepEqual(resized({ width: 2, height: LINES }, LINES, 0, 3), { width: 2, height: LINES });
});
