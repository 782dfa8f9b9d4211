// The Studio: an administrator adds to leads and makes an object of their own, in the browser alone.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { look } from "./screen.mjs";
import { create, expectState, moveTo, open, rowsOf, save, set } from "./ui.mjs";
import { ask, browser, page, server } from "./visit.mjs";

const exact = (name) => ({ name, exact: true });
const dialog = () => page.getByRole("dialog");
const told = (text) => page.getByRole("status").filter({ hasText: text }).first();

/** Asks what a form would do, and answers the words and the text of it. */
async function preview() {
  await dialog().waitFor();
  const button = dialog().getByRole("button", exact("Preview"));
  if (await button.isVisible()) await button.click();
  const region = dialog().getByRole("region", exact("What this does"));
  await region.waitFor();
  return region.innerText();
}

async function keep(button, done) {
  await dialog().getByRole("button", exact(button)).click();
  await dialog().waitFor({ state: "hidden" });
  await told(done).waitFor();
}

/** The part of an object in the Studio, reached by its tab. */
async function part(object, name) {
  await open(page, `/studio/${object}`, object === "crm/lead" ? "Lead" : "Vehicle");
  await page.getByRole("tab", exact(name)).click();
}

/** What was refused stands in the console, too, as every answer of 4xx does. */
function forgive(status) {
  const others = browser.faults.filter((fault) => !fault.includes(String(status)));
  browser.faults.splice(0, browser.faults.length, ...others);
}

const silent = () =>
  assert.deepEqual(browser.faults.splice(0), [], "axe, the console and the server have nothing to say");

