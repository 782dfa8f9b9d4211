// The page of a record: what stands beside it, how one gets on from it, who may see it, and undo later.
import assert from "node:assert/strict";
import { test } from "node:test";
import { button, dialog, make, menu, others, panel, party, setUp, told, visit } from "./record.mjs";
import { look } from "./screen.mjs";
import { input, open, save, set } from "./ui.mjs";
import { ask, browser, page, quiet, reply, server } from "./visit.mjs";

test("somebody sets up what the others look at", setUp);

test("people talk about a record, and who is mentioned is marked", async () => {
  await visit("contacts/parties", party.id, "comments");
  await panel().getByText("Nobody has said anything yet.").waitFor();
  const text = panel().getByLabel("New comment", { exact: true });
  await text.fill("Rooms are **full**, ");
  await text.pressSequentially("@nje");
  await page.getByRole("option", { name: /Njeri Odhiambo/ }).waitFor();
  await look(browser, "record-mention");
  await text.press("Enter");
  assert.equal(await text.inputValue(), "Rooms are **full**, @Njeri Odhiambo ");
  await text.press("Control+Enter");
  const comment = panel().getByRole("article", { name: "Comment by wanjiku" }).first();
  await comment.locator("strong", { hasText: "full" }).waitFor();
  await comment.locator("mark", { hasText: "@Njeri Odhiambo" }).waitFor();
  const { data } = await reply("GET", "core/comments?expand=mentions");
  assert.deepEqual(data[0].mentions.map(({ name }) => name), ["Njeri Odhiambo"]);

  await button("Reply", comment).click();
  await panel().getByLabel("Answer", { exact: true }).fill("Then we ask the other one");
  await button("Comment", panel()).click();
  const answer = panel().getByRole("article").nth(1);
  await answer.getByText("Then we ask the other one").waitFor();
  await button("Edit or delete the comment", answer).click();
  await page.getByRole("menuitem", { name: "Edit", exact: true }).click();
  await panel().getByLabel("Edit the comment", { exact: true }).fill("We ask Baobab Camp");
  await button("Save", answer).click();
  await answer.getByText("We ask Baobab Camp").waitFor();
  await answer.getByText("edited").waitFor();
  // Who comments follows.
  await button("Unfollow", panel()).click();
  await told("You are told of this no longer");
  await button("Follow", panel()).waitFor();
  await look(browser, "record-comments");
});

test("files are chosen and dropped, seen, and taken away again", async () => {
  await visit("contacts/parties", party.id, "files");
  const files = panel().getByRole("region", { name: "Files", exact: true });
  await files.locator("input[type=file]").setInputFiles({ name: "lodge.png", mimeType: "image/png", buffer: await page.screenshot() });
  await files.getByRole("link", { name: "lodge.png", exact: true }).waitFor();
  const picture = files.locator("img");
  assert.ok(await picture.evaluate((image) => image.decode().then(() => image.naturalWidth > 0)), "a small picture");
  await files.evaluate((area) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(["Breakfast from six"], "terms.txt", { type: "text/plain" }));
    for (const type of ["dragover", "drop"]) area.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
  });
  const terms = files.getByRole("link", { name: "terms.txt", exact: true });
  const content = await browser.context.request.get(await terms.evaluate((link) => link.href));
  assert.equal(await content.text(), "Breakfast from six");
  await told("terms.txt added");
  await look(browser, "record-files");
  await button("Remove terms.txt", files).click();
  await terms.waitFor({ state: "detached" });
  await button("Undo").click();
  await terms.waitFor();
});

test("an activity is planned and done where the record is", async () => {
  await visit("contacts/parties", party.id, "activities");
  await button("Plan an activity", panel()).click();
  await input(page, dialog(), "Summary").fill("Count the lamps");
  await button("Create", dialog()).click();
  const todo = panel().getByRole("list", { name: "To do", exact: true });
  await todo.getByRole("link", { name: "Count the lamps" }).waitFor();
  await look(browser, "record-activities");
  await panel().getByRole("checkbox", { name: "Mark as done: Count the lamps" }).click();
  await panel().getByRole("list", { name: "Done", exact: true }).getByRole("link", { name: "Count the lamps" }).waitFor();
  const { data } = await reply("GET", "core/activities");
  assert.deepEqual([data[0].target.id, data[0].done_at !== null], [party.id, true]);
});

