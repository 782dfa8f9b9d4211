/** What is set of a manifest for what was asked in the Studio. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../../api/types";
import { choicesFrom, choicesOut, entryToSend, literal, said, seriesExample } from "./entries";
import { accessSet, countsOf, stateSet, takeField, takeState } from "./sets";

test("an entry says what is said, and nothing of the rest", () => {
  let entry = said({ type: "choice" }, "required", true);
  entry = said(entry, "help", "Where it is");
  assert.deepEqual(entry, { type: "choice", required: true, help: "Where it is" });
  assert.deepEqual(said(said(entry, "required", false), "help", ""), { type: "choice" });
  assert.deepEqual(entryToSend("x_region", "Region", entry), entry, "the label follows from the name");
  assert.deepEqual(entryToSend("x_region", "Région", { type: "text" }), { type: "text", label: "Région" });
});

test("choices are written a line each; those that are there keep their values", () => {
  const made = choicesFrom("Coast\nRift Valley\n\nCoast\n山", []);
  assert.deepEqual(
    choicesOut(made),
    ["coast", "rift_valley", { value: "choice_5", label: "山" }].map((one) =>
      one === "rift_valley" ? { value: "rift_valley", label: "Rift Valley" } : one,
    ),
  );
  const kept = choicesFrom("Coast line\nInland", [{ value: "c", label: "Coast line" }]);
  assert.deepEqual(
    kept.map((one) => one.value),
    ["c", "inland"],
  );
});

test("whole numbers are sent as numbers, decimals and what is wrong as text", () => {
  assert.equal(literal("integer", "12"), 12);
  assert.equal(literal("integer", "many"), "many");
  assert.equal(literal("decimal", "1.5"), "1.5");
  assert.equal(seriesExample("V-{YYYY}{MM}-{####}", new Date(2026, 10, 3)), "V-202611-0001");
});

test("a field goes, and out of the views that were arranged with it", () => {
  const own: JsonObject = {
    fields: { x_region: { type: "text" } },
    views: {
      form: {
        kind: "form",
        sections: [{ fields: ["name", "x_region"] }, { label: "Where", fields: ["x_region"] }],
      },
      x_board: { kind: "kanban", by: "x_region", card: ["name"] },
      x_list: { kind: "table", columns: ["name", "x_region"] },
      x_other: { kind: "table", columns: ["name"] },
    },
  };
  assert.deepEqual(takeField(own, "x_region"), {
    "fields.x_region": null,
    "views.form": { kind: "form", sections: [{ fields: ["name"] }] },
    "views.x_board": null,
    "views.x_list": { kind: "table", columns: ["name"] },
  });
});

const draft = {
  name: "x_waiting",
  label: "Waiting",
  like: "contacted",
  to: ["qualified"],
  from: ["contacted"],
  final: false,
};

test("a state of an app's object: the app's states say only the ways that were added", () => {
  const states = ["new", "contacted", "qualified"];
  const set = stateSet("crm.lead", {}, states, draft, "Waiting");
  assert.deepEqual(set, {
    "states.contacted": { to: ["x_waiting"] },
    "states.x_waiting": { like: "contacted", to: ["qualified"] },
  });
  const own = {
    states: { contacted: { to: ["x_waiting"] }, x_waiting: { like: "contacted", to: ["qualified"] } },
  };
  const moved = stateSet("crm.lead", own, [...states, "x_waiting"], { ...draft, from: ["new"] }, "Waiting");
  assert.deepEqual(moved["states.contacted"], null, "nothing is left to say of it");
  assert.deepEqual(moved["states.new"], { to: ["x_waiting"] });
  assert.deepEqual(takeState("crm.lead", own, "x_waiting"), {
    "states.contacted": null,
    "states.x_waiting": null,
  });
});

test("the first state of one's own object is where records begin", () => {
  const set = stateSet(
    "custom.vehicle",
    {},
    [],
    { ...draft, name: "idle", label: "Idle", like: null, to: [], from: [] },
    "Idle",
  );
  assert.deepEqual(set, { "states.initial": "idle", "states.idle": {} });
});

test("a role without a verb has no entry", () => {
  assert.deepEqual(accessSet({}, "driver", ["read"], " owner == principal.user "), {
    "access.driver": { rows: "owner == principal.user", verbs: ["read"] },
  });
  assert.deepEqual(accessSet({}, "driver", [], ""), { "access.driver": null });
});

test("what was added is counted", () => {
  assert.deepEqual(countsOf({ fields: { a: {}, b: {} }, states: { initial: "a", a: {} }, views: {} }), [
    ["fields", 2],
    ["states", 1],
  ]);
  const extension = { states: { contacted: { to: ["x_waiting"] }, x_waiting: { like: "contacted" } } };
  assert.deepEqual(countsOf(extension), [["states", 1]], "a further way is no state");
});
