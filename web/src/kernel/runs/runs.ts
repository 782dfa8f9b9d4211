/** What can still be done about a run. Free of imports, so that it is tested as it stands. */

/** Whether it can be taken back, was, or why it cannot be: it changed nothing, or the log has let go of it. */
export type Standing = "undoable" | "undone" | "nothing" | "forgotten";

export function standingOf(run: { undone_by: string | null; undoable: boolean; records: number }): Standing {
  if (run.undone_by) return "undone";
  if (run.undoable) return "undoable";
  return run.records === 0 ? "nothing" : "forgotten";
}

/** Items with the same key, in the order in which each key came first. */
export function grouped<Item>(items: Item[], keyOf: (item: Item) => string): [string, Item[]][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return [...groups];
}
