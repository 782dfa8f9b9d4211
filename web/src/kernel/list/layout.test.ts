/** What is claimed of `layout`, tried on figures worked out by hand and on made-up ones. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { nextSort, readColumns, readRules, sortOf, writeColumns, writeRules } from "./layout";

test("columns are read as they were written, and a width stays within bounds", () => {
  const columns = [
    { name: "name", width: 240, pinned: true },
    { name: "amount" },
    { name: "state", pinned: true },
  ];
  assert.equal(writeColumns(columns), "name.240.pin,amount,state.pin");
  assert.deepEqual(readColumns(writeColumns(columns)), columns);
  assert.deepEqual(readColumns("name.2"), [{ name: "name", width: 56 }]);
  assert.deepEqual(readColumns(""), []);
  assert.deepEqual(readColumns(undefined), []);
});

test("colours are read as they were written; a text that is none is no rule", () => {
  const rules = [{ tone: "bad" as const, word: "Late", when: 'due < today() && state != "done"' }];
  assert.deepEqual(readRules(writeRules(rules)), rules);
  assert.equal(writeRules([]), "");
  for (const text of ["[", "{}", '[["pink","a","b"]]', '[["bad"]]', "null"])
    assert.deepEqual(readRules(text), [], text);
});

test("a heading orders ascending, descending, not at all; with others it keeps its place", () => {
  assert.equal(nextSort(undefined, "name"), "name");
  assert.equal(nextSort("name", "name"), "-name");
  assert.equal(nextSort("-name", "name"), undefined);
  assert.equal(nextSort("-amount", "name"), "name");
  assert.equal(nextSort("-amount", "name", true), "-amount,name");
  assert.equal(nextSort("-amount,name", "amount", true), "name");
  assert.equal(nextSort("amount,name", "amount", true), "-amount,name");
  assert.deepEqual(sortOf("-amount,name", "amount"), { descending: true, place: 1 });
  assert.deepEqual(sortOf("-amount", "amount"), { descending: true, place: null });
  assert.equal(sortOf("-amount", "name"), null);
});
