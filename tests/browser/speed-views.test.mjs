// How quick boards, calendars, timelines, pivots and charts feel where there is much; `speed.mjs` says how it is measured.
import assert from "node:assert/strict";
import { test } from "node:test";
import { settled } from "./pages.mjs";
import { at, page, quick } from "./speed.mjs";

const exact = (name) => ({ name, exact: true });
const button = (name) => page.getByRole("button", exact(name));
const region = (name) => page.getByRole("region", exact(name));

const DEALS = "/crm/deals?view=list";
const FORM = "form[data-record] input";
const DATED = "[data-record]";

/** The hand rests on a button before it presses it. */
const over = (name) => async () => {
  await button(name).hover();
  await settled(page);
};

/** Drags as a hand does. */
async function drag(from, to) {
  const start = await from.boundingBox();
  const end = await to.boundingBox();
  await page.mouse.move(start.x + 20, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(start.x + 34, start.y + start.height / 2 + 8, { steps: 3 });
  await page.mouse.move(end.x + end.width / 2, end.y + 200, { steps: 10 });
  await page.mouse.up();
}

quick("a board is opened", {
  address: DEALS,
  ready: over("Pipeline"),
  act: () => button("Pipeline").click(),
  until: () => ['section[aria-label="New"] li a'],
  requests: 8,
});

quick("a card is dragged", {
  address: "/crm/deals?view=pipeline",
  act: () => drag(region("New").getByRole("listitem").first(), region("Qualified")),
  until: () => ['[role="status"]', "is now in Qualified"],
  requests: 12,
});

quick("a calendar is opened", {
  address: DEALS,
  ready: over("Calendar"),
  act: () => button("Calendar").click(),
  until: () => [DATED],
  requests: 5,
});

quick("a calendar goes on, and on", {
  address: "/crm/deals?view=calendar",
  act: async () => {
    for (let month = 0; month < 3; month += 1) await button("Later").click();
  },
  until: () => [DATED],
  requests: 12,
});

quick("a record is moved in a calendar", {
  address: "/crm/deals?view=calendar",
  act: async () => {
    await page.locator(DATED).first().focus();
    await page.keyboard.press("Alt+ArrowRight");
  },
  until: () => ['[role="status"]', "is now on"],
  requests: 10,
});

quick("a record is opened from a calendar", {
  address: "/crm/deals?view=calendar",
  act: () => page.locator(DATED).first().click(),
  until: () => [FORM],
  requests: 4,
});

for (const [name, view, until, requests] of [
  ["a pivot is opened", "Figures", "th[scope=row]", 6],
  ["a chart is opened", "Chart", "svg.recharts-surface .recharts-bar-rectangle", 5],
  ["a timeline is opened", "Timeline", 'section[aria-label="Timeline"] li a', 8],
]) {
  quick(name, { address: DEALS, ready: over(view), act: () => button(view).click(), until: () => [until], requests });
}

test("bars that are not in sight are not drawn", async (t) => {
  const bars = page.locator('section[aria-label="Timeline"] li a');
  await at("/crm/deals?view=timeline");
  await bars.first().waitFor();
  t.diagnostic(`${await bars.count()} bars are drawn`);
  assert.ok((await bars.count()) < 1000);
  const gone = page.locator(`section[aria-label="Timeline"] li a[href="${await bars.first().getAttribute("href")}"]`);
  await region("Timeline").evaluate((one) => one.scrollTo(0, one.scrollHeight));
  await gone.waitFor({ state: "detached" });
  t.diagnostic(`${await bars.count()} bars are drawn`);
  assert.ok((await bars.count()) > 0 && (await bars.count()) < 1000);
});
