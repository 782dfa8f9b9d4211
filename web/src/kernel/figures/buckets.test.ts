/** What is claimed of `buckets`, tried on figures worked out by hand and on made-up ones. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { addDays, bucketWords, daysBetween, isBucket, rangeOf } from "./buckets";

test("each part of time has its days, over the ends of months and years", () => {
  assert.deepEqual(rangeOf("day", "2024-02-29"), { from: "2024-02-29", to: "2024-03-01" });
  assert.deepEqual(rangeOf("week", "2026-12-28"), { from: "2026-12-28", to: "2027-01-04" });
  assert.deepEqual(rangeOf("month", "2026-12"), { from: "2026-12-01", to: "2027-01-01" });
  assert.deepEqual(rangeOf("quarter", "2026-Q4"), { from: "2026-10-01", to: "2027-01-01" });
  assert.deepEqual(rangeOf("quarter", "2026-Q1"), { from: "2026-01-01", to: "2026-04-01" });
  assert.deepEqual(rangeOf("year", "1999"), { from: "1999-01-01", to: "2000-01-01" });
});

test("what names no part of time has no days", () => {
  assert.equal(rangeOf("month", "2026"), null);
  assert.equal(rangeOf("quarter", "2026-Q5"), null);
  assert.equal(isBucket("fortnight"), false);
  assert.equal(isBucket("quarter"), true);
});

test("parts of time are called as people call them", () => {
  assert.equal(bucketWords("month", "2026-11", "en-GB"), "Nov 2026");
  assert.equal(bucketWords("quarter", "2026-Q4", "en-GB"), "Q4 2026");
  assert.equal(bucketWords("year", "2026", "en-GB"), "2026");
  assert.equal(bucketWords("week", "2026-11-23", "en-GB"), "23 Nov 2026");
  assert.equal(bucketWords("month", "soon", "en-GB"), "soon");
});

test("days are counted where clocks change", () => {
  assert.equal(addDays("2026-03-28", 2), "2026-03-30");
  assert.equal(addDays("2026-01-01", -1), "2025-12-31");
  assert.equal(daysBetween("2026-03-28", "2026-03-30"), 2);
  assert.equal(daysBetween("2026-03-30", "2026-03-28"), -2);
});
