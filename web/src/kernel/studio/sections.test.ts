/** Fields and sections of a form are moved, and the form says so in the manifest. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { MetaObject } from "../../api/types";
import { formView, placed, type Section, stepped, unplaced, without } from "./sections";

const section = (...fields: string[]): Section => ({ label: null, tab: null, visible_when: null, fields });
const told = (sections: Section[]) => sections.map((one) => one.fields.join(" "));
const start = [section("name", "email"), section("budget", "owner", "score")];

test("a field is dropped at a place, wherever it was", () => {
  assert.deepEqual(told(placed(start, "email", 1, 1)), ["name", "budget email owner score"]);
  assert.deepEqual(told(placed(start, "budget", 1, 2)), ["name email", "owner budget score"]);
  assert.deepEqual(told(placed(start, "score", 1, 0)), ["name email", "score budget owner"]);
  assert.deepEqual(told(placed(start, "phone", 0, 2)), ["name email phone", "budget owner score"]);
});

test("by keys a field goes up and down, over the edge of a section too, and stops at the ends", () => {
  assert.deepEqual(told(stepped(start, "name", 1)), ["email name", "budget owner score"]);
  assert.deepEqual(told(stepped(start, "email", 1)), ["name", "email budget owner score"]);
  assert.deepEqual(told(stepped(start, "budget", -1)), ["name email budget", "owner score"]);
  assert.deepEqual(told(stepped(start, "owner", 1)), ["name email", "budget score owner"]);
  assert.deepEqual(stepped(start, "name", -1), start);
  assert.deepEqual(stepped(start, "score", 1), start);
});

test("what stands nowhere is offered, and what is of the engine or the state is not", () => {
  const fields = ["id", "name", "email", "phone", "state"].map((name) => ({ name, system: name === "id" }));
  const object = { fields, states: { field: "state" } } as unknown as MetaObject;
  assert.deepEqual(unplaced(object, start), ["phone"]);
  assert.deepEqual(unplaced(object, without(start, "email")), ["email", "phone"]);
});

test("the view says no more than it has to", () => {
  const sections = [
    { ...section("name"), label: "Who", tab: "More", visible_when: "name != null" },
    section(),
    section("email"),
  ];
  assert.deepEqual(formView(sections), {
    kind: "form",
    sections: [
      { label: "Who", tab: "More", visible_when: "name != null", fields: ["name"] },
      { fields: ["email"] },
    ],
  });
});
