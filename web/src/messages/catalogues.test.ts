/** Every language says everything that English says, with the same values in it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ar } from "./ar";
import { en } from "./en";
import { fill, type Message } from "./fill";
import { fr } from "./fr";
import { pt } from "./pt";
import { sw } from "./sw";

const english: Record<string, Message> = en;
const others: Record<string, Record<string, Message>> = { ar, fr, pt, sw };

const formsOf = (message: Message): [string, string][] =>
  typeof message === "string" ? [["other", message]] : Object.entries(message);
const valuesIn = (text: string) => new Set(text.match(/\{\w+\}/g));
const all = (message: Message) => new Set(formsOf(message).flatMap(([, text]) => [...valuesIn(text)]));

for (const [language, catalogue] of Object.entries(others)) {
  test(`${language} says all of it`, () => {
    const missing = Object.keys(english).filter((key) => !(key in catalogue));
    const foreign = Object.keys(catalogue).filter((key) => !(key in english));
    assert.deepEqual({ missing, foreign }, { missing: [], foreign: [] });
  });

  test(`${language} has the values and plural forms that it should have`, () => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    for (const [key, message] of Object.entries(catalogue)) {
      const known = english[key];
      if (known) assert.deepEqual(all(message), all(known), key);
      for (const [form] of formsOf(message)) {
        assert.ok((pluralCategories as string[]).includes(form), `${key}: ${language} has no form “${form}”`);
      }
    }
  });
}

test("values are put in, and what has none stays as it is", () => {
  assert.equal(fill("Move {title} to {state}", { title: "A" }, "en"), "Move A to {state}");
  assert.equal(fill("All {count}", { count: 12345 }, "de"), "All 12.345");
});

test("a count chooses the form", () => {
  const found: Message = { one: "{count} result", other: "{count} results" };
  assert.equal(fill(found, { count: 1 }, "en"), "1 result");
  assert.equal(fill(found, { count: 0 }, "en"), "0 results");
  assert.equal(fill(found, { count: "10,000+" }, "en"), "10,000+ results");
  const arabic = english["search.found"] && others.ar?.["search.found"];
  assert.ok(arabic);
  const words = [0, 1, 2, 3, 11, 100].map((count) => fill(arabic, { count }, "ar-u-nu-latn"));
  assert.deepEqual(words, ["لا نتائج", "نتيجة واحدة", "نتيجتان", "3 نتائج", "11 نتيجة", "100 نتيجة"]);
});
