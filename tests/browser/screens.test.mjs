// Every screen of the demo company: each list, board, form and report opens, is quiet and can be read by all.
import assert from "node:assert/strict";
import { test } from "node:test";
import { browser, page, quiet, reply } from "./demo.mjs";
import { go, settled } from "./pages.mjs";
import { look } from "./screen.mjs";
import { open } from "./ui.mjs";

const get = (path) => reply("GET", path);
const meta = await get("meta");

/** The id of the object's first record, if there is one. */
async function first(object) {
  const { data } = await get(`${object.path}?limit=1`);
  return data[0]?.id;
}

test("every object has a list, its other views, and a form", async (t) => {
  for (const app of meta.apps) {
    for (const object of app.objects.filter((one) => !one.child)) {
      await t.test(`${app.label}: ${object.plural}`, async () => {
        const name = object.path.replace("/", "-");
        await open(page, `/${object.path}`, object.plural);
        await settled(page);
        await look(browser, `list-${name}`);
        for (const view of object.views.filter((one) => !["table", "form"].includes(one.kind))) {
          await go(page, `/${object.path}?view=${view.name}`);
          await look(browser, `${view.kind}-${name}-${view.name}`);
        }
        const id = await first(object);
        if (id || object.verbs.includes("create")) {
          await go(page, `/${object.path}/${id ?? "new"}`);
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
        await go(page, `/${app.name}/reports/${report.name}`);
        await page.getByRole("heading", { level: 1, name: report.label, exact: true }).waitFor();
        await look(browser, `report-${app.name}-${report.name}`);
        quiet();
      });
    }
  }
});

test("a dashboard says what is going on and leads to the whole of it", async () => {
  const address = "/crm/reports/sales-today";
  await open(page, address, "Sales today");
  const tile = (title) => page.getByRole("article", { name: title, exact: true });
  const follow = (title) => tile(title).getByRole("link", { name: title, exact: true }).click();

  const { tiles } = await get("crm/reports/sales-today");
  const [open_deals, revenue, , , closing] = tiles;
  await tile("Open deals").getByText(String(open_deals.data), { exact: true }).waitFor();
  const amount = Number(revenue.data.amount).toLocaleString("en-GB", { maximumFractionDigits: 2, minimumFractionDigits: 2 });
  await tile("Expected revenue").getByText(`${amount} ${revenue.data.currency}`).waitFor();

  const drawn = tile("Pipeline by stage");
  await drawn.locator("svg.recharts-surface").first().waitFor();
  assert.equal(await drawn.getByRole("row").count(), 6, "the figures of four stages and all, for those who do not see them");
  await drawn.getByRole("rowheader", { name: "Negotiation", exact: true }).waitFor();

  await tile("Leads by source").getByRole("columnheader", { name: "Source", exact: true }).waitFor();
  await settled(page);
  await look(browser, "dashboard");

  const rows = tile("Closing next").getByRole("row");
  assert.equal(await rows.count(), closing.data.length + 1);
  await rows.nth(1).getByRole("link", { name: closing.data[0].title }).click();
  await page.getByRole("heading", { level: 1, name: closing.data[0].title }).waitFor();

  await page.goto(address);
  await follow("Open deals");
  await page.getByRole("note", { name: `${open_deals.data} in this list` }).waitFor();
  // The list of this object shows open deals unless it is told otherwise.
  await page.goto(address);
  await follow("Won in the last 30 days");
  await page.getByRole("heading", { level: 1, name: "Deals" }).waitFor();
  await page.getByText("Won", { exact: true }).first().waitFor();
  await page.goto(address);
  await follow("Leads by source");
  await page.getByRole("heading", { level: 1, name: "Leads by source" }).waitFor();
  quiet();
});

test("a tile that may not be seen says so in its place, and an empty one that it is empty", async () => {
  const json = (route, body, status = 200) =>
    route.fulfill({ status, contentType: status === 200 ? "application/json" : "application/problem+json", json: body });
  const sums = [
    { "sum(expected)": { amount: "1250.505", currency: "KES" } },
    { "sum(expected)": { amount: "900", currency: "JPY" } },
  ];
  await page.route(/crm\/deals\/aggregate\?measures=count/, (route) =>
    json(route, { title: "Forbidden", status: 403, detail: "You may not read deals.", errors: [] }, 403),
  );
  await page.route(/crm\/deals\/aggregate\?measures=sum%28expected/, (route) => json(route, { data: sums }));
  await page.route(/crm\/deals\?limit=10/, (route) => json(route, { data: [], next: null, count: 0 }));
  await open(page, "/crm/reports/sales-today", "Sales today");
  const tile = (title) => page.getByRole("article", { name: title, exact: true });
  await tile("Open deals").getByText("You may not read deals.").waitFor();
  await tile("Expected revenue").getByText("1,250.51 KES", { exact: true }).waitFor();
  await tile("Expected revenue").getByText("900 JPY", { exact: true }).waitFor();
  await tile("Closing next").getByText("Nothing here now").waitFor();
  await look(browser, "dashboard-refused");
  await page.unrouteAll();
  // The browser says of itself that something was refused.
  quiet(/403 \(Forbidden\)/);
});

test("a dashboard of one's own shows its tiles, and tells links by their titles", async () => {
  const deals = { source: "crm.deal", filter: "stage == 'won'" };
  const tiles = [
    { ...deals, title: "Won", kind: "figure" },
    { ...deals, title: "Won by owner", kind: "chart", group: "owner", measure: "sum(amount)" },
  ];
  const { id } = await reply("POST", "hub/dashboards", { name: "My deals", tiles });
  const won = await get(`crm/deals/aggregate?measures=count()&filter=${encodeURIComponent(deals.filter)}`);
  await open(page, `/hub/dashboards/${id}`, "My deals");
  const tile = (title) => page.getByRole("article", { name: title, exact: true });
  await tile("Won").getByText(String(won.data[0]["count()"]), { exact: true }).waitFor();
  // Owners are told by name: their ids would be no figure for anybody.
  await tile("Won by owner").getByRole("rowheader", { name: "wanjiku", exact: true }).waitFor();
  await settled(page);
  await look(browser, "dashboard-own");
  quiet();
});

const everyday = {
  hub: "/",
  inbox: "/inbox",
  contacts: "/contacts/parties",
  leads: "/crm/leads",
  pipeline: "/crm/deals?view=pipeline",
  forecast: "/crm/reports/forecast",
  dashboard: "/crm/reports/sales-today",
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
      await go(page, address);
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(sideways <= 0, `${address} is ${sideways} pixels too wide`);
      await look(browser, `${mode}-${name}`);
    }
    quiet();
  });
}
