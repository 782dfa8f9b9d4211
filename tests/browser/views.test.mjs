// Records in other forms than a table: boards, calendars, plans, figures, pictures, maps, and pages of tiles made by drag.
import assert from "node:assert/strict";
import { test } from "node:test";
import { browser, page, quiet, reply } from "./demo.mjs";
import { settled } from "./pages.mjs";
import { look } from "./screen.mjs";
import { open } from "./ui.mjs";

const get = (path) => reply("GET", path);
const post = (path, data) => reply("POST", path, data);
const figures = async (path, query) =>
  (await get(`${path}/aggregate?${new URLSearchParams(query)}`)).data;

const day = (offset) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const region = (name) => page.getByRole("region", { name, exact: true });
const toast = (text) => page.getByRole("status").filter({ hasText: text });
const choose = (button, item) => async () => {
  await page.getByRole("button", { name: button }).click();
  await page.getByRole("menuitemcheckbox", { name: item, exact: true }).click();
  await page.keyboard.press("Escape");
};

/** Drags as a hand does: a first small move, then the way. */
async function drag(from, to, at = { x: 0.5, y: 0.5 }) {
  await from.scrollIntoViewIfNeeded();
  const start = await from.boundingBox();
  await page.mouse.move(start.x + Math.min(20, start.width / 2), start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(start.x + 30, start.y + start.height / 2 + 8, { steps: 3 });
  const end = await to.boundingBox();
  await page.mouse.move(end.x + end.width * at.x, end.y + end.height * at.y, { steps: 8 });
  await page.mouse.up();
}

async function until(what, check) {
  for (let tries = 0; tries < 75; tries += 1) {
    if (await check()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(`${what}: not within 7.5 seconds`);
}

/** Waits until a field of a record has this value. */
const kept = (path, id, field, value) =>
  until(`${path}: ${field} is ${value}`, async () => (await get(`${path}/${id}`))[field] === value);

/** The first lead of the demo, with values of its own. */
const lead = (values) => post("crm/leads", { name: "Neema Wafula", organisation: "Wafula & Daughters", ...values });

test("a board has sums, and a card that is dragged is moved, which Undo takes back", async () => {
  const { data: [party] } = await get("contacts/parties?limit=1");
  const deal = await post("crm/deals", { title: "Kilns for Limuru", party: party.id, amount: "1000000.50" });
  await open(page, "/crm/deals?view=pipeline", "Deals");
  const card = page.getByRole("listitem").filter({ hasText: "Kilns for Limuru" });
  await card.waitFor();
  const sums = await figures("crm/deals", { group: "stage", measures: "sum(amount)" });
  const sumOf = (stage) => Number(sums.find((row) => row.stage === stage && row["sum(amount)"])["sum(amount)"].amount);
  const money = (amount) => amount.toLocaleString("en-GB", { minimumFractionDigits: 2 });
  await region("New").getByText(money(sumOf("new"))).waitFor();
  await drag(card, region("Qualified"));
  await toast("Kilns for Limuru is now in Qualified").waitFor();
  await region("Qualified").getByText(money(sumOf("qualified") + 1000000.5)).waitFor();
  await kept("crm/deals", deal.id, "stage", "qualified");
  await toast("is now in Qualified").getByRole("button", { name: "Undo" }).click();
  await kept("crm/deals", deal.id, "stage", "new");
  await settled(page);
  await look(browser, "views-board");
  quiet();
});

test("a move asks for what the state requires, and an action that alone leads there shows what it does", async () => {
  const one = await lead({ name: "Neema Wafula" });
  await open(page, "/crm/leads?view=pipeline", "Leads");
  const card = (name) => page.getByRole("listitem").filter({ hasText: name });
  await drag(card("Neema Wafula"), region("Lost"));
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Lost reason").fill("Bought elsewhere");
  await dialog.getByRole("button", { name: "Move to Lost" }).click();
  await kept("crm/leads", one.id, "state", "lost");
  assert.equal((await get(`crm/leads/${one.id}`)).lost_reason, "Bought elsewhere");

  const other = await lead({ name: "Baraka Mushi", state: "qualified" });
  await page.reload();
  await drag(card("Baraka Mushi"), region("Converted"));
  await dialog.getByText("Convert: Baraka Mushi").waitFor();
  await dialog.getByRole("button", { name: /^(Convert|Preview)$/ }).click();
  await dialog.waitFor({ state: "hidden" });
  await kept("crm/leads", other.id, "state", "converted");
  // From the keyboard the same ways are in the card's menu; a state that no way leads to is not.
  const third = await lead({ name: "Juma Okello" });
  await page.reload();
  await page.getByRole("button", { name: "Move Juma Okello" }).press("Enter");
  await page.getByRole("menuitem", { name: "Contacted" }).waitFor();
  assert.equal(await page.getByRole("menuitem", { name: "Converted" }).count(), 0);
  await page.getByRole("menuitem", { name: "Contacted" }).press("Enter");
  await kept("crm/leads", third.id, "state", "contacted");
  quiet();
});

test("a calendar shows a month, a week, a day, and puts off by drag and by keys", async () => {
  const middle = `${day(0).slice(0, 8)}15`;
  const task = await post("tasks/tasks", { title: "Count the lanterns", due: middle });
  await open(page, `/tasks/tasks?view=calendar&date=${middle}`, "Tasks");
  const item = page.getByRole("link", { name: /Count the lanterns/ }).or(page.locator("a", { hasText: "Count the lanterns" }));
  await item.first().waitFor();
  const other = `${day(0).slice(0, 8)}17`;
  await drag(item.first(), page.locator(`[data-date="${other}"]`).last());
  await toast("Count the lanterns is now on").waitFor();
  await kept("tasks/tasks", task.id, "due", other);
  await toast("is now on").getByRole("button", { name: "Undo" }).click();
  await kept("tasks/tasks", task.id, "due", middle);
  await settled(page);
  await item.first().focus();
  await page.keyboard.press("Alt+ArrowDown");
  await kept("tasks/tasks", task.id, "due", `${day(0).slice(0, 8)}22`);
  await settled(page);
  await look(browser, "views-calendar");

  await page.getByText("Week", { exact: true }).click();
  await page.waitForURL(/span=week/);
  await page.getByText("Day", { exact: true }).click();
  await page.waitForURL(/span=day/);
  await page.goBack();
  await page.waitForURL(/span=week/);
  await page.getByRole("button", { name: "Later" }).click();
  await page.waitForURL(/date=/);
  // A click on a day makes what falls on it.
  await page.goto(`/tasks/tasks?view=calendar&date=${middle}`);
  await page.locator(`[data-date="${other}"]`).last().click();
  await page.waitForURL(/\/tasks\/tasks\/new\?due=/);
  assert.equal(await page.getByLabel("Due", { exact: true }).inputValue(), other);
  quiet();
});

test("a plan has a bar for each record, arrows from what comes before, and moves by keys and by drag", async () => {
  const dig = await post("tasks/tasks", { title: "Dig the well", starts: day(1), due: day(4) });
  await post("tasks/tasks", { title: "Fit the pump", starts: day(6), due: day(8), after: [dig.id] });
  await open(page, "/tasks/tasks?view=plan", "Tasks");
  const bar = region("Plan").getByRole("link", { name: /^Dig the well, Open, / });
  await bar.waitFor();
  await until("an arrow is drawn", async () => (await region("Plan").locator("svg > path").count()) > 0);
  await bar.focus();
  await page.keyboard.press("Alt+ArrowRight");
  await kept("tasks/tasks", dig.id, "due", day(5));
  await kept("tasks/tasks", dig.id, "starts", day(2));
  await settled(page);
  await page.keyboard.press("Alt+Shift+ArrowLeft");
  await kept("tasks/tasks", dig.id, "due", day(4));
  await kept("tasks/tasks", dig.id, "starts", day(2));
  await settled(page);
  await look(browser, "views-plan");
  await page.getByText("2 weeks", { exact: true }).click();
  await page.waitForURL(/span=fortnight/);
  await settled(page);
  const box = await bar.boundingBox();
  const perDay = box.width / 3;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + perDay, box.y + box.height / 2, { steps: 6 });
  await page.mouse.up();
  await kept("tasks/tasks", dig.id, "starts", day(3));
  assert.match(page.url(), /view=plan/, "a drag opens nothing");
  quiet();
});

test("a timeline stands in lanes, and tells how many have no date", async () => {
  await open(page, "/crm/deals?view=timeline", "Deals");
  await region("Timeline").getByText("Amina Njeri").waitFor();
  const [{ "count()": undated }] = await figures("crm/deals", { measures: "count()", filter: "expected_close == null" });
  assert.ok(undated > 0, "the demo has a deal without a date");
  await settled(page);
  await look(browser, "views-timeline");
  await page.getByRole("link", { name: `${undated} without a date` }).click();
  await page.getByRole("note", { name: `${undated} in this list` }).waitFor();
  quiet();
});

test("a pivot has the server's figures, other sides on demand, and leads to the records of each", async () => {
  await open(page, "/crm/deals?view=figures", "Deals");
  await settled(page);
  const rows = await figures("crm/deals", { group: "stage", measures: "count()", filter: "stage == 'won'" });
  const won = rows[0]["count()"];
  await choose(/^Columns/, "Stage")();
  await choose(/^Rows/, "Stage")();
  await choose(/^Rows/, "Owner")();
  await page.waitForURL(/rows=stage/);
  await settled(page);
  const stages = await page.getByRole("rowheader").allInnerTexts();
  assert.deepEqual(stages, ["New", "Qualified", "Proposal", "Negotiation", "Won", "Lost", "Total"], "as declared");
  await look(browser, "views-pivot");
  const line = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "Won", exact: true }) });
  await line.getByRole("link", { name: String(won), exact: true }).click();
  await page.getByRole("note", { name: `${won} in this list` }).waitFor();
  await page.goBack();
  await page.getByRole("rowheader", { name: "Won", exact: true }).waitFor();
  assert.match(page.url(), /rows=stage/, "the address keeps what was chosen");
  quiet();
});