test("what leads to a record stands beside it, and the next is begun from there", async () => {
  await make("contacts/parties", { name: "Amina", kind: "person", parent: party.id });
  await visit("contacts/parties", party.id, "related");
  const related = panel().getByRole("region", { name: "Contacts", exact: true });
  await related.getByRole("link", { name: "Amina", exact: true }).waitFor();
  await look(browser, "record-related");
  await button("New", panel()).click();
  await page.getByRole("menuitem", { name: "Deal", exact: false }).first().click();
  await page.getByRole("heading", { level: 1, name: "New Deal" }).waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll("input")].some((one) => one.value === "Acacia Lodge"));
});

test("the history says what changed and what is different since a moment", async () => {
  await reply("PATCH", `contacts/parties/${party.id}`, { phone: "+254 711 222333" });
  await visit("contacts/parties", party.id, "history");
  const entry = panel().getByRole("listitem").filter({ hasText: "changed" }).first();
  await entry.getByText("Phone").waitFor();
  await panel().getByLabel("What is different since…", { exact: true }).selectOption({ label: "the beginning" });
  await panel().getByRole("list", { name: "Differences" }).getByText("Name set to Acacia Lodge").waitFor();
  await look(browser, "record-history");
  await entry.hover();
  await entry.getByRole("button", { name: "Undo: changed" }).click();
  await told("Undone");
  assert.equal((await reply("GET", `contacts/parties/${party.id}`)).phone, null);
});

test("a record is kept at hand and tagged", async () => {
  await visit("contacts/parties", party.id);
  const star = button("Favourite");
  await star.click();
  await page.waitForFunction(() => document.querySelector("[aria-label=Favourite]").ariaPressed === "true");
  await button("Add a tag").click();
  await page.getByLabel("Find or make a tag", { exact: true }).fill("lodges");
  await page.getByRole("option", { name: "Create “lodges”" }).click();
  await button("Remove tag lodges").waitFor();
  const tagged = await reply("GET", "contacts/parties?tag=lodges");
  assert.deepEqual(tagged.data.map(({ id }) => id), [party.id]);
  await button("Remove tag lodges").click();
  await button("Remove tag lodges").waitFor({ state: "detached" });
});

test("next and previous follow the list, also after the page was loaded again", async () => {
  await open(page, "/contacts/parties?sort=-name", "Contacts");
  await page.getByRole("link", { name: "Cedar House", exact: true }).click();
  const way = page.getByRole("navigation", { name: "In the list", exact: true });
  await way.getByText("1 of ").waitFor();
  await button("Next", way).click();
  await page.getByRole("heading", { level: 1, name: "Baobab Camp" }).waitFor();
  await page.reload();
  await way.getByText("2 of ").waitFor();
  await page.keyboard.press("k");
  await page.getByRole("heading", { level: 1, name: "Cedar House" }).waitFor();
});

test("a link shows its record in brief, and one that is missing is made in place", async () => {
  const person = await make("contacts/parties", { name: "Barasa", kind: "person", parent: party.id });
  await make("crm/deals", { title: "Lamps for the camp", party: others[0].id, contact: person.id, lead: null });
  const activity = await make("core/activities", { summary: "See it", target: { object: "contacts.party", id: party.id } });
  await visit("core/activities", activity.id);
  await page.getByRole("form").getByRole("link", { name: "Acacia Lodge", exact: true }).hover();
  const brief = page.getByRole("region", { name: "In brief", exact: true });
  await brief.getByText("stay@acacia.example").waitFor();
  await page.keyboard.press("Escape");
  await brief.waitFor({ state: "detached" });
  assert.match(page.url(), /core\/activities/, "Escape closed what was shown, not the page");

  await page.goto("/crm/deals/new");
  await set(page, "Title", "A new tent");
  const customer = input(page, page, "Customer").or(input(page, page, "Party")).first();
  await customer.click();
  await customer.fill("Doum Palm Inn");
  await page.getByRole("option", { name: "Create “Doum Palm Inn”" }).click();
  await button("Create", dialog()).click();
  await dialog().waitFor({ state: "detached" });
  assert.equal(await customer.inputValue(), "Doum Palm Inn");
  await button("Cancel").click();
  await button("Leave without saving", dialog()).click();
});

test("what is typed is not lost by leaving", async () => {
  await visit("contacts/parties", others[0].id);
  await set(page, "Position", "").catch(() => undefined);
  await input(page, page, "Reference").fill("B-1");
  await page.getByRole("link", { name: "Home", exact: true }).click();
  await dialog().getByText("What you typed here is not saved yet.").waitFor();
  await button("Cancel", dialog()).click();
  assert.equal(await input(page, page, "Reference").inputValue(), "B-1");
  await button("Discard").click();
});

