// The frame around every page: what it weighs, that it stands still, and what can be reached from anywhere in it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { watch } from "./chromium.mjs";
import { settled } from "./pages.mjs";
import { look } from "./screen.mjs";
import { company } from "./server.mjs";
import { create, open, save, set, signIn } from "./ui.mjs";
import { browser, page, quiet, server } from "./visit.mjs";

const FIRST_LOAD_BYTES = 300_000;
const SHIFT = 0.05;

/** Does something in a browser that has seen nothing yet. */
async function fresh(work, options = {}) {
  const context = await browser.context.browser().newContext({ baseURL: server.url, locale: "en-GB", ...options });
  try {
    return await work(watch(await context.newPage()), context);
  } finally {
    await context.close();
  }
}

const palette = () => page.getByRole("combobox", { name: "Search or do something", exact: true });
const chosen = () => page.getByRole("option", { selected: true });

async function ask(words) {
  await page.keyboard.press("Control+k");
  await palette().fill(words);
}

test("the first load is light, and nothing moves while it comes", async (t) => {
  await fresh(async (page, context) => {
    await signIn(page, company);
    await context.clearCookies({ name: "none" });
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.setBypassServiceWorker", { bypass: true });
    await session.send("Network.clearBrowserCache");
    const kinds = new Map();
    const bytes = { Document: 0, Script: 0, Stylesheet: 0, Font: 0 };
    session.on("Network.responseReceived", ({ requestId, type }) => kinds.set(requestId, type));
    session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      const kind = kinds.get(requestId);
      if (kind in bytes) bytes[kind] += encodedDataLength;
    });
    await page.addInitScript(() => {
      globalThis.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shift += entry.value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto("/");
    await settled(page);
    const { Font, ...rest } = bytes;
    const sum = Object.values(rest).reduce((before, more) => before + more, 0);
    const told = Object.entries(bytes).map(([kind, size]) => `${kind.toLowerCase()} ${(size / 1000).toFixed(1)}`);
    t.diagnostic(`first load: ${(sum / 1000).toFixed(1)} kB without the font (${told.join(", ")})`);
    assert.ok(sum > 50_000 && sum < FIRST_LOAD_BYTES, `${sum} bytes`);
    for (const address of ["/", "/crm/leads", "/search?q=lantern", "/inbox", "/start", "/finance/reports/trial-balance"]) {
      await page.goto(address);
      await settled(page);
      const shift = await page.evaluate(() => globalThis.shift);
      t.diagnostic(`layout shift of ${address}: ${shift.toFixed(3)}`);
      assert.ok(shift <= SHIFT, `${address}: ${shift}`);
    }
  });
});

test("the palette finds commands by few letters, records by their words, and settings", async () => {
  await create(page, "/crm/leads", "Lead", { Name: "Élodie Laurent", Organisation: "Atelier Lumière" });
  await page.goto("/");
  await settled(page);
  await ask("nwld");
  await page.getByRole("option", { name: "New Lead", selected: true }).waitFor();
  await palette().fill("laurent");
  await page.getByRole("option", { name: "Élodie Laurent", selected: true }).waitFor();
  const preview = page.getByRole("region", { name: "Preview", exact: true });
  await preview.getByText("Atelier Lumière").waitFor();
  await look(browser, "palette", { strict: true });
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Élodie Laurent" }).waitFor();

  await ask("move to favourites");
  await page.getByRole("option", { name: /^Search everywhere/ }).waitFor();
  await palette().fill("dark");
  await chosen().filter({ hasText: "Dark" }).waitFor();
  await page.keyboard.press("Enter");
  await page.locator('html[data-mantine-color-scheme="dark"]').waitFor({ state: "attached" });
  await ask("theme as the device");
  await chosen().filter({ hasText: "As the device" }).waitFor();
  await page.keyboard.press("Enter");
  await page.locator('html[data-mantine-color-scheme="light"]').waitFor({ state: "attached" });
  quiet();
});

test("what is asked of an agent is told that there is none, and is searched for", async () => {
  await ask("who asked about lanterns last week?");
  await page.getByText("No agent is set up here that could answer.").waitFor();
  await chosen().filter({ hasText: "Search everywhere for “who asked about lanterns last week?”" }).waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/search\?q=who/);
  await page.getByText("Nothing has these words").waitFor();
  quiet();
});

test("the search is narrowed by its facets, and the address keeps it", async () => {
  await create(page, "/contacts/parties", "Contact", { Name: "Laurent & Fils" });
  await open(page, "/search?q=laurent", "Search");
  const facets = page.getByRole("region", { name: "Narrow down", exact: true });
  const results = page.getByRole("list", { name: "Found", exact: true }).getByRole("listitem");
  await page.getByText("2 results", { exact: true }).waitFor();
  await facets.getByRole("group", { name: "App" }).getByRole("button", { name: /^CRM/ }).click();
  await page.getByText("1 result", { exact: true }).waitFor();
  assert.match(page.url(), /app=crm/);
  await page.reload();
  await page.getByText("1 result", { exact: true }).waitFor();
  assert.equal(await results.count(), 1);
  await results.locator("mark").first().waitFor();
  await page.getByRole("region", { name: "Preview", exact: true }).getByText("Atelier Lumière").waitFor();
  await page.goBack();
  await page.getByText("2 results", { exact: true }).waitFor();
  quiet();
});

