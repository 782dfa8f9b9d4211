/** What is claimed of `runs`, tried on figures worked out by hand and on made-up ones. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { HistoryEntry } from "../../api/types";
import { headOf, type LogPage, PAGE, runsOf } from "./runs";

const event = (seq: number, user: string, run: string): HistoryEntry =>
  ({
    seq,
    run,
    user: { id: user, name: user },
    at: `at-${seq}`,
    verb: "update",
    fields: [],
  }) as unknown as HistoryEntry;

/** A log of `length` events, of which nothing but numbers is read; counts how often it is asked. */
function logOf(length: number) {
  const log = {
    asked: 0,
    read: async (after: number): Promise<LogPage> => {
      log.asked += 1;
      return { data: [], next: Math.max(after, Math.min(length, after + PAGE)) };
    },
  };
  return log;
}

test("the end of the log is found, however long it is, with few questions", async () => {
  for (const length of [0, 1, 99, 100, 101, 2_345, 100_000, 1_234_567]) {
    const log = logOf(length);
    assert.equal(await headOf(log.read), length, `of ${length}`);
    assert.ok(log.asked < 40, `${length} events: ${log.asked} questions`);
  }
});

test("from where it was known before it is found at once", async () => {
  const log = logOf(100_040);
  assert.equal(await headOf(log.read, 100_000), 100_040);
  assert.equal(log.asked, 1);
});

test("events become runs, the newest first, and only one's own", () => {
  const runs = runsOf(
    [event(1, "me", "a"), event(2, "you", "b"), event(4, "me", "c"), event(3, "me", "a")],
    "me",
  );
  assert.deepEqual(
    runs.map((run) => [run.id, run.events.map(({ seq }) => seq)]),
    [
      ["c", [4]],
      ["a", [1, 3]],
    ],
  );
});