test("a field with choices is previewed, added, and at once in form and list", async () => {
  const lead = await create(page, "/crm/leads", "Lead", { Name: "Amina Odhiambo" });
  await page.goto("/crm/leads");
  await page.getByRole("button", exact("Import, export and more")).click();
  await page.getByRole("menuitem", exact("Customise")).click();
  await page.getByRole("heading", { level: 1, name: "Lead" }).waitFor();

  await page.getByRole("button", exact("Add field")).click();
  await dialog().getByRole("button", exact("Choice")).click();
  await dialog().getByLabel("Label").fill("Region");
  await dialog().getByText("Its name in the API is x_region").waitFor();
  await dialog().getByLabel("Values").fill("Coast\nHighlands");
  await dialog().getByRole("switch", exact("Shown in lists")).click();
  const sample = dialog().getByRole("region", exact("How it will look"));
  await sample.getByLabel("Region").selectOption({ label: "Highlands" });

  const words = await preview();
  assert.match(words, /Adds the field Region/);
  assert.match(words, /x_region = \{ type = "choice"/, "the text that will stand");
  const before = await (await ask("GET", "core/manifests")).json();
  assert.equal(before.data.length, 0, "a preview keeps nothing");
  await keep("Save", "Region added");
  await page.getByRole("row", { name: /^Region Added/ }).waitFor();

  await page.goto(lead);
  await set(page, "Region", "Coast");
  await save(page);
  await told("Saved").waitFor();
  await page.goto("/crm/leads");
  await page.getByRole("gridcell", exact("Coast")).waitFor();
  assert.ok((await rowsOf(page)).some((cells) => cells.includes("Region")), "it is a column of the list");
  silent();
});

test("what is wrong stands beside its input, and a field in use is not taken away", async () => {
  await part("crm/lead", "Fields");
  await page.getByRole("button", exact("Add field")).click();
  await dialog().getByRole("button", exact("Whole number")).click();
  await dialog().getByLabel("Label").fill("Visits");
  await dialog().getByLabel("Default", { exact: true }).fill("many");
  await dialog().getByRole("button", exact("Preview")).click();
  const input = dialog().getByLabel("Default", { exact: true });
  await dialog().getByText("Is a whole number of 64 bits, not text").waitFor();
  assert.equal(await input.getAttribute("aria-invalid"), "true");
  assert.equal(await input.inputValue(), "many", "what was typed stays");
  await dialog().getByRole("button", exact("Cancel")).click();
  forgive(422);

  await page.getByRole("button", exact("Take away Region")).click();
  await dialog().getByRole("alert").filter({ hasText: "x_region has a value in 1 lead" }).waitFor();
  await dialog().getByRole("button", exact("Cancel")).click();
  forgive(409);
  silent();
});

test("a state is added, and a lead moves into it", async () => {
  await part("crm/lead", "States");
  await page.getByRole("button", exact("Add state")).click();
  await dialog().getByLabel("Label").fill("Waiting for budget");
  await dialog().getByLabel("Counts as").selectOption({ label: "Contacted" });
  for (const [label, state] of [
    ["Reached from", "New"],
    ["Leads to", "Qualified"],
  ]) {
    const field = dialog().getByRole("combobox", exact(label));
    await field.fill(state);
    await page.getByRole("listbox", exact(label)).getByRole("option", exact(state)).click();
    await field.press("Tab");
  }
  assert.match(await preview(), /Adds the state Waiting for budget/);
  await keep("Save", "State Waiting for budget added");
  await page.getByRole("listitem").filter({ hasText: "Waiting for budget" }).first().waitFor();

  const lead = await create(page, "/crm/leads", "Lead", { Name: "Joseph Mwangi" });
  await page.goto(lead);
  await moveTo(page, "Waiting for budget");
  await moveTo(page, "Qualified");
  await expectState(page, "Qualified");
  silent();
});

test("the form is arranged by keys and by drag, and is so at once", async () => {
  await part("crm/lead", "Form");
  const section = (number) => page.getByRole("list", exact("Sections")).locator("> li").nth(number);
  const handle = page.getByRole("button", exact("Move Organisation"));
  await handle.focus();
  await page.keyboard.press("ArrowUp");
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-label") === "Move Organisation");
  const first = await section(0).getByRole("listitem").first().innerText();
  assert.equal(first.trim(), "Organisation");

  // The field that was added stands in a section of its own, and is put among the others.
  await page.getByRole("button", exact("Move Region")).dragTo(section(0).getByRole("listitem").nth(1));
  await section(0).getByRole("listitem").filter({ hasText: "Region" }).waitFor();
  await page.getByLabel("Heading of Section 1").fill("Who it is");
  await page.getByRole("button", exact("Save form")).click();
  assert.match(await preview(), /Who it is/);
  await keep("Save", "Form arranged");

  await page.goto("/crm/leads/new");
  const who = page.getByRole("region", exact("Who it is"));
  await who.getByLabel("Region").waitFor();
  const labels = await who.locator("label").allInnerTexts();
  assert.deepEqual(labels.slice(0, 2).map((label) => label.trim()), ["Organisation", "Region"]);
  silent();
});

test("a view is added and stands above the list", async () => {
  await part("crm/lead", "Views");
  await page.getByRole("button", exact("Add view")).click();
  await dialog().getByLabel("Label").fill("By region");
  await dialog().getByLabel("Add to Columns").selectOption({ label: "Region" });
  const handle = dialog().getByRole("button", exact("Move Region"));
  await handle.focus();
  await page.keyboard.press("ArrowUp");
  assert.match(await preview(), /columns = \["name", "x_region", "state"\]/);
  await keep("Save", "View By region added");
  await page.goto("/crm/leads");
  await page.getByRole("button", exact("By region")).click();
  await page.getByRole("gridcell", exact("Coast")).waitFor();
  silent();
});

test("an object of one's own is made, has a record, and a role may read it", async () => {
  await open(page, "/studio", "Studio");
  await page.getByRole("button", exact("New object")).click();
  await dialog().getByLabel("What one of them is called").fill("Vehicle");
  await dialog().getByRole("radio", exact("truck")).check({ force: true });
  await dialog().getByLabel("Label of field 1").fill("Plate");
  await dialog().getByLabel("Label of field 2").fill("Kind");
  await dialog().getByLabel("Type of field 2").selectOption({ label: "Choice" });
  await dialog().getByLabel("Values of field 2").fill("Car, Van");
  assert.match(await preview(), /Makes the object Vehicle/);
  await keep("Make object", "Vehicle made");
  await page.getByRole("heading", { level: 1, name: "Vehicle" }).waitFor();

  await create(page, "/custom/vehicles", "Vehicle", { Plate: "KDA 123A", Kind: "Van" });
  await open(page, "/custom/vehicles", "Vehicles");
  await page.getByRole("gridcell", exact("Van")).waitFor();

  await part("custom/vehicle", "Access");
  await page.getByRole("button", exact("New role")).click();
  await dialog().getByLabel("Role").fill("Driver");
  await dialog().getByLabel("What it is for").fill("Drives what there is");
  await preview();
  await keep("Save", "Role Driver saved");
  await page.getByLabel("Add a role").selectOption({ label: "Driver" });
  await page.getByRole("checkbox", exact("Driver: Create")).check();
  await page.getByRole("button", exact("Save access")).click();
  assert.match(await preview(), /driver = \{ verbs = \["read", "create"\] \}/);
  await keep("Save", "Access changed");

  const made = await ask("POST", "core/users", {
    name: "Otieno",
    email: "otieno@kibo.example",
    password: "a quiet morning in Kisumu",
    roles: ["driver"],
  });
  assert.ok(made.ok(), await made.text());
  const driver = (await browser.context.browser().newContext({ baseURL: server.url })).request;
  const entered = await driver.post("/api/v1/session", {
    data: { email: "otieno@kibo.example", password: "a quiet morning in Kisumu" },
  });
  assert.ok(entered.ok(), await entered.text());
  const seen = await (await driver.get("/api/v1/custom/vehicles")).json();
  assert.deepEqual(seen.data.map(({ plate }) => plate), ["KDA 123A"]);
  const meta = await (await driver.get("/api/v1/meta")).json();
  const vehicle = meta.apps.find(({ name }) => name === "custom").objects.find(({ name }) => name === "vehicle");
  assert.deepEqual(vehicle.verbs, ["read", "create"]);
  silent();
});

test("a rule refuses in one's own words, and numbers come from a series", async () => {
  await part("custom/vehicle", "Rules and numbers");
  await page.getByRole("button", exact("Add rule")).click();
  await dialog().getByLabel("What must hold").fill("plate != 'X' && nothing == 1");
  await dialog().getByLabel("What is said otherwise").fill("A plate is longer than that");
  await dialog().getByRole("button", exact("Preview")).click();
  await dialog().getByText("Custom.vehicle has no field 'nothing'").waitFor();
  assert.equal(await dialog().getByLabel("What must hold").getAttribute("aria-invalid"), "true");
  forgive(422);
  await dialog().getByLabel("What must hold").fill("plate != 'X'");
  await preview();
  await keep("Save", "Rule saved");
  await page.getByText("A plate is longer than that").waitFor();
  const refused = await ask("POST", "custom/vehicles", { plate: "X" });
  assert.equal(refused.status(), 422);
  assert.match(await refused.text(), /A plate is longer than that/);

  await page.getByRole("tab", exact("Fields")).click();
  await page.getByRole("button", exact("Add field")).click();
  await dialog().getByRole("button", exact("Number from a series")).click();
  await dialog().getByLabel("Label").fill("Number");
  await dialog().getByLabel("Series").fill("V-{YYYY}");
  await dialog().getByRole("button", exact("Preview")).click();
  await dialog().getByText("The series `V-{YYYY}` needs one run").waitFor();
  assert.equal(await dialog().getByLabel("Series").getAttribute("aria-invalid"), "true");
  forgive(422);
  await dialog().getByLabel("Series").fill("V-{###}");
  await dialog().getByText("Such as V-001").waitFor();
  await preview();
  await keep("Save", "Number added");
  const numbered = await (await ask("POST", "custom/vehicles", { plate: "KDB 7" })).json();
  assert.match(numbered.number, /^V-00\d$/);
  silent();
});

test("an object of one's own is called otherwise, and goes only without records", async () => {
  await open(page, "/studio/custom/vehicle", "Vehicle");
  await page.getByRole("button", exact("More for this object")).click();
  await page.getByRole("menuitem", exact("Change Vehicle")).click();
  await dialog().getByLabel("What several of them are called").fill("Fleet");
  await preview();
  await keep("Save", "Vehicle changed");
  await page.getByRole("link", exact("Open Fleet")).waitFor();

  await page.getByRole("button", exact("More for this object")).click();
  await page.getByRole("menuitem", exact("Take away Vehicle")).click();
  await dialog().getByRole("button", exact("Take away")).click();
  await page.getByRole("alert").filter({ hasText: "delete them before their manifest" }).waitFor();
  forgive(409);
  silent();
});

test("the palette leads to an object's fields", async () => {
  await page.goto("/");
  await page.getByRole("navigation", exact("Main")).waitFor();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", exact("Search or do something")).fill("customise leads");
  await page.getByRole("option", { name: /^Customise/ }).first().click();
  await page.waitForURL("**/studio/crm/lead");
  silent();
});

test("all of it is exported as the files that an app ships, and comes in again", async () => {
  await open(page, "/studio", "Studio");
  await page.getByRole("button", exact("Export and import")).click();
  await page.getByRole("menuitem", exact("Export as TOML")).click();
  await dialog().getByLabel("File").selectOption("custom/extensions/crm.lead.toml");
  const text = await dialog().getByRole("region", exact("The manifest as it will stand")).innerText();
  assert.match(text, /x_waiting_for_budget/);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    dialog().getByRole("button", exact("Download this file")).click(),
  ]);
  assert.equal(file.suggestedFilename(), "crm.lead.toml");
  const kept = (await (await ask("GET", "core/manifests")).json()).data;
  const lead = kept.find(({ name }) => name === "crm.lead");
  assert.equal(await readFile(await file.path(), "utf8"), lead.text);
  const [archive] = await Promise.all([
    page.waitForEvent("download"),
    dialog().getByRole("button", exact("Download all")).click(),
  ]);
  await page.keyboard.press("Escape");

  await page.getByRole("button", exact("Export and import")).click();
  await page.getByRole("menuitem", exact("Import TOML")).click();
  await dialog().locator("input[type=file]").setInputFiles({
    name: "custom.zip",
    mimeType: "application/zip",
    buffer: await readFile(await archive.path()),
  });
  await dialog().getByText("All of this is in force already.").waitFor();
  await dialog().getByText("custom/objects/vehicle.toml").waitFor();
  await dialog().getByRole("button", exact("Cancel")).click();
  silent();
});