test("what waits for approval is said to wait, and for whom", async () => {
  const rule = { "approval.update": { by: ["finance_manager"] } };
  await make("actions/core.customise", { object: "notes.note", set: rule });
  const { id } = await make("notes/notes", { title: "Prices" });
  await visit("notes/notes", id);
  await input(page, page, "Title").fill("New prices");
  await save(page);
  await told("Nothing is changed until it is approved by: finance manager");
  const waiting = page.getByRole("region", { name: "Waiting for approval", exact: true });
  await waiting.getByText("waits for finance manager").waitFor();
  await look(browser, "record-waiting");
  assert.equal((await reply("GET", `notes/notes/${id}`)).title, "Prices");
  assert.equal(await input(page, page, "Title").inputValue(), "Prices");
  await button("Undo").click();
  await waiting.waitFor({ state: "detached" });
});

test("a record is shared by a link that needs no sign-in, until the share is ended", async () => {
  await visit("contacts/parties", party.id);
  await menu("Share");
  await dialog().getByLabel("With", { exact: true }).selectOption({ label: "A person" });
  const who = dialog().getByRole("combobox", { name: "A person", exact: true });
  await who.click();
  await who.fill("Njeri");
  await page.getByRole("option", { name: "Njeri Odhiambo" }).click();
  await dialog().getByLabel("May", { exact: true }).selectOption({ label: "Comment" });
  await button("Share", dialog()).click();
  const list = dialog().getByRole("list", { name: "Shared with", exact: true });
  await list.getByText("Njeri Odhiambo").waitFor();
  await dialog().getByLabel("With", { exact: true }).selectOption({ label: "Whoever has the link" });
  await button("Make a link", dialog()).click();
  const link = await dialog().getByRole("textbox", { name: "Whoever has the link", exact: true }).inputValue();
  await look(browser, "record-share");

  const stranger = await browser.context.browser().newContext();
  const seen = await stranger.newPage();
  await seen.goto(link);
  await seen.getByRole("heading", { level: 1, name: "Acacia Lodge" }).waitFor();
  await seen.getByText("stay@acacia.example").waitFor();
  await look({ page: seen, faults: browser.faults }, "shared");
  await list.getByRole("listitem").filter({ hasText: "Whoever has the link" }).getByRole("button", { name: "End the share" }).click();
  await list.getByText("Whoever has the link").waitFor({ state: "detached" });
  await seen.reload();
  await seen.getByText("This link leads nowhere").waitFor();
  await stranger.close();
  await page.keyboard.press("Escape");
});

test("duplicates are merged field by field, after a preview, and the merge is undone", async () => {
  const mail = { email: "hello@gum.example" };
  const kept = await make("contacts/parties", { name: "Gum Tree", ...mail, phone: "+254 700 000011" });
  const other = await make("contacts/parties", { name: "Gum Tree Ltd", ...mail, phone: "+254 700 000012", website: "https://gum.example" });
  await visit("contacts/parties", kept.id);
  await menu("Find duplicates");
  await dialog().getByRole("radio", { name: "Phone: Gum Tree Ltd", exact: true }).check();
  await look(browser, "record-merge");
  await button("Preview", dialog()).click();
  await dialog().getByRole("region", { name: "What this does", exact: true }).waitFor();
  await button("Merge", dialog()).click();
  await told("Merged into Gum Tree");
  const { name, phone, website } = await reply("GET", `contacts/parties/${kept.id}`);
  assert.deepEqual({ name, phone, website }, { name: "Gum Tree", phone: "+254 700 000012", website: "https://gum.example" });
  assert.equal((await ask("GET", `contacts/parties/${other.id}`)).status(), 404);
  await button("Undo").click();
  await told("Undone");
  assert.equal((await ask("GET", `contacts/parties/${other.id}`)).status(), 200);
});

test("it is copied, and told why one may", async () => {
  await visit("contacts/parties", others[1].id);
  await menu("Why may I (not)?");
  await dialog().getByText("wanjiku may update this contact").waitFor();
  await dialog().getByLabel("What is to be done", { exact: true }).selectOption({ label: "Delete it" });
  await dialog().getByText("wanjiku may delete this contact").waitFor();
  await look(browser, "record-explain");
  await page.keyboard.press("Escape");
  await menu("Make a copy");
  await page.waitForURL((url) => !url.pathname.endsWith(others[1].id));
  await page.getByRole("heading", { level: 1, name: "Cedar House" }).waitFor();
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.getByRole("navigation", { name: "Main" }).isVisible(), false);
  assert.equal(await button("More actions").isVisible(), false);
  assert.ok(await input(page, page, "Name").isVisible());
  await page.emulateMedia({ media: null });
});

