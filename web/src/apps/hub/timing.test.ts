/** What is claimed of `timing`: what people choose is kept as a pattern, and read from it again. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { cronOf, type Timing, timingOf } from "./timing";

const times: [Timing, string][] = [
  [{ every: "day", on: 1, at: "07:05" }, "5 7 * * *"],
  [{ every: "week", on: 1, at: "18:00" }, "0 18 * * MON"],
  [{ every: "week", on: 7, at: "00:00" }, "0 0 * * SUN"],
  [{ every: "month", on: 28, at: "23:59" }, "59 23 28 * *"],
];

test("a time becomes a pattern, and the same time again", () => {
  for (const [timing, cron] of times) {
    assert.equal(cronOf(timing), cron);
    assert.deepEqual(timingOf(cron), timing);
  }
});

test("a pattern that says more is left as it is", () => {
  for (const cron of ["*/15 * * * *", "0 7 * * MON-FRI", "0 18 L * *", "0 7 1 * MON", "0 7 * * XYZ", ""]) {
    assert.equal(timingOf(cron), null, cron);
  }
});
