/** Rows in the order of a tree: each below what it is part of. Pure, so that Node tests it. */

interface Row {
  id: string;
  /** What it is part of: an id, or a record that has one. */
  above: unknown;
}

const idOf = (value: unknown): string | null => {
  if (typeof value === "string") return value;
  if (typeof value === "object" && value !== null && "id" in value) return String(value.id);
  return null;
};

export function outlineOf<R extends Row>(rows: R[]): (R & { depth: number })[] {
  const here = new Set(rows.map((row) => row.id));
  const below = new Map<string | null, R[]>();
  for (const row of rows) {
    const above = idOf(row.above);
    const key = above !== null && here.has(above) && above !== row.id ? above : null;
    below.set(key, [...(below.get(key) ?? []), row]);
  }
  const told: (R & { depth: number })[] = [];
  const walk = (above: string | null, depth: number) => {
    for (const row of below.get(above) ?? []) {
      told.push({ ...row, depth });
      walk(row.id, depth + 1);
    }
  };
  walk(null, 0);
  return told;
}
