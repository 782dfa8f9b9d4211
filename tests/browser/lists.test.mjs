// Lists: filtered, grouped, arranged, edited in place, changed many at once, kept, shared, and true while others work.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { startBrowser } from "./chromium.mjs";
import { browser, page, quiet, reply, server } from "./demo.mjs";
import { look } from "./screen.mjs";
import { company } from "./server.mjs";
import { open, signIn } from "./ui.mjs";

const exact = (name) => ({ name, exact: true });
const button = (name) => page.getByRole("button", exact(name));
const link = (name) => page.getByRole("link", exact(name));
const cell = (name) => page.getByRole("gridcell", exact(name));
const said = (text) => page.getByRole("status").filter({ hasText: text }).first().waitFor();
const search = () => new URL(page.url()).searchParams;

const leads = async (filter) => (await reply("GET", `crm/leads?filter=${encodeURIComponent(filter)}`)).data;
const lead = async (name) => (await leads(`name == "${name}"`))[0];

test("a filter is built of nested groups, reads as one expression, and the address has it", async () => {
  await open(page, "/crm/leads?view=all", "Leads");
  await button("Filter").click();
  const builder = page.getByRole("dialog", exact("Filter"));
  await builder.getByLabel("Field", { exact: true }).selectOption({ label: "Budget" });
  await builder.getByLabel("Condition", { exact: true }).selectOption({ label: "is at least" });
  await builder.getByLabel("Value", { exact: true }).fill("1000000");
  await builder.getByRole("button", exact("Add group")).click();
  await builder.getByLabel("Field", { exact: true }).nth(1).selectOption({ label: "Source" });
  await builder.getByLabel("Value", { exact: true }).nth(1).selectOption({ label: "Event" });
  await builder.getByRole("button", exact("Add condition")).first().click();
  await builder.getByLabel("Field", { exact: true }).nth(2).selectOption({ label: "Source" });
  await builder.getByLabel("Value", { exact: true }).nth(2).selectOption({ label: "Campaign" });
  await look(browser, "filter-builder");
  await builder.getByRole("button", exact("Edit as text")).click();
  const source = 'budget >= money("1000000") && (source == "event" || source == "campaign")';
  assert.equal(await builder.getByLabel("Expression", { exact: true }).inputValue(), source);
  await builder.getByRole("button", exact("Apply")).click();
  await link("Daniel Osei").waitFor();
  assert.equal(search().get("filter"), source);
  const expected = (await leads(source)).length;
  await page.getByRole("note", { name: `${expected} in this list` }).waitFor();
  assert.equal(await page.getByRole("row").count(), expected + 1);

  // The text becomes the same groups again.
  await page.getByText("Source is Event").first().click();
  const again = page.getByRole("dialog");
  await again.waitFor();
  assert.equal(await again.getByLabel("Field", { exact: true }).count(), 3);
  await page.keyboard.press("Escape");
  await page.goBack();
  await link("Ruth Achieng").waitFor();
  quiet();
});

test("an expression that is none is refused beside it", async () => {
  await open(page, "/crm/leads?view=all", "Leads");
  await button("Filter").click();
  const builder = page.getByRole("dialog", exact("Filter"));
  await builder.getByRole("button", exact("Edit as text")).click();
  await builder.getByLabel("Expression", { exact: true }).fill("budget >=");
  await builder.getByText("This is not a valid expression").waitFor();
  assert.ok(await builder.getByRole("button", exact("Apply")).isDisabled());
  await page.keyboard.press("Escape");
  quiet();
});

test("columns are shown, moved, sized and pinned, and the address keeps them", async () => {
  await open(page, "/crm/leads?view=all", "Leads");
  await button("Display").click();
  const display = page.getByRole("dialog", exact("Display"));
  await display.getByRole("checkbox", exact("Phone")).check();
  await display.getByRole("checkbox", exact("Created")).uncheck();
  await display.getByRole("button", exact("Move Email up")).click();
  await look(browser, "list-display");
  await page.keyboard.press("Escape");
  const edge = page.getByRole("separator", exact("Width of Organisation"));
  await edge.focus();
  const width = Number(await edge.getAttribute("aria-valuenow"));
  await page.keyboard.press("ArrowRight");
  await page.waitForURL((url) => url.searchParams.get("columns")?.includes(`organisation.${width + 16}`));
  await page.getByRole("button", exact("Column Name")).click();
  await page.getByRole("menuitem", exact("Keep in sight")).click();
  await page.waitForURL((url) => url.searchParams.get("columns")?.startsWith("name.pin,email,organisation."));
  await page.reload();
  await page.getByRole("columnheader", { name: "Phone" }).waitFor();
  const heads = await page.getByRole("columnheader").allInnerTexts();
  assert.deepEqual(heads.slice(0, 3).map((text) => text.trim()), ["Name", "Email", "Organisation"]);
  assert.ok(!heads.includes("Created"));
  await look(browser, "list-columns");
  quiet();
});

