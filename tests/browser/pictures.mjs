// Takes the pictures in docs/pictures: each kind of page of the demo company, wide and on a phone. `node pictures.mjs`
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startBrowser } from "./chromium.mjs";
import { pages, settled } from "./pages.mjs";
import { company, startServer } from "./server.mjs";
import { signIn } from "./ui.mjs";

const folder = fileURLToPath(new URL("../../docs/pictures", import.meta.url));
const SIZES = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
/** Kinds of pages that say nothing in a picture, or what another one says. */
const DULL = new Set(["search-nothing", "list-empty", "nowhere", "history", "keys"]);
const IN_ARABIC = ["hub", "document"];
const DARK = ["hub"];

const server = await startServer({ demo: true });
const { context, page, stop } = await startBrowser(server.url);

/** The figures that somebody who sells keeps in sight. */
const DASHBOARD = {
  name: "My sales",
  tiles: [
    { title: "Open deals", kind: "figure", source: "crm.deal", filter: "stage != 'won' && stage != 'lost'" },
    { title: "Won", kind: "figure", source: "crm.deal", filter: "stage == 'won'", measure: "sum(amount)" },
    { title: "Leads by state", kind: "chart", source: "crm.lead", group: "state" },
  ],
};

async function makeDashboard() {
  const cookie = (await context.cookies()).find(({ name }) => name === "nexus_csrf");
  const headers = { "X-CSRF-Token": decodeURIComponent(cookie.value) };
  const reply = await context.request.post("/api/v1/hub/dashboards", { data: DASHBOARD, headers });
  if (!reply.ok()) throw new Error(await reply.text());
}

async function take(name, { address, act }) {
  await page.goto(address);
  await settled(page);
  if (act) {
    await act(page);
    await settled(page);
  }
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

try {
  await mkdir(folder, { recursive: true });
  await page.goto("/");
  await settled(page);
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    await page.screenshot({ path: join(folder, `login-${size}.png`) });
  }
  await signIn(page, company);
  // The pictures show the work of a company that has begun.
  await page.evaluate(() =>
    localStorage.setItem("nexus-start-kibo-traders-ltd", JSON.stringify({ apps: null, answered: true, hidden: true })),
  );
  await makeDashboard();
  const shown = await pages(context);
  shown.hub.act = (page) => page.getByRole("article").nth(DASHBOARD.tiles.length - 1).locator("svg").first().waitFor();
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    for (const [name, kind] of Object.entries(shown)) if (!DULL.has(name)) await take(`${name}-${size}`, kind);
  }
  await page.setViewportSize(SIZES.wide);
  await page.emulateMedia({ colorScheme: "dark" });
  for (const name of DARK) await take(`${name}-dark`, shown[name]);
  await page.emulateMedia({ colorScheme: "light" });
  await page.evaluate(() => localStorage.setItem("nexus-language", "ar"));
  for (const name of IN_ARABIC) await take(`${name}-arabic`, shown[name]);
} finally {
  await stop();
  await server.stop();
}
