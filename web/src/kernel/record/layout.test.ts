/** What is claimed of `layout`, tried on figures worked out by hand and on made-up ones. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { MetaField } from "../../api/types";
import { layOut, tabOf } from "./layout";

const field = (name: string): MetaField => ({ name, label: name, type: "text" });
const fields = ["name", "email", "street", "vat", "notes"].map(field);
const all = { fields, isShown: () => true, holds: () => true };
const names = (tabs: ReturnType<typeof layOut>) =>
  tabs.map(({ label, parts }) => [label, parts.map((part) => part.fields.map((one) => one.name))]);

test("without tabs everything stands in one, in the order of the manifest", () => {
  const sections = [
    { label: null, fields: ["email", "name"] },
    { label: "More", fields: ["notes"] },
  ];
  const tabs = layOut({ ...all, sections });
  assert.deepEqual(names(tabs), [[null, [["email", "name"], ["notes"]]]]);
  assert.equal(tabs[0]?.parts[1]?.label, "More");
});

test("sections of one tab come together; what has none stands above all", () => {
  const sections = [
    { label: null, fields: ["street"], tab: "Address" },
    { label: null, fields: ["name"] },
    { label: "Tax", fields: ["vat"], tab: "Finance" },
    { label: "Mail", fields: ["email"], tab: "Address" },
  ];
  assert.deepEqual(names(layOut({ ...all, sections })), [
    [null, [["name"]]],
    ["Address", [["street"], ["email"]]],
    ["Finance", [["vat"]]],
  ]);
});

test("hidden fields, hidden sections and tabs that are empty then are left out", () => {
  const sections = [
    { label: null, fields: ["name", "email"] },
    { label: "Tax", fields: ["vat"], tab: "Finance", visible_when: "kind == 'organisation'" },
    { label: "Notes", fields: ["notes"], tab: "Notes" },
  ];
  const isShown = ({ name }: MetaField) => name !== "email" && name !== "notes";
  const holds = (condition: string) => condition !== "kind == 'organisation'";
  assert.deepEqual(names(layOut({ fields, sections, isShown, holds })), [[null, [["name"]]]]);
  assert.deepEqual(names(layOut({ fields, sections, isShown, holds: () => true })), [
    [null, [["name"]]],
    ["Finance", [["vat"]]],
  ]);
});

test("a field stands once, and a name that nobody declares nowhere", () => {
  const sections = [
    { label: null, fields: ["name", "nobody"] },
    { label: "Again", fields: ["name", "vat"] },
  ];
  assert.deepEqual(names(layOut({ ...all, sections })), [[null, [["name"], ["vat"]]]]);
});

test("an error leads to the tab of its field, also from inside of a row", () => {
  const sections = [
    { label: null, fields: ["name"] },
    { label: null, fields: ["street"], tab: "Address" },
    { label: null, fields: ["vat"], tab: "Finance" },
  ];
  const tabs = layOut({ ...all, sections });
  assert.equal(tabOf(tabs, ["vat/0/rate"]), "Finance");
  assert.equal(tabOf(tabs, ["name"]), null);
  assert.equal(tabOf(tabs, []), null);
});
