/** Names that are made of labels, and labels of names. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { freeName, isOwn, labelOf, nameOf } from "./names";

test("a label becomes a name that the server takes", () => {
  assert.equal(nameOf("Region", "field"), "region");
  assert.equal(nameOf("  Région du client! ", "field"), "region_du_client");
  assert.equal(nameOf("2nd visit (paid)", "field"), "nd_visit_paid");
  assert.equal(nameOf("المنطقة", "field"), "field", "no letter of the alphabet is left");
  const long = nameOf("A very long label that nobody would ever write on a form of theirs", "field");
  assert.match(long, /^[a-z0-9_]{1,48}$/);
  assert.ok(!long.endsWith("_"));
});

test("a name is free, short enough, and has the prefix of what is added to an app's object", () => {
  assert.equal(freeName("Region", "field", [], "x_"), "x_region");
  assert.equal(freeName("Region", "field", ["x_region", "x_region_2"], "x_"), "x_region_3");
  const long = "a".repeat(60);
  const taken = [freeName(long, "field", [], "x_")];
  const next = freeName(long, "field", taken, "x_");
  assert.ok(next.length <= 48 && !taken.includes(next));
});

test("the label that follows from a name is the server's", () => {
  assert.equal(labelOf("x_home_region"), "Home region");
  assert.ok(isOwn("custom.vehicle"));
  assert.ok(!isOwn("crm.lead"));
});
