/** What is claimed of `scale`, tried on figures worked out by hand and on made-up ones. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { placeOf, scaleOf, ticksOf, tracksOf } from "./scale";

const fortnight = scaleOf("fortnight", "2026-11-25");

test("a scale holds whole days", () => {
  assert.deepEqual(fortnight, { span: "fortnight", from: "2026-11-23", to: "2026-12-07", days: 14 });
  assert.equal(scaleOf("year", "2024-06-01").days, 366);
});

test("a bar lies on its days, and is cut off where the scale ends", () => {
  assert.deepEqual(placeOf(fortnight, { start: "2026-11-23", end: "2026-11-29" }), { left: 0, width: 50 });
  assert.deepEqual(placeOf(fortnight, { start: "2026-11-01", end: "2026-12-31" }), { left: 0, width: 100 });
  const one = placeOf(fortnight, { start: "2026-12-06", end: "2026-12-06" });
  assert.ok(one && Math.abs(one.left - (13 / 14) * 100) < 1e-9 && Math.abs(one.width - 100 / 14) < 1e-9);
  assert.equal(placeOf(fortnight, { start: "2026-12-07", end: "2026-12-08" }), null);
  assert.equal(placeOf(fortnight, { start: "2026-11-01", end: "2026-11-22" }), null);
});

test("no two bars of one track overlap, and no track is made without need", () => {
  const bars = [
    { start: "2026-11-23", end: "2026-11-25" },
    { start: "2026-11-25", end: "2026-11-26" },
    { start: "2026-11-26", end: "2026-11-27" },
    { start: "2026-11-20", end: "2026-11-22" },
  ];
  assert.deepEqual(tracksOf(bars), [0, 1, 0, 0]);
});

test("the lines above a scale cover it without gaps", () => {
  for (const span of ["fortnight", "season", "half", "year"] as const) {
    const scale = scaleOf(span, "2026-11-25");
    for (const line of Object.values(ticksOf(scale, "en-GB"))) {
      const width = line.reduce((sum, tick) => sum + (placeOf(scale, tick)?.width ?? 0), 0);
      assert.ok(Math.abs(width - 100) < 1e-6, `${span}: ${width}`);
    }
  }
});
