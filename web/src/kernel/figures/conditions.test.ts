/** What is claimed of `conditions`, tried on figures worked out by hand and on made-up ones. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FieldType } from "../../api/types";
import { conditionOf, conditionsOf, isValue, withinRange } from "./conditions";

const field = (name: string, type: FieldType) => ({ name, type });

test("a value is asked for by the type of its field", () => {
  assert.equal(isValue(field("stage", "choice"), "won"), 'stage == "won"');
  assert.equal(isValue(field("name", "text"), 'say "hi"'), 'name == "say \\"hi\\""');
  assert.equal(isValue(field("done", "boolean"), false), "done == false");
  assert.equal(isValue(field("score", "integer"), 3), "score == 3");
  assert.equal(isValue(field("weight", "quantity"), "1.5"), 'weight == decimal("1.5")');
  assert.equal(isValue(field("due", "date"), "2026-01-31"), 'due == date("2026-01-31")');
  assert.equal(isValue(field("at", "datetime"), "2026-01-31"), 'at == timestamp("2026-01-31T00:00:00Z")');
  assert.equal(
    isValue(field("at", "datetime"), "2026-01-31T10:00:00Z"),
    'at == timestamp("2026-01-31T10:00:00Z")',
  );
  assert.equal(isValue(field("owner", "link"), null), "owner == null");
});

test("a part of time is asked for by its days", () => {
  const due = { field: field("due", "date"), bucket: "month" as const };
  assert.equal(conditionOf(due, "2026-12"), 'due >= date("2026-12-01") && due < date("2027-01-01")');
  assert.equal(conditionOf(due, null), "due == null");
  assert.equal(conditionOf({ field: undefined, bucket: null }, "x"), undefined);
});

test("values of several groups hold at once, and a total has none", () => {
  const groups = [
    { field: field("stage", "choice"), bucket: null },
    { field: field("due", "date"), bucket: "year" as const },
  ];
  assert.equal(
    conditionsOf(groups, ["won", "2026"]),
    'stage == "won" && due >= date("2026-01-01") && due < date("2027-01-01")',
  );
  assert.equal(conditionsOf(groups, ["won"]), 'stage == "won"');
  assert.equal(conditionsOf(groups, []), undefined);
});

test("what lies in a part of time may have a beginning, an end, or both", () => {
  const [start, end] = [field("starts", "date"), field("due", "date")];
  const from = 'date("2026-11-01")';
  const to = 'date("2026-12-01")';
  assert.equal(withinRange(end, undefined, "2026-11-01", "2026-12-01"), `due >= ${from} && due < ${to}`);
  assert.equal(
    withinRange(start, end, "2026-11-01", "2026-12-01"),
    `(starts < ${to} || (starts == null && due < ${to})) && (due >= ${from} || (due == null && starts >= ${from}))`,
  );
});
