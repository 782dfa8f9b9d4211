/** What is claimed of `password`, tried on passwords that people choose. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { PASSWORD_LEAST, strengthOf } from "./password";

test("what the server would refuse is too short, however it is written", () => {
  assert.equal(strengthOf("!aB3$xY7-"), "short");
  assert.equal(strengthOf("é".repeat(PASSWORD_LEAST - 1)), "short");
});

test("few different characters are weak, a sentence is strong", () => {
  assert.equal(strengthOf("aaaaaaaaaaaaaaaaaaaaaaaa"), "weak");
  assert.equal(strengthOf("1212121212"), "weak");
  assert.equal(strengthOf("mount-kenya"), "fair");
  assert.equal(strengthOf("a quiet morning in Nairobi"), "strong");
});

test("what others know of somebody does not count", () => {
  const known = ["Wanjiku Kamau", "Kibo Traders Ltd", "wanjiku@kibo.example"];
  assert.equal(strengthOf("KiboTraders2026", []), "fair");
  assert.equal(strengthOf("KiboTraders2026", known), "weak");
  assert.equal(strengthOf("wanjiku.kamau", known), "weak");
  // Two letters are no word of anybody.
  assert.equal(strengthOf("a quiet morning in Nairobi", ["a in"]), "strong");
});
