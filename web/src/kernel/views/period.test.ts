/** What is claimed of `period`, tried on figures worked out by hand and on made-up ones. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { dayOf, endOf, mondayOf, PERIODS, periodOf, periodWords, shifted, startOf, step } from "./period";

test("weeks begin on Monday", () => {
  assert.equal(mondayOf("2026-11-23"), "2026-11-23");
  assert.equal(mondayOf("2026-11-29"), "2026-11-23");
  assert.equal(mondayOf("2027-01-01"), "2026-12-28");
});

test("a part of time begins and ends on its days", () => {
  assert.deepEqual(
    [startOf("month", "2024-02-29"), endOf("month", "2024-02-29")],
    ["2024-02-01", "2024-03-01"],
  );
  assert.deepEqual(
    [startOf("half", "2026-12-31"), endOf("half", "2026-12-31")],
    ["2026-10-01", "2027-04-01"],
  );
  assert.deepEqual(
    [startOf("season", "2026-12-31"), endOf("season", "2026-12-31")],
    ["2026-12-01", "2027-03-01"],
  );
  assert.deepEqual(
    [startOf("fortnight", "2026-11-25"), endOf("fortnight", "2026-11-25")],
    ["2026-11-23", "2026-12-07"],
  );
});

test("steps go on and back by the same way", () => {
  for (const span of ["day", "week", "fortnight", "month", "season", "half", "year"] as const) {
    const start = startOf(span, "2026-12-31");
    assert.equal(step(span, step(span, start, 1), -1), start, span);
    assert.ok(step(span, start, 1) > start, span);
  }
  assert.equal(step("month", "2026-01-31", 1), "2026-02-01", "no month is left out");
});

test("periods are called as people call them", () => {
  assert.equal(periodWords("month", "2026-11-23", "en-GB"), "November 2026");
  assert.equal(periodWords("year", "2026-11-23", "en-GB"), "2026");
  assert.match(periodWords("week", "2026-11-23", "en-GB"), /^23\D+29 Nov 2026$/);
});

test("a date and a moment are put off by days", () => {
  assert.equal(shifted("2026-02-28", 1), "2026-03-01");
  const moment = shifted("2026-11-23T10:30:00Z", 8);
  assert.equal(new Date(moment).getTime() - Date.parse("2026-11-23T10:30:00Z"), 8 * 86_400_000);
  assert.equal(dayOf("2026-11-23"), "2026-11-23");
});

test("periods go by today", () => {
  assert.deepEqual(periodOf("this-quarter", "2026-11-23"), { from: "2026-10-01", to: "2027-01-01" });
  assert.deepEqual(periodOf("last-quarter", "2026-01-05"), { from: "2025-10-01", to: "2026-01-01" });
  assert.deepEqual(periodOf("last-month", "2026-03-31"), { from: "2026-02-01", to: "2026-03-01" });
  assert.deepEqual(periodOf("last-year", "2026-11-23"), { from: "2025-01-01", to: "2026-01-01" });
  assert.deepEqual(periodOf("last-30", "2026-11-30"), { from: "2026-11-01", to: "2026-12-01" });
  assert.equal(periodOf("someday", "2026-11-23"), null);
  for (const name of PERIODS) {
    const range = periodOf(name, "2024-02-29");
    assert.ok(range && range.from < range.to, name);
  }
});