test("a list falls into groups with counts and sums, which fold", async () => {
  await open(page, "/crm/deals?view=list&group=stage", "Deals");
  const { data } = await reply("GET", "crm/deals/aggregate?group=stage&measures=count(),sum(amount)&filter=stage+!%3D+'won'+%26%26+stage+!%3D+'lost'");
  const proposal = data.find((row) => row.stage === "proposal");
  const head = page.getByRole("row").filter({ has: page.getByRole("button", { name: /^Proposal/ }) });
  await head.waitFor();
  const amount = Number(proposal["sum(amount)"].amount).toLocaleString("en-GB", { minimumFractionDigits: 2 });
  assert.match(await head.innerText(), new RegExp(`Proposal\\s+${proposal["count()"]}[\\s\\S]*${amount}`));
  await link("Drying tables with solar fans").waitFor();
  await look(browser, "list-groups");
  await page.getByRole("button", { name: /^Proposal/, expanded: true }).click();
  await link("Drying tables with solar fans").waitFor({ state: "hidden" });
  await page.reload();
  await page.getByRole("button", { name: /^Proposal/, expanded: false }).waitFor();
  quiet();
});

test("cells are edited by keys alone: Enter, Tab and Escape, and Undo takes it back", async () => {
  await open(page, "/crm/leads?view=all", "Leads");
  await link("Ruth Achieng").focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await page.getByRole("gridcell").getByLabel("Organisation").waitFor();
  await page.keyboard.type("Achieng & Daughters");
  await page.keyboard.press("Tab");
  await cell("Achieng & Daughters").waitFor();
  // Tab goes on to the next cell, ready to be typed into.
  const email = page.getByRole("gridcell").getByLabel("Email");
  await email.waitFor();
  await page.keyboard.type("nobody");
  await page.keyboard.press("Escape");
  await cell("ruth.achieng@mail.example").waitFor();
  assert.equal((await lead("Ruth Achieng")).organisation, "Achieng & Daughters");
  assert.equal(await page.evaluate(() => document.activeElement.innerText), "ruth.achieng@mail.example");
  await said("Organisation changed");
  await button("Undo").click();
  await said("Undone");
  await cell("Achieng & Daughters").waitFor({ state: "hidden" });
  assert.equal((await lead("Ruth Achieng")).organisation, null);
  quiet();
});

test("what the server refuses stays in its cell with the reason", async () => {
  await open(page, "/crm/leads?view=all", "Leads");
  await link("Ruth Achieng").focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await page.getByRole("gridcell").getByLabel("Email").waitFor();
  await page.keyboard.type("no address");
  await page.keyboard.press("Enter");
  const row = page.getByRole("row").filter({ has: link("Ruth Achieng") });
  await row.getByRole("alert").waitFor();
  assert.equal(await row.getByLabel("Email").inputValue(), "no address");
  assert.match(await row.getByRole("alert").innerText(), /e-mail address/i);
  await look(browser, "list-refused-cell");
  await page.keyboard.press("Escape");
  await cell("ruth.achieng@mail.example").waitFor();
  // The refusal stands in the console, where the browser puts every answer of 422.
  quiet(/422/);
});

test("two who change the same cell are shown both values", async () => {
  const stream = page.waitForResponse("**/api/v1/events*");
  await open(page, "/crm/leads?view=all", "Leads");
  await stream;
  await link("James Whitfield").focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await page.getByRole("gridcell").getByLabel("Organisation").waitFor();
  // What comes over the stream in the meantime must not overwrite what is being typed.
  const told = page.waitForResponse("**/api/v1/crm/leads?*");
  const { id, version } = await lead("James Whitfield");
  await reply("PATCH", `crm/leads/${id}`, { organisation: "Theirs Ltd" });
  await told;
  await page.keyboard.type("Mine Ltd");
  await page.keyboard.press("Enter");
  const row = page.getByRole("row").filter({ has: link("James Whitfield") });
  const alert = row.getByRole("alert");
  await alert.getByText("Theirs Ltd").waitFor();
  await alert.getByText("Mine Ltd").waitFor();
  await look(browser, "list-conflict");
  await alert.getByRole("button", exact("Keep mine")).click();
  await said("Organisation changed");
  const now = await lead("James Whitfield");
  assert.equal(now.organisation, "Mine Ltd");
  assert.equal(now.version, version + 2);
  quiet(/412|ERR_FAILED/);
});

