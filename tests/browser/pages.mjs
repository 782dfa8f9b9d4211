// One page of each kind in the demo company, for whoever looks at all of them.
import { trafficOf } from "./chromium.mjs";

/** Nothing was asked or answered for so long: what waits for a pause in typing has asked by then. */
const QUIET_MS = 200;
const PATIENCE_MS = 15_000;

/** Waits until nothing on the page is still being fetched. */
export async function settled(page) {
  await page.getByRole("heading", { level: 1 }).waitFor();
  const traffic = trafficOf(page);
  const end = Date.now() + PATIENCE_MS;
  const quiet = () => traffic.pending.size === 0 && Date.now() - traffic.last > QUIET_MS;
  while (!quiet() || (await page.locator('main [aria-busy="true"]').count()) > 0) {
    if (Date.now() > end) throw new Error(`still on its way: ${[...traffic.pending].map((one) => one.url()).join(", ")}`);
    // The page has drawn what came, and begun what follows from it.
    await page.evaluate(() => new Promise((done) => requestIdleCallback(done, { timeout: 500 })));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Goes where a link of the page would lead, without loading the page anew, and waits until it is there. */
export async function go(page, address) {
  await page.evaluate((to) => history.pushState(null, "", to), address);
  trafficOf(page).last = Date.now();
  await settled(page);
}

/** What stands over a page, and is looked at when it has come. */
const overlay = (open) => async (page) => {
  await open(page);
  await page.getByRole("dialog").first().waitFor();
};

/** Kinds of pages by name: where they are, and what is done there before they are looked at. */
export async function pages(context) {
  const first = async (path, query = "") => {
    const reply = await context.request.get(`/api/v1/${path}?limit=1&${query}`);
    const [record] = (await reply.json()).data;
    if (!record) throw new Error(`the demo company has no ${path}`);
    return `/${path}/${record.id}`;
  };
  const posted = `filter=${encodeURIComponent("state == 'posted'")}`;
  return {
    hub: { address: "/" },
    inbox: { address: "/inbox" },
    search: { address: "/search?q=lantern" },
    "search-nothing": { address: "/search?q=xyzzyxyzzy" },
    start: { address: "/start" },
    list: { address: "/crm/leads?view=list" },
    "list-empty": { address: "/hub/dashboards" },
    board: { address: "/crm/deals?view=pipeline" },
    new: { address: "/sales/quotations/new" },
    record: { address: await first("crm/deals") },
    document: { address: await first("finance/invoices", posted) },
    history: { address: `${await first("finance/invoices", posted)}?panel=history` },
    report: { address: "/finance/reports/trial-balance" },
    dashboard: { address: "/crm/reports/sales-today" },
    studio: { address: "/studio" },
    "studio-form": { address: "/studio/crm/lead?part=layout" },
    nowhere: { address: "/nowhere" },
    palette: {
      address: "/",
      act: overlay(async (page) => {
        await page.keyboard.press("Control+k");
        await page.getByRole("combobox").waitFor();
        await page.keyboard.type("lantern");
        await page.getByRole("option").nth(1).waitFor();
      }),
    },
    keys: { address: "/crm/leads", act: overlay((page) => page.keyboard.press("?")) },
  };
}
