/** The facets of time follow each other without a gap. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { within } from "./times";

const now = Date.parse("2026-06-30T12:00:00Z");

test("a facet ends where the one before it begins", () => {
  assert.deepEqual(within("day", now), { from: "2026-06-29T12:00:00.000Z" });
  assert.deepEqual(within("week", now), { from: "2026-06-23T12:00:00.000Z", to: "2026-06-29T12:00:00.000Z" });
  assert.deepEqual(within("older", now), { to: "2025-06-30T12:00:00.000Z" });
});

test("bounds stand still for a while, and what is no facet has none", () => {
  assert.deepEqual(within("day", now - 1000), within("day", now - 200_000));
  assert.deepEqual(within("tomorrow", now), {});
  assert.deepEqual(within(undefined, now), {});
});