test("a chart stands in the order of the stages, and a bar leads to its records", async () => {
  await open(page, "/crm/deals?view=chart&by=stage&measure=count()", "Deals");
  await page.locator("svg.recharts-surface").first().waitFor();
  const words = () => page.locator("svg.recharts-surface text").allTextContents();
  const stages = ["New", "Qualified", "Proposal", "Negotiation", "Won", "Lost"];
  await until("the axis is drawn", async () => (await words()).length > stages.length);
  assert.deepEqual((await words()).slice(0, stages.length), stages);
  const [{ "count()": fresh }] = await figures("crm/deals", { measures: "count()", filter: "stage == 'new'" });
  await settled(page);
  await look(browser, "views-chart");
  await page.locator(".recharts-bar-rectangle").first().click();
  await page.getByRole("note", { name: `${fresh} in this list` }).waitFor();
  quiet();
});

test("an object made at run time has pictures, hours and a map, and an icon though none is known by its name", async () => {
  const set = {
    title: "name",
    icon: "no-such-icon",
    "fields.name": { type: "text", required: true, list: true },
    "fields.place": { type: "geo" },
    "fields.photo": { type: "image" },
    "fields.opened": { type: "datetime" },
    "views.list": { kind: "table", columns: ["name"] },
    "views.photos": { kind: "gallery", image: "photo", card: ["name", "opened"] },
    "views.hours": { kind: "calendar", start: "opened", card: ["name"] },
  };
  await post("batch", [{ action: "core.customise", input: { object: "custom.kiosk", set } }]);
  const opened = `${day(0)}T09:30:00Z`;
  const place = { latitude: "-4.0435", longitude: "39.6682" };
  const { id } = await post("custom/kiosks", { name: "Mombasa kiosk", place, opened });

  await open(page, "/custom/kiosks?view=photos", "Kiosks");
  await region("Photos").getByRole("link", { name: "Mombasa kiosk" }).waitFor();
  const icon = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Custom" }).locator("svg");
  assert.ok((await icon.locator("path, circle, rect").count()) > 0, "no empty square");
  await look(browser, "views-gallery");

  await page.goto("/custom/kiosks?view=hours&span=week");
  const item = page.locator("a", { hasText: "Mombasa kiosk" }).first();
  await item.waitFor();
  await item.focus();
  await page.keyboard.press("Alt+ArrowRight");
  await until("it opens a day later", async () => (await get(`custom/kiosks/${id}`)).opened.startsWith(day(1)));
  await settled(page);
  await look(browser, "views-hours");

  await page.goto("/custom/kiosks?view=map");
  await region("Map").locator("path").first().waitFor();
  await region("Map").getByRole("button", { name: "Mombasa kiosk" }).waitFor();
  await page.waitForURL(/at=-?\d/);
  await settled(page);
  await look(browser, "views-map");
  await page.getByRole("navigation", { name: "On the map" }).getByRole("link", { name: "Mombasa kiosk" }).click();
  await page.getByRole("heading", { level: 1, name: "Mombasa kiosk" }).waitFor();
  quiet();
});