test("a record that is kept at hand stands in the navigation and on the first page", async () => {
  const [lead] = (await (await browser.context.request.get(`${server.url}/api/v1/crm/leads?limit=1`)).json()).data;
  await open(page, `/crm/leads/${lead.id}`, lead.name);
  const star = page.getByRole("button", { name: "Favourite", exact: true });
  await star.click();
  await page.getByRole("status").filter({ hasText: "Added to favourites" }).waitFor();
  const kept = page.getByRole("list", { name: "Favourites", exact: true }).getByRole("link", { name: lead.name });
  await kept.waitFor();
  assert.equal(await star.getAttribute("aria-pressed"), "true");
  await page.goto("/");
  await page.getByRole("region", { name: "At hand", exact: true }).getByRole("link", { name: lead.name }).waitFor();
  await kept.click();
  await star.click();
  await kept.waitFor({ state: "detached" });
  quiet();
});

test("what one has to do soon stands on the first page", async () => {
  const soon = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
  const late = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
  await create(page, "/tasks/tasks", "Task", { Title: "Call the lodge", Due: soon });
  await create(page, "/tasks/tasks", "Task", { Title: "Send the samples", Due: late });
  await page.goto("/");
  const due = page.getByRole("region", { name: "Due", exact: true });
  await due.getByRole("link", { name: /Call the lodge/ }).waitFor();
  const overdue = due.getByRole("link", { name: /Send the samples/ });
  await overdue.getByRole("img", { name: "Overdue" }).waitFor();
  quiet();
});

test("without a connection what is typed stays, and is saved when it is back", async () => {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await open(page, "/crm/leads/new", "New Lead");
  await set(page, "Name", "Tendai Moyo");
  await browser.context.setOffline(true);
  await page.getByText("There is no connection.").waitFor();
  await save(page);
  await page.getByRole("alert").filter({ hasText: "The server cannot be reached" }).waitFor();
  const name = page.getByLabel(/^Name( \*)?$/);
  assert.equal(await name.inputValue(), "Tendai Moyo");
  // Even a reload loses nothing.
  page.once("dialog", (leave) => leave.accept());
  await page.reload();
  await page.getByRole("button", { name: "Try again", exact: true }).waitFor();
  await browser.context.setOffline(false);
  await page.getByRole("button", { name: "Try again", exact: true }).click();
  await name.waitFor();
  assert.equal(await name.inputValue(), "Tendai Moyo");
  browser.faults.splice(0);
  await save(page);
  await page.getByRole("heading", { level: 1, name: "Tendai Moyo" }).waitFor();
  quiet();
});

test("the page opens without a connection, and can be installed", async () => {
  const manifest = await (await browser.context.request.get(`${server.url}/manifest.webmanifest`)).json();
  for (const { src } of manifest.icons) {
    const icon = await browser.context.request.get(new URL(src, server.url).href);
    assert.match(icon.headers()["content-type"], /^image\//, src);
  }
  await page.goto("/");
  await settled(page);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await browser.context.setOffline(true);
  await page.reload();
  await page.getByRole("heading", { level: 1, name: "This page could not be shown" }).waitFor();
  await page.getByText("The server cannot be reached.").waitFor();
  await browser.context.setOffline(false);
  await page.getByRole("button", { name: "Try again", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: /^Welcome/ }).waitFor();
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const caught = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)));
    return caught.flat().filter((url) => new URL(url).pathname.startsWith("/api/"));
  });
  assert.deepEqual(kept, [], "no record is kept");
  browser.faults.splice(0);
});

const languages = {
  fr: { heading: /^Bienvenue/, direction: "ltr" },
  pt: { heading: /^Boas-vindas/, direction: "ltr" },
  sw: { heading: /^Karibu/, direction: "ltr" },
  ar: { heading: /^مرحباً/, direction: "rtl" },
};

for (const [language, { heading, direction }] of Object.entries(languages)) {
  test(`the shell speaks ${language}, which is chosen and kept`, async () => {
    await page.goto("/");
    await page.getByRole("button", { name: /preferences/ }).click();
    await page.getByRole("menuitem", { name: "Preferences", exact: true }).click();
    await page.getByRole("dialog").getByLabel("Language", { exact: true }).selectOption(language);
    await page.getByRole("heading", { level: 1, name: heading }).waitFor();
    await page.reload();
    await page.getByRole("heading", { level: 1, name: heading }).waitFor();
    assert.equal(await page.getAttribute("html", "lang"), language);
    assert.equal(await page.getAttribute("html", "dir"), direction);
    await settled(page);
    await look(browser, `language-${language}`, { strict: true });
    await page.evaluate(() => localStorage.removeItem("nexus-language"));
    quiet();
  });
}

test("density and contrast are chosen and kept", async () => {
  await page.goto("/");
  await page.getByRole("button", { name: /preferences/ }).click();
  await page.getByRole("menuitem", { name: "Preferences", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Preferences", exact: true });
  await dialog.getByText("Compact", { exact: true }).click();
  await dialog.getByRole("switch", { name: "High contrast" }).check({ force: true });
  const chosen = page.locator('html[data-density="compact"][data-contrast="more"]');
  await chosen.waitFor({ state: "attached" });
  await page.reload();
  await chosen.waitFor({ state: "attached" });
  await page.evaluate(() => localStorage.removeItem("nexus-look"));
  quiet();
});

test("every page fits 360 pixels", async () => {
  await page.setViewportSize({ width: 360, height: 740 });
  for (const address of ["/", "/inbox", "/search?q=laurent", "/start", "/crm/leads", "/crm/leads/new", "/tasks/tasks"]) {
    await page.goto(address);
    await settled(page);
    const sideways = await page.evaluate(() => {
      const main = document.querySelector("main");
      return Math.max(document.documentElement.scrollWidth - innerWidth, main.scrollWidth - main.clientWidth);
    });
    assert.ok(sideways <= 0, `${address} is ${sideways} pixels too wide`);
    await look(browser, `narrow${address.replace(/\W+/g, "-")}`, { strict: true });
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  quiet();
});