test("one's own runs are told in words and undone later, or it is said why not", async () => {
  const { id } = await make("contacts/parties", { name: "Hibiscus House" });
  await reply("PATCH", `contacts/parties/${id}`, { reference: "H-1" });
  await reply("PATCH", `contacts/parties/${id}`, { reference: "H-2" });
  await open(page, "/runs", "What I did");
  const runs = page.getByRole("listitem").filter({ hasText: "Hibiscus House" });
  await runs.nth(2).waitFor();
  assert.equal(await runs.count(), 3);
  await runs.first().getByText("Reference").waitFor();
  await look(browser, "runs");
  // What was written over since cannot be taken back by itself.
  await runs.nth(1).getByRole("button", { name: "Undo this" }).click();
  await dialog().getByText("This cannot be undone").waitFor();
  await look(browser, "runs-conflict");
  await button("Close", dialog()).last().click();
  quiet(/409/);
  await runs.first().getByRole("button", { name: "Undo this" }).click();
  await dialog().getByRole("region", { name: "What this does", exact: true }).waitFor();
  await button("Undo", dialog()).click();
  await told("Undone");
  assert.equal((await reply("GET", `contacts/parties/${id}`)).reference, "H-1");
  // What was undone says so, and leads to what undid it.
  await runs.nth(1).getByRole("link", { name: "Undone", exact: true }).click();
  await page.locator("li:focus").filter({ hasText: "Undid a change of" }).waitFor();
  assert.equal(await runs.nth(1).getByRole("button", { name: "Undo this" }).count(), 0);
});

test("sections come together in tabs where the layout says so, and an error opens its tab", async () => {
  // What a layout with tabs would say; the server has none that says it.
  await page.route("**/api/v1/meta", async (route) => {
    const answer = await route.fetch();
    const meta = await answer.json();
    const object = meta.apps.find(({ name }) => name === "contacts").objects.find(({ name }) => name === "party");
    const form = object.views.find(({ kind }) => kind === "form");
    for (const section of form.sections.slice(1)) section.tab = section.label;
    form.sections.find(({ label }) => label === "Notes").visible_when = "kind == 'person'";
    await route.fulfill({ response: answer, json: meta });
  });
  await make("contacts/parties", { name: "Fig Tree Inn", reference: "F-1" });
  await visit("contacts/parties", party.id);
  const tabs = page.getByRole("form").getByRole("tablist");
  assert.deepEqual(await tabs.getByRole("tab").allInnerTexts(), ["Addresses", "Details"]);
  await input(page, page, "Kind").selectOption({ label: "Person" });
  await tabs.getByRole("tab", { name: "Notes", exact: true }).click();
  await page.waitForURL(/tab=Notes/);
  await look(browser, "record-tabs");
  await tabs.getByRole("tab", { name: "Details", exact: true }).click();
  await input(page, page, "Reference").fill("F-1");
  await tabs.getByRole("tab", { name: "Addresses", exact: true }).click();
  await save(page);
  // Another contact has this reference.
  await page.getByRole("tab", { name: "Details", selected: true }).waitFor();
  await button("Discard").click();
  await page.unroute("**/api/v1/meta");
  quiet(/40[09]|422/);
});

for (const [mode, arrange] of Object.entries({
  dark: () => page.emulateMedia({ colorScheme: "dark" }),
  phone: async () => {
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 390, height: 844 });
  },
})) {
  test(`it is as good in ${mode} mode`, async () => {
    await arrange();
    for (const tab of ["comments", "activities", "files", "related", "history"]) {
      await page.goto(`/contacts/parties/${party.id}?panel=${tab}`);
      await page.waitForLoadState("networkidle");
      await look(browser, `${mode}-record-${tab}`);
    }
    for (const [name, address] of [["runs", "/runs"], ["specimen", "/custom/specimens/new"], ["quotation", "/sales/quotations/new"]]) {
      await page.goto(address);
      await page.waitForLoadState("networkidle");
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(sideways <= 0, `${address} is ${sideways} pixels too wide`);
      await look(browser, `${mode}-${name}`);
    }
  });
}