test("what was done is taken back at once", async () => {
  await part("custom/vehicle", "Fields");
  await page.getByRole("button", exact("Add field")).click();
  await dialog().getByRole("button", exact("Date", { exact: true })).click();
  await dialog().getByLabel("Label").fill("Inspected");
  await preview();
  await keep("Save", "Inspected added");
  const row = page.getByRole("row", { name: /^Inspected/ });
  await row.waitFor();
  await told("Inspected added").getByRole("button", exact("Undo")).click();
  await row.waitFor({ state: "detached" });
  silent();
});

for (const colorScheme of ["light", "dark"]) {
  test(`every page of it is accessible: ${colorScheme}`, async () => {
    await page.emulateMedia({ colorScheme });
    await open(page, "/studio", "Studio");
    await look(browser, `studio-${colorScheme}`, { strict: true });
    for (const name of ["Fields", "States", "Form", "Views", "Rules and numbers", "Access"]) {
      await part("crm/lead", name);
      await page.getByRole("tabpanel").waitFor();
      await look(browser, `studio-${name.split(" ")[0].toLowerCase()}-${colorScheme}`, { strict: true });
    }
    await page.goto("/studio/crm/lead?entry=x_region");
    await preview();
    await look(browser, `studio-field-${colorScheme}`, { strict: true });
    silent();
  });
}

test("on a narrow phone nothing is cut", async () => {
  await page.setViewportSize({ width: 360, height: 740 });
  const addresses = ["/studio", "/studio?open=object", "/studio/crm/lead?entry=new"];
  const parts = ["fields", "states", "layout", "views", "rules", "access"];
  for (const address of [...addresses, ...parts.map((name) => `/studio/crm/lead?part=${name}`)]) {
    await page.goto(address);
    await page.getByRole("heading", { level: 1 }).waitFor();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${address} is ${wide} px too wide`);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  silent();
});
