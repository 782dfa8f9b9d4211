/** What is claimed of `groups`, tried on figures worked out by hand and on made-up ones. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FieldType, MetaField } from "../../../api/types";
import { groupFilter, groupsOf, measuresOf, nextMonth, sumsOf } from "./groups";

const field = (name: string, type: FieldType): MetaField => ({ name, label: name, type, sortable: true });
const none: ReadonlySet<string> = new Set();

test("a group is asked for by its value", () => {
  assert.equal(groupFilter(field("stage", "choice"), "won"), 'stage == "won"');
  assert.equal(groupFilter(field("owner", "link"), null), "owner == null");
  assert.equal(groupFilter(field("active", "boolean"), false), "active == false");
  assert.equal(groupFilter(field("score", "integer"), 80), "score == 80");
  assert.equal(groupFilter(field("rate", "percent"), "1.5"), 'rate == decimal("1.5")');
  assert.equal(
    groupFilter(field("due", "date"), "2026-12"),
    'due >= date("2026-12-01") && due < date("2027-01-01")',
  );
  assert.equal(
    groupFilter(field("created_at", "datetime"), "2026-02"),
    'created_at >= timestamp("2026-02-01T00:00:00Z") && created_at < timestamp("2026-03-01T00:00:00Z")',
  );
  assert.equal(nextMonth("0999-12-01"), "1000-01-01");
});

test("groups stand in the order of the choices, and what has no value last", () => {
  const data = ["won", null, "new", "odd"].map((stage) => ({ stage, "count()": 1 }));
  const groups = groupsOf(field("stage", "choice"), ["new", "won"], { data }, new Set(["won"]));
  assert.deepEqual(
    groups.map(({ value, open }) => [value, open]),
    [
      ["new", true],
      ["won", false],
      ["odd", true],
      [null, true],
    ],
  );
});

test("sums of several currencies stand side by side in one group", () => {
  const amounts = [
    { amount: "10.50", currency: "KES" },
    { amount: "1", currency: "EUR" },
    { amount: "0.25", currency: "KES" },
    null,
  ];
  const data = amounts.map((amount) => ({
    stage: "new",
    "count()": 2,
    "sum(amount)": amount,
    "sum(size)": "1.5",
  }));
  const [group, ...more] = groupsOf(field("stage", "choice"), ["new"], { data }, none);
  assert.equal(more.length, 0);
  assert.equal(group?.count, 8);
  assert.deepEqual(group?.sums, {
    amount: [
      { amount: "10.75", currency: "KES" },
      { amount: "1", currency: "EUR" },
    ],
    size: "6.0",
  });
});

test("at most seven columns are summed, beside the count", () => {
  const columns = Array.from({ length: 9 }, (_, at) => field(`a${at}`, "money"));
  assert.equal(sumsOf([field("name", "text"), ...columns]).length, 7);
  assert.equal(measuresOf([field("amount", "money")]), "count(),sum(amount)");
});
