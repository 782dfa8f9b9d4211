// Every screen of the demo company: each list, board, form and report opens, is quiet and can be read by all.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser } from "./chromium.mjs";
import { look } from "./screen.mjs";
import { company, startServer } from "./server.mjs";
import { open, signIn } from "./ui.mjs";

let server;
let browser;
let page;
let meta;

before(async () => {
  server = await startServer({ demo: true });
  browser = await startBrowser(server.url);
  page = browser.page;
  await signIn(page, company);
  meta = await get("meta");
});

after(async () => {
  await browser?.stop();
  await server?.stop();
});

async function get(path) {
  const reply = await browser.context.request.get(`${server.url}/api/v1/${path}`);
  assert.equal(reply.status(), 200, path);
  return reply.json();
}

/** The id of the object's first record, if there is one. */
async function first(object) {
  const { data } = await get(`${object.path}?limit=1`);
  return data[0]?.id;
}

/** Waits until nothing on the page is still being fetched. */
async function settled() {
  await page.waitForLoadState("networkidle");
  await page.getByRole("heading", { level: 1 }).waitFor();
}

function quiet() {
  assert.deepEqual(browser.faults.splice(0), [], "axe, the console and the server have nothing to say");
}

test("every object has a list, its boards, and a form", async (t) => {
  for (const app of meta.apps) {
    for (const object of app.objects.filter((one) => !one.child)) {
      await t.test(`${app.label}: ${object.plural}`, async () => {
        const name = object.path.replace("/", "-");
        await open(page, `/${object.path}`, object.plural);
        await settled();
        await look(browser, `list-${name}`);
        for (const view of object.views.filter((one) => one.kind === "kanban")) {
          await page.goto(`/${object.path}?view=${view.name}`);
          await settled();
          await look(browser, `board-${name}-${view.name}`);
        }
        const id = await first(object);
        if (id || object.verbs.includes("create")) {
          await page.goto(`/${object.path}/${id ?? "new"}`);
          await settled();
          await look(browser, `${id ? "record" : "new"}-${name}`);
        }
        quiet();
      });
    }
  }
});

test("every report can be read", async (t) => {
  for (const app of meta.apps) {
    for (const report of app.reports) {
      await t.test(`${app.label}: ${report.label}`, async () => {
        await open(page, `/${app.name}/reports/${report.name}`, report.label);
        await settled();
        await look(browser, `report-${app.name}-${report.name}`);
        quiet();
      });
    }
  }
});

const everyday = {
  hub: "/",
  contacts: "/contacts/parties",
  leads: "/crm/leads",
  pipeline: "/crm/deals?view=pipeline",
  forecast: "/crm/reports/forecast",
};

for (const [mode, set] of Object.entries({
  dark: () => page.emulateMedia({ colorScheme: "dark" }),
  phone: async () => {
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 390, height: 844 });
  },
})) {
  test(`the everyday screens are as good in ${mode} mode`, async () => {
    await set();
    const screens = { ...everyday };
    for (const path of ["contacts/parties", "crm/deals", "finance/invoices"]) {
      screens[path.replace("/", "-")] = `/${path}/${(await first({ path })) ?? "new"}`;
    }
    for (const [name, address] of Object.entries(screens)) {
      await page.goto(address);
      await settled();
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(sideways <= 0, `${address} is ${sideways} pixels too wide`);
      await look(browser, `${mode}-${name}`);
    }
    quiet();
  });
}
