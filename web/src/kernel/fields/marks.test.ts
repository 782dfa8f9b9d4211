/** What is claimed of `marks`, tried on figures worked out by hand and on made-up ones. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { marked } from "./marks";

test("a mark goes around what is selected, and away again", () => {
  const bold = marked("a word here", 2, 6, "bold");
  assert.deepEqual(bold, { text: "a **word** here", start: 4, end: 8 });
  assert.deepEqual(marked(bold.text, bold.start, bold.end, "bold"), {
    text: "a word here",
    start: 2,
    end: 6,
  });
});

test("a list takes every line that is touched, whatever mark it had", () => {
  const text = "one\ntwo\nthree";
  assert.equal(marked(text, 1, 5, "list").text, "- one\n- two\nthree");
  assert.equal(marked("- one\n- two", 0, 11, "numbers").text, "1. one\n2. two");
  assert.equal(marked("1. one\n2. two", 0, 13, "numbers").text, "one\ntwo");
  assert.equal(marked("one", 0, 0, "tasks").text, "- [ ] one");
});

test("a link waits for its address", () => {
  const link = marked("see docs", 4, 8, "link");
  assert.equal(link.text, "see [docs](https://)");
  assert.equal(link.text.slice(0, link.start), "see [docs](https://");
});
