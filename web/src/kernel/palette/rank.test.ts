/** What is typed finds what was meant, and the closest comes first. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { rank } from "./rank";

const names = [
  "Leads",
  "New Lead",
  "Trial balance",
  "Balance sheet",
  "Deals",
  "Dashboards",
  "Müller & Söhne",
];
const best = (query: string) =>
  names
    .map((name) => ({ name, fit: rank(name, "", query) }))
    .filter(({ fit }) => fit > 0)
    .toSorted((a, b) => b.fit - a.fit)
    .map(({ name }) => name);

test("whole names come before beginnings, and beginnings before what is inside", () => {
  assert.deepEqual(best("lead"), ["Leads", "New Lead"]);
  assert.deepEqual(best("new lead"), ["New Lead"]);
  assert.deepEqual(best("bal"), ["Balance sheet", "Trial balance"]);
});

test("initials, accents, letters left out and one slip do not matter", () => {
  assert.deepEqual(best("dls"), ["Deals"]);
  assert.deepEqual(best("nwld"), ["New Lead"]);
  assert.deepEqual(best("tb"), ["Trial balance"]);
  assert.deepEqual(best("nelead"), ["New Lead"]);
  assert.deepEqual(best("muller"), ["Müller & Söhne"]);
  assert.deepEqual(best("dashbords"), ["Dashboards"]);
  assert.deepEqual(best("dashxboards"), ["Dashboards"]);
  assert.deepEqual(best("dashbaords"), [], "letters that changed places are two slips");
});

test("every word must fit, and where it stands may help", () => {
  assert.equal(rank("Leads", "CRM", "leads finance"), 0);
  assert.ok(rank("Leads", "CRM", "leads crm") > 0);
  assert.deepEqual(best("xyz"), []);
  assert.equal(rank("Leads", "", " "), 1);
});
