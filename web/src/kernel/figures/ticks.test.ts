/** The axis of a chart is marked at numbers that people count by. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ticksOf } from "./ticks";

test("marks are round and hold every figure", () => {
  assert.deepEqual(ticksOf([2_150_000, 400_000]), [0, 500_000, 1_000_000, 1_500_000, 2_000_000, 2_500_000]);
  assert.deepEqual(ticksOf([37]), [0, 10, 20, 30, 40]);
  assert.deepEqual(ticksOf([0.3]), [0, 0.1, 0.2, 0.3]);
  assert.deepEqual(ticksOf([-120, 260]), [-200, -100, 0, 100, 200, 300]);
});

test("what is counted has no halves", () => {
  assert.deepEqual(ticksOf([3]), [0, 1, 2, 3]);
  assert.deepEqual(ticksOf([9]), [0, 2, 4, 6, 8, 10]);
});

test("nothing at all has an axis too", () => {
  assert.deepEqual(ticksOf([]), [0, 1]);
  assert.deepEqual(ticksOf([0, 0]), [0, 1]);
});
