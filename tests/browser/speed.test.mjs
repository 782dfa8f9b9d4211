// How quick lists, records and the palette feel where there is much; `speed.mjs` says how it is measured.
import assert from "node:assert/strict";
import { test } from "node:test";
import { settled } from "./pages.mjs";
import { at, browser, list, page, quick, TRIES } from "./speed.mjs";
import { counting, median, shown } from "./stopwatch.mjs";

const exact = (name) => ({ name, exact: true });
const button = (name) => page.getByRole("button", exact(name));
const row = (at) => page.getByRole("row").nth(at);

const LIST = "/contacts/parties";
const ROWS = 'table[role="grid"] tbody tr[aria-rowindex]';
const FORM = "form[data-record] input";

async function keys(...names) {
  for (const name of names) await page.keyboard.press(name);
}

test("a list and a record come soon after their address", async (t) => {
  await at(LIST);
  const record = await row(5).getByRole("link").first().getAttribute("href");
  for (const [name, address, until, most] of [["a list of 100,000", LIST, ROWS, 9], ["a record", record, FORM, 9]]) {
    const tries = [];
    for (let round = 0; round < TRIES; round += 1) {
      tries.push(await counting(page, async () => {
        await page.goto(address, { waitUntil: "commit" });
        const ms = await shown(page, [until]);
        await settled(page);
        return { ms };
      }));
    }
    const requests = tries.map((one) => one.requests);
    t.diagnostic(`${name}: there after ${list([median(tries.map((one) => one.ms))])} ms; ${list(requests)} requests`);
    assert.ok(Math.min(...requests) <= most, `${name}: ${list(requests)} requests`);
  }
  assert.deepEqual(browser.faults.splice(0), []);
});

quick("a list is opened", {
  address: "/crm/leads",
  ready: () => page.getByRole("navigation", exact("Main")).getByRole("link", exact("Contacts")).hover(),
  act: () => page.getByRole("navigation", exact("Main")).getByRole("link", exact("Contacts")).click(),
  until: () => [ROWS],
  requests: 3,
});

quick("a record is opened", {
  address: LIST,
  act: (round) => row(3 + round).getByRole("link").first().click(),
  until: () => [FORM],
  requests: 3,
});

quick("the next record is opened", {
  address: LIST,
  ready: async () => {
    await row(3).getByRole("link").first().click();
    await page.locator(FORM).first().waitFor();
    await settled(page);
  },
  act: async () => {
    const before = page.url();
    await keys("j");
    await page.waitForURL((url) => url.href !== before);
  },
  until: () => [FORM],
  requests: 4,
});

quick("a list is sorted", {
  address: LIST,
  act: () => page.getByRole("columnheader").getByRole("button", exact("Email")).click(),
  until: () => [ROWS, "contact000000@"],
  requests: 2,
});

quick("a list is searched", {
  address: LIST,
  ready: () => keys("/"),
  act: () => page.keyboard.type("tiles 000369", { delay: 30 }),
  until: () => [ROWS, "000369"],
  requests: 2,
});

quick("a filter is built", {
  address: LIST,
  act: async () => {
    await button("Filter").click();
    const builder = page.getByRole("dialog", exact("Filter"));
    await builder.getByLabel("Field", { exact: true }).selectOption({ label: "Name" });
    await builder.getByLabel("Value", { exact: true }).pressSequentially("Kilns", { delay: 30 });
    await builder.getByRole("button", exact("Apply")).click();
  },
  until: () => [ROWS, "Kilns"],
  requests: 2,
});

quick("rows are grouped", {
  address: LIST,
  act: async () => {
    await button("Column Kind").click();
    await page.getByRole("menuitem", { name: /^Group/ }).click();
  },
  until: () => ["tr button[aria-expanded]"],
  requests: 3,
});

quick("the palette is opened and typed into", {
  address: LIST,
  act: async () => {
    await keys("Control+k");
    await page.getByRole("combobox", exact("Search or do something")).waitFor();
    await page.keyboard.type("tiles 000369", { delay: 40 });
  },
  until: () => ['[role="option"]', "Juma Tiles 000369"],
  requests: 6,
});

quick("a first row is picked", {
  address: LIST,
  act: () => row(2).getByRole("checkbox").click(),
  until: () => ['section[aria-label="Selected"]'],
  requests: 0,
});

quick("cells are moved through", {
  address: LIST,
  act: () => keys("j", "ArrowDown", "ArrowRight", "ArrowRight", "PageDown", "PageDown", "ArrowDown"),
  until: () => ["td:focus"],
  requests: 1,
});

quick("a cell is edited", {
  address: LIST,
  ready: () => keys("j", "ArrowDown", "ArrowRight", "ArrowRight", "ArrowRight"),
  act: async (round) => {
    await keys("Enter");
    await page.locator("[data-editing] input").waitFor();
    await page.keyboard.type(`+25470000000${round}`);
    await keys("Enter");
  },
  until: (round) => [ROWS, `00000${round}`],
  requests: 4,
});

test("rows that are not in sight are not drawn", async (t) => {
  const drawn = async () => {
    const count = await page.locator(ROWS).count();
    t.diagnostic(`${count} rows are drawn`);
    return count;
  };
  await at(LIST);
  assert.ok((await drawn()) < 60);
  await page.getByRole("region", exact("Contacts")).evaluate((one) => one.scrollTo(0, one.scrollHeight));
  await page.locator(`${ROWS}[aria-rowindex="140"]`).waitFor();
  assert.ok((await drawn()) < 80);
});