test("a dashboard is made by hand: tiles from objects and reports, moved, given room, narrowed, followed", async () => {
  await open(page, "/hub/dashboards", "Dashboards");
  await page.getByRole("link", { name: "New Dashboard" }).first().click();
  await page.getByLabel("Name", { exact: true }).fill("Morning");
  const dialog = page.getByRole("dialog");
  const add = async (kind, source, more = async () => {}) => {
    await page.getByRole("button", { name: "Add tile" }).click();
    if (kind !== "Figure") await dialog.getByText(kind, { exact: true }).click();
    await dialog.getByLabel(kind === "Report" ? "Report" : "Of", { exact: true }).and(page.locator("select")).selectOption({ label: source });
    await more();
    await dialog.getByRole("button", { name: "Add tile" }).click();
    await dialog.waitFor({ state: "hidden" });
  };
  const tile = (title) => page.getByRole("article", { name: title, exact: true });
  await add("Figure", "Deals", () => dialog.getByLabel("Which records").selectOption({ label: "Open" }));
  await add("Chart", "Leads");
  await add("List", "Tasks");
  await add("Pivot", "Deals");
  await add("Report", "Leads by source");
  await tile("Deals (open)").waitFor();
  await tile("Leads by state").locator("svg.recharts-surface").first().waitFor();

  // By keys: behind the chart, wider, higher; and back before it by drag.
  const titles = () => page.getByRole("article").getByRole("heading", { level: 2 }).allInnerTexts();
  const handle = (title) => page.getByRole("button", { name: `Move ${title}`, exact: true });
  await handle("Deals (open)").press("ArrowRight");
  assert.deepEqual((await titles()).slice(0, 2), ["Leads by state", "Deals (open)"]);
  await handle("Deals (open)").press("Shift+ArrowRight");
  await drag(handle("Deals (open)"), tile("Leads by state"));
  await until("it stands first", async () => (await titles())[0] === "Deals (open)");
  await settled(page);
  await look(browser, "views-arranged");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("heading", { level: 1, name: "Morning" }).waitFor();
  const address = new URL(page.url()).pathname;
  const saved = await get(address.slice(1));
  assert.deepEqual(
    saved.tiles.map(({ title, kind, table, width }) => ({ title, kind, table, width })).slice(0, 2),
    [
      { title: "Deals (open)", kind: "figure", table: false, width: 3 },
      { title: "Leads by state", kind: "chart", table: false, width: null },
    ],
  );
  assert.equal(saved.tiles[3].table, true, "a pivot is a chart that stands in a table");

  const open_deals = "!(stage in ['won', 'lost'])";
  const [{ "count()": all }] = await figures("crm/deals", { measures: "count()", filter: open_deals });
  await tile("Deals (open)").getByText(String(all), { exact: true }).waitFor();
  await settled(page);
  await look(browser, "views-dashboard");

  // What somebody else changes is there by itself.
  const { data: [party] } = await get("contacts/parties?limit=1");
  const news = await post("crm/deals", { title: "Told by the stream", party: party.id, stage: "new" });
  await tile("Deals (open)").getByText(String(all + 1), { exact: true }).waitFor();
  await reply("DELETE", `crm/deals/${news.id}`);
  await tile("Deals (open)").getByText(String(all), { exact: true }).waitFor();

  // What the page is narrowed to stands in the address, and goes along to the records.
  await choose("Filter", "Source")();
  await page.getByLabel("Source", { exact: true }).selectOption({ label: "Referral" });
  await page.waitForURL(/for\.source=referral/);
  const [{ "count()": some }] = await figures("crm/deals", { measures: "count()", filter: `${open_deals} && source == "referral"` });
  assert.notEqual(some, all);
  await tile("Deals (open)").getByText(String(some), { exact: true }).waitFor();
  await tile("Tasks").getByRole("img", { name: "The filters of this page do not apply here" }).waitFor();
  await tile("Deals (open)").getByRole("link", { name: "Deals (open)" }).click();
  await page.getByRole("note", { name: `${some} in this list` }).waitFor();

  await page.goto(address);
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("menuitemcheckbox").click();
  await kept("hub/dashboards", saved.id, "shared", true);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Arrange" }).click();
  await page.getByRole("button", { name: "More for Tasks" }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await toast("Saved").getByRole("button", { name: "Undo" }).click();
  await until("the tile is back", async () => (await get(`hub/dashboards/${saved.id}`)).tiles.length === 5);
  await tile("Tasks").waitFor();
  quiet();
});
