// The working day without a mouse: from signing in to a paid invoice, by keys alone and with the focus always in sight.
import assert from "node:assert/strict";
import { test } from "node:test";
import { begin } from "./begin.mjs";
import { company } from "./server.mjs";
import { expectState } from "./ui.mjs";

const { browser, page, quiet } = await begin({ demo: true, signedIn: false });

/** Stops of the Tab key before something is taken to be out of reach. */
const FAR = 80;

const press = (...keys) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
const type = (text) => page.keyboard.type(text);

/** Whether the focus can be seen: an outline, or a border that the field has only while it has the focus. */
async function inSight() {
  const seen = await page.evaluate(() => {
    const at = document.activeElement;
    if (!at || at === document.body) return "nothing has the focus";
    const { outlineStyle, outlineWidth, borderColor, boxShadow } = getComputedStyle(at);
    const typed = at.matches("input, textarea, select");
    if (outlineStyle !== "none" && outlineWidth !== "0px") return null;
    if (boxShadow !== "none") return null;
    return typed && borderColor ? null : `${at.outerHTML.slice(0, 200)} does not show that it has the focus`;
  });
  assert.equal(seen, null);
}

/** Goes on by Tab until this has the focus. */
async function reach(locator, key = "Tab") {
  await locator.first().waitFor();
  for (let stop = 0; stop < FAR; stop++) {
    if (await locator.first().evaluate((node) => node === document.activeElement)) return inSight();
    await press(key);
  }
  const at = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 300));
  assert.fail(`${locator} is not reached by ${key}; the focus is at ${at}`);
}

const button = (name) => page.getByRole("button", { name, exact: true });
const label = (name) => page.getByLabel(new RegExp(`^${name}( \\*)?$`)).and(page.locator("input, select, textarea"));

/** Does something by its name, from anywhere. */
async function say(words, option) {
  await press("Control+k");
  await page.getByRole("combobox", { name: "Search or do something" }).waitFor();
  await type(words);
  await page.getByRole("option", { name: option, selected: true }).waitFor();
  await press("Enter");
}

/** Chooses from what a field suggests. */
async function pick(name, text) {
  await reach(label(name));
  await type(text);
  await page.getByRole("option", { name: text }).filter({ hasNotText: "Create “" }).first().waitFor();
  await press("ArrowDown");
  await press("Enter");
}

const day = {
  "somebody signs in": async () => {
    await page.goto("/");
    await reach(label("Email"));
    await type(company.email);
    await press("Tab");
    await type(company.password);
    await press("Enter");
    await page.getByRole("navigation", { name: "Main" }).waitFor();
  },

  "the first stop leads past the navigation": async () => {
    await page.goto("/");
    await page.getByRole("heading", { level: 1 }).waitFor();
    await reach(page.getByRole("link", { name: "Skip to the page" }));
    await press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "page");
  },

  "a lead is written and saved": async () => {
    await say("new lead", "New Lead");
    await page.waitForURL("**/crm/leads/new*");
    await reach(label("Name"));
    await type("Élodie Laurent");
    await reach(label("Organisation"));
    await type("Atelier Lumière");
    await press("Control+s");
    await page.waitForURL((url) => !url.pathname.endsWith("/new"));
    await expectState(page, "New");
  },

  "it is called and qualified": async () => {
    await reach(button("Move to Contacted"));
    await press("Enter");
    await expectState(page, "Contacted");
    await reach(button("Move to Qualified"));
    await press("Enter");
    await expectState(page, "Qualified");
  },

  "it becomes a deal": async () => {
    await say("convert", "Convert");
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    await reach(dialog.getByLabel(/^Title/));
    await type("Lanterns for the studio");
    await press("Enter");
    await dialog.waitFor({ state: "hidden" });
    await expectState(page, "Converted");
  },

  "a star keeps it at hand": async () => {
    await press("s");
    await page.getByRole("list", { name: "Favourites" }).getByRole("link", { name: "Élodie Laurent" }).waitFor();
  },

  "rows of a list are walked through and one is opened": async () => {
    await press("g", "h");
    await page.getByRole("heading", { level: 1, name: /Welcome/ }).waitFor();
    await say("leads", "Leads");
    await page.getByRole("heading", { level: 1, name: "Leads" }).waitFor();
    await page.getByRole("row").nth(2).waitFor();
    await press("j");
    await page.getByRole("row").locator(":focus").waitFor();
    await press("j", "k");
    await inSight();
    await press("Enter");
    await page.getByRole("list", { name: "State", exact: true }).waitFor();
    await press("Escape");
    await page.waitForURL(/\/crm\/leads(\?.*)?$/);
  },

  "an invoice is written, posted and paid": async () => {
    await say("new invoice", "New Invoice");
    await page.waitForURL("**/finance/invoices/new*");
    await pick("Customer", "Atelier Lumière");
    const lines = page.getByRole("region", { name: "Lines", exact: true });
    await reach(lines.locator("..").getByRole("button", { name: "Add row", exact: true }));
    await press("Enter");
    await reach(lines.getByLabel("Description"));
    await type("Solar lantern");
    await reach(lines.getByLabel("Unit price"));
    await type("240");
    await press("Tab");
    await press("Control+s");
    await page.waitForURL((url) => !url.pathname.endsWith("/new"));
    await expectState(page, "Draft");
    await say("post invoice", "Post invoice");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("region", { name: "What this does" }).waitFor();
    await reach(dialog.getByRole("button", { name: "Post invoice", exact: true }));
    await press("Enter");
    await dialog.waitFor({ state: "hidden" });
    await expectState(page, "Posted");
  },

  "what is undone is undone by keys": async () => {
    await reach(button("Undo"), "Shift+Tab");
    await press("Enter");
    await page.getByRole("status").filter({ hasText: "Undone" }).waitFor();
  },

  "the sheet of keys gives the focus back": async () => {
    await page.goto("/crm/leads");
    await page.getByRole("heading", { level: 1, name: "Leads" }).waitFor();
    await reach(page.getByRole("link", { name: "New Lead", exact: true }));
    await press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    await press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    const back = page.locator(":focus").and(page.getByRole("link", { name: "New Lead", exact: true }));
    await back.waitFor();
  },
};

test("a working day by keys alone", async (t) => {
  for (const [part, live] of Object.entries(day)) {
    try {
      await live();
    } catch (error) {
      throw new Error(`${part}: ${error.message}\nat ${page.url()}`, { cause: error });
    }
    t.diagnostic(part);
  }
  quiet();
});
