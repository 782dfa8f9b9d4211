/** What the server refuses is found beside the input that it is about. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { declaredBy } from "./files";
import { besideInputs, refusalsOf } from "./refusal";

const told = (message: string) => ({
  field: "text",
  rule: "manifest",
  message: `custom/extensions/crm.lead.toml:2: ${message}`,
});

test("what is wrong stands beside the input that it is of", () => {
  const refusals = refusalsOf(
    [
      told("x_n: `default`: is a whole number of 64 bits, not text"),
      told("x_n: there is no object crm.nope"),
      told('x_n: a choice needs `of = ["value", …]`'),
      told("nobody: no app declares this role in its app.toml"),
    ],
    "refused",
  );
  const { errors, rest } = besideInputs(refusals, "x_n", ["default", "to", "of"]);
  assert.deepEqual(errors, {
    default: "Is a whole number of 64 bits, not text",
    to: "There is no object crm.nope",
    of: 'A choice needs `of = ["value", …]`',
  });
  assert.deepEqual(rest, ["Nobody: no app declares this role in its app.toml"]);
});

test("a form over several entries shows each mistake at its entry", () => {
  const refusals = refusalsOf(
    [told("kind: a choice needs `of = [...]`"), told("title: there is no field `x`")],
    "",
  );
  const { errors, rest } = besideInputs(refusals, "", ["name", "kind"]);
  assert.deepEqual(Object.keys(errors), ["kind"]);
  assert.deepEqual(rest, ["Title: there is no field `x`"]);
});

test("a mistake within an expression stands beside the one that was written", () => {
  const refusals = refusalsOf(
    [told("x_n: crm.lead has no field 'nothere'; see /meta/crm.lead (at character 1)")],
    "",
  );
  assert.ok(besideInputs(refusals, "x_n", ["visible", "default"], ["type", "visible"]).errors.visible);
  assert.equal(besideInputs(refusals, "x_n", ["visible", "default"], ["visible", "default"]).rest.length, 1);
});

test("what is told of the path of a call, and what is told of nothing", () => {
  const [one] = refusalsOf([{ field: "set/fields.x_a", rule: "path", message: "numbers are whole" }], "");
  assert.equal(one?.entry, "x_a");
  assert.deepEqual(besideInputs(refusalsOf([], "it is in use"), "x_a", []).rest, ["It is in use"]);
});

test("a file says by its place what it declares", () => {
  assert.deepEqual(declaredBy("ours/custom/extensions/crm.lead.toml", ""), {
    kind: "extension",
    name: "crm.lead",
    text: "",
  });
  assert.equal(declaredBy("custom/reports/fleet.toml", "")?.kind, "report");
  assert.equal(declaredBy("app.toml", "")?.name, "custom");
  assert.equal(declaredBy("crm.lead.toml", "")?.kind, "extension");
  assert.equal(declaredBy("vehicle.toml", "")?.kind, "object");
  assert.equal(declaredBy("read.me", ""), null);
});
