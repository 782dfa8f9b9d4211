/** What is claimed of `filter`, tried on figures worked out by hand and on made-up ones. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FieldType, MetaField } from "../../api/types";
import { readFilter } from "./read";
import { type Condition, type FilterNode, fromToday, type Group, operatorsOf, takesMany } from "./tree";
import { writeFilter } from "./write";

const field = (name: string, type: FieldType): MetaField => ({ name, label: name, type });
const fields = [
  field("name", "text"),
  field("email", "email"),
  field("score", "integer"),
  field("weight", "quantity"),
  field("rate", "percent"),
  field("amount", "money"),
  field("due", "date"),
  field("created_at", "datetime"),
  field("active", "boolean"),
  field("stage", "choice"),
  field("owner", "link"),
  field("tags", "tags"),
];

/** Numbers that look random and are the same in every run (mulberry32). */
function numbers(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const TEXTS = [
  "a",
  'say "hi"',
  "back\\slash",
  "it's",
  "a || b",
  "new\nline",
  "Élodie",
  "&&",
  "null",
  "  ",
  "🪔",
];

function maker(seed: number) {
  const random = numbers(seed);
  const upTo = (most: number) => Math.floor(random() * most);
  const one = <T>(list: readonly T[]): T => list[upTo(list.length)] as T;

  const value = ({ type }: MetaField): string => {
    const days = fromToday(upTo(60) - 30);
    switch (type) {
      case "integer":
        return String(upTo(2000) - 1000);
      case "quantity":
      case "percent":
        return one(["0", "1.5", "-3.25", "100000000000.000001"]);
      case "money":
        return one(["240.00", "-1", "1000 KES", "0.0001 EUR"]);
      case "date":
        return one(["2026-01-31", days]);
      case "datetime":
        return one(["2026-01-31T10:00:00Z", days]);
      case "link":
        return one(["01a20850-b2f3-75f4-b92d-214dd7490834", "me"]);
      default:
        return one(TEXTS);
    }
  };
  const condition = (): Condition => {
    const about = one(fields);
    const operator = one(operatorsOf(about));
    const bare = ["empty", "filled", "true", "false"].includes(operator);
    const count = bare ? 0 : takesMany(operator) ? 1 + upTo(3) : 1;
    return {
      kind: "condition",
      field: about.name,
      operator,
      values: Array.from({ length: count }, () => value(about)),
    };
  };
  const words = (): FilterNode => ({
    kind: "words",
    source: one([
      "amount > weight",
      "size(tags) > 2",
      "lines.exists(line, line.quantity > 0)",
      "active ? true : false",
    ]),
  });
  const leaf = () => (random() < 0.85 ? condition() : words());
  const group = (depth: number, outside: Group["join"] | null): Group => {
    const joins = (["all", "any", "none"] as const).filter((join) => join !== outside);
    // `!(a || b)` is what none of them means: a group of any within one of none is no group.
    const join = one(outside === "none" ? joins.filter((join) => join !== "any") : joins);
    const parts = Array.from({ length: 2 + upTo(3) }, () =>
      depth > 0 && random() < 0.4 ? group(depth - 1, join === "none" ? "any" : join) : leaf(),
    );
    return { kind: "group", join, parts };
  };
  return { group, condition, one };
}

test("what was built is read again as it was built, however deep", () => {
  for (let seed = 1; seed <= 2000; seed += 1) {
    const built = maker(seed).group(3, null);
    const source = writeFilter(built, fields);
    assert.deepEqual(readFilter(source, fields), built, `seed ${seed}: ${source}`);
  }
});

test("every condition that can be built is read again, alone and as none", () => {
  for (let seed = 1; seed <= 2000; seed += 1) {
    const alone = maker(seed).condition();
    const source = writeFilter({ kind: "group", join: "all", parts: [alone] }, fields);
    assert.deepEqual(readFilter(source, fields), { kind: "group", join: "all", parts: [alone] }, source);
    // Reading settles on one form: what it writes, it reads the same.
    const none = writeFilter({ kind: "group", join: "none", parts: [alone] }, fields);
    const read = readFilter(none, fields);
    assert.ok(read, none);
    assert.deepEqual(readFilter(writeFilter(read, fields), fields), read, none);
  }
});

test("text that a person writes becomes conditions, and what has no form stays as it was", () => {
  const parts = (source: string) => readFilter(source, fields)?.parts;
  assert.deepEqual(parts("active"), [{ kind: "condition", field: "active", operator: "true", values: [] }]);
  assert.deepEqual(parts("amount > 100"), [
    { kind: "condition", field: "amount", operator: "gt", values: ["100"] },
  ]);
  assert.deepEqual(parts("due <= today() + days(7)"), [
    { kind: "condition", field: "due", operator: "lte", values: ["today+7"] },
  ]);
  assert.deepEqual(parts("owner == principal.user"), [
    { kind: "condition", field: "owner", operator: "is", values: ["me"] },
  ]);
  assert.deepEqual(parts("name.lower() == 'x'"), [{ kind: "words", source: "name.lower() == 'x'" }]);
  assert.deepEqual(parts("unknown == 'x'"), [{ kind: "words", source: "unknown == 'x'" }]);
  assert.deepEqual(parts("name == 5"), [{ kind: "words", source: "name == 5" }]);
  assert.deepEqual(parts("true"), []);
  assert.deepEqual(parts("  "), []);
  assert.equal(readFilter("name ==", fields), null);
  assert.equal(readFilter("name == 'a') || (true", fields), null);
});

test("words keep their brackets where they would fall apart", () => {
  const source = writeFilter(
    {
      kind: "group",
      join: "all",
      parts: [
        { kind: "words", source: "a || b" },
        { kind: "condition", field: "active", operator: "true", values: [] },
      ],
    },
    fields,
  );
  assert.equal(source, "(a || b) && active == true");
});