test("many are changed at once and taken back as one", async () => {
  await open(page, "/crm/leads?view=all", "Leads");
  await link("Ruth Achieng").focus();
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  const bar = page.getByRole("region", exact("Selected"));
  await bar.getByText("2 selected").waitFor();
  await look(browser, "list-selection");
  await bar.getByRole("button", exact("Edit")).click();
  const dialog = page.getByRole("dialog", exact("Edit 2"));
  await dialog.getByLabel("What to change").selectOption({ label: "Interest" });
  await dialog.getByLabel("Interest").fill("Lanterns for all");
  await dialog.getByRole("button", exact("Change 2")).click();
  await said("Interest changed on 2");
  assert.equal((await leads('interest == "Lanterns for all"')).length, 2);
  await button("Undo").click();
  await said("Undone");
  assert.equal((await leads('interest == "Lanterns for all"')).length, 0);
  quiet();
});

test("what others do is there at once, and nothing moves under somebody's eyes", async () => {
  // The stream is there before something happens.
  const stream = page.waitForResponse("**/api/v1/events*");
  await open(page, "/crm/leads?view=all", "Leads");
  await link("Ruth Achieng").waitFor();
  await stream;
  const { id } = await lead("Ruth Achieng");
  await reply("PATCH", `crm/leads/${id}`, { organisation: "Told by the stream" });
  await cell("Told by the stream").waitFor();
  const one = await reply("POST", "crm/leads", { name: "Nia Newcomer" });
  await link("Nia Newcomer").waitFor();
  await reply("DELETE", `crm/leads/${one.id}`);
  await link("Nia Newcomer").waitFor({ state: "hidden" });
  // Somebody who has picked rows is told, and decides.
  await page.getByRole("checkbox", exact("Select Ruth Achieng")).check({ force: true });
  const other = await reply("POST", "crm/leads", { name: "Otto Other" });
  await button("1 new row").waitFor();
  assert.equal(await link("Otto Other").count(), 0);
  await button("1 new row").click();
  await link("Otto Other").waitFor();
  await reply("DELETE", `crm/leads/${other.id}`);
  quiet();
});

test("a view is kept, given to everybody, and reached by its link", async () => {
  const filter = 'source == "web"';
  await open(page, `/crm/leads?view=all&filter=${encodeURIComponent(filter)}&sort=-name&group=state`, "Leads");
  await button("View").click();
  await page.getByRole("menuitem", exact("Save as a new view")).click();
  const dialog = page.getByRole("dialog", exact("Save as a new view"));
  await dialog.getByLabel("Name").fill("From the web");
  await dialog.getByRole("radio", exact("Everyone here")).check();
  await dialog.getByRole("button", exact("Save")).click();
  const tab = page.getByRole("button", { name: /^From the web/, pressed: true });
  await tab.waitFor();
  await page.waitForURL((url) => [...url.searchParams.keys()].join() === "view");
  const [kept] = (await reply("GET", "core/saved-views")).data.filter(({ name }) => name === "From the web");
  assert.deepEqual(
    [kept.object, kept.filter, kept.sort, kept.group, kept.scope],
    ["crm.lead", filter, "-name", "state", "everyone"],
  );
  await look(browser, "list-saved-view");

  // Somebody else has it by its address alone.
  const other = await startBrowser(server.url);
  await signIn(other.page, { ...company, email: "sales@kibo.example" });
  await other.page.goto(`/crm/leads?view=${kept.id}`);
  await other.page.getByText("Source is Web").waitFor();
  await other.page.getByRole("button", { name: /^New/, expanded: true }).waitFor();
  assert.deepEqual(other.faults, []);
  await other.stop();

  // A change of it is kept by whoever owns it.
  await page.getByRole("button", { name: "Remove filter" }).click();
  await button("View").click();
  const saved = page.waitForResponse((answer) => answer.request().method() === "PATCH");
  await page.getByRole("menuitem", exact("Save changes to From the web")).click();
  await saved;
  assert.equal((await reply("GET", `core/saved-views/${kept.id}`)).filter, null);
  quiet();
});

test("rows are coloured by a condition, and say by a word what the colour means", async () => {
  const colours = JSON.stringify([["bad", "Small", 'budget < money("100000")']]);
  await open(page, `/crm/leads?view=all&colours=${encodeURIComponent(colours)}`, "Leads");
  const row = page.getByRole("row").filter({ has: link("Ruth Achieng") });
  await row.getByRole("img", exact("Small")).waitFor();
  await look(browser, "list-colours");
  quiet();
});

test("a list leaves as it stands, in each of four forms", async () => {
  await open(page, "/crm/leads?view=all&columns=name,email&sort=name", "Leads");
  await button("Import, export and more").click();
  for (const form of ["Excel", "CSV", "JSON", "Parquet"]) {
    const item = page.getByRole("menuitem", exact(`Export as ${form}`));
    const reply = await browser.context.request.get(new URL(await item.getAttribute("href"), page.url()).href);
    assert.equal(reply.status(), 200, form);
    if (form !== "CSV") continue;
    const [head, first] = (await reply.text()).split(/\r?\n/);
    assert.equal(head.replaceAll('"', "").toLowerCase(), "name,email");
    assert.match(first, /^"?Ahmed Farouk/);
  }
  await page.keyboard.press("Escape");
  quiet();
});

test("a file is imported: guessed, looked at, run, mended and undone", async () => {
  const file = join(tmpdir(), `mixed-${process.pid}.csv`);
  const rows = ["Name,Kind,Email,Reference", "Ada One,person,ada@one.example,X-1", "Bob Two,person,bob at two,X-2"];
  await writeFile(file, [...rows, "Savannah Fresh Foods Limited,organisation,,C-1001"].join("\n"));
  await open(page, "/contacts/parties", "Contacts");
  const count = async () => (await reply("GET", "contacts/parties?count=exact&limit=1")).count;
  const before = await count();
  await button("Import, export and more").click();
  await page.getByRole("menuitem", exact("Import")).click();
  const dialog = page.getByRole("dialog", exact("Import contacts"));
  await dialog.locator('input[type="file"]').setInputFiles(file);
  await dialog.getByLabel("Update what is there already").selectOption({ label: "Reference" });
  await look(browser, "import-columns");
  await dialog.getByRole("button", exact("Preview")).click();
  await dialog.getByText("This would create 1 and change 1; 1 row is rejected.").waitFor();
  await dialog.getByText(/Row 2:.*Email/).waitFor();
  await dialog.getByRole("tab", exact("What it does")).click();
  await dialog.locator("ins").getByText("Savannah Fresh Foods Limited").waitFor();
  await look(browser, "import-diff");
  assert.equal(await count(), before, "a preview changes nothing");
  await dialog.getByRole("button", exact("Import")).click();
  await dialog.getByText("1 created, 1 changed, 1 rejected.").waitFor();
  await look(browser, "import-report");
  await dialog.getByLabel("Email in row 2").fill("bob@two.example");
  await dialog.getByRole("button", exact("Import 1 again")).click();
  await dialog.getByText("2 created, 1 changed, 0 rejected.").waitFor();
  assert.equal(await count(), before + 2);
  await dialog.getByRole("button", exact("Undo the import")).click();
  await said("Undone");
  assert.equal(await count(), before);
  quiet();
});

test("whoever leaves a record comes back to the list as it was", async () => {
  const filter = 'source == "web"';
  for (const leave of [
    () => page.keyboard.press("Escape"),
    () => page.getByRole("navigation", exact("Breadcrumb")).getByRole("link", exact("Leads")).click(),
  ]) {
    await open(page, `/crm/leads?view=all&filter=${encodeURIComponent(filter)}&sort=-name`, "Leads");
    const title = await page.getByRole("row").nth(1).getByRole("link").first().innerText();
    await page.getByRole("row").nth(1).getByRole("link").first().click();
    await page.getByRole("heading", { level: 1, name: title }).waitFor();
    await leave();
    await page.getByRole("heading", { level: 1, name: "Leads" }).waitFor();
    assert.deepEqual([search().get("filter"), search().get("sort"), search().get("view")], [filter, "-name", "all"]);
  }
  quiet();
});
