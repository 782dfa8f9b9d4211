// A record is edited: every kind of field, rows like a sheet, and two who save at once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { button, make, others, panel, party, setUp, told, visit } from "./record.mjs";
import { look } from "./screen.mjs";
import { input, save, set, setCell } from "./ui.mjs";
import { ask, browser, page, quiet, reply, server } from "./visit.mjs";

test("somebody sets up what the others look at", setUp);

test("what others say and save is there without asking; what is typed meanwhile stays", async () => {
  const other = await browser.context.browser().newContext({ baseURL: server.url });
  const njeri = async (method, path, data) => {
    const cookie = (await other.cookies()).find(({ name }) => name === "nexus_csrf");
    const headers = cookie ? { "X-CSRF-Token": decodeURIComponent(cookie.value) } : {};
    const answer = await other.request.fetch(`/api/v1/${path}`, { method, data, headers });
    assert.ok(answer.ok(), `${path}: ${await answer.text()}`);
  };
  await njeri("POST", "session", { email: "njeri@kibo.example", password: "a loud evening in Mombasa" });
  const { data } = await reply("GET", "core/users?q=Njeri");
  const lead = await make("crm/leads", { name: "Olive", organisation: "Olive Grove", owner: data[0].id });
  await visit("crm/leads", lead.id, "comments");
  await njeri("POST", "core/comments", { target: { object: "crm.lead", id: lead.id }, body: "I called them" });
  await panel().getByRole("article", { name: "Comment by Njeri Odhiambo" }).getByText("I called them").waitFor();
  await input(page, page, "Organisation").fill("Olive Grove Ltd");
  await njeri("PATCH", `crm/leads/${lead.id}`, { organisation: "Olive Farm" });
  const view = page.getByRole("region", { name: "Changed in the meantime", exact: true });
  await view.getByText("Njeri Odhiambo saved this").waitFor();
  assert.equal(await input(page, page, "Organisation").inputValue(), "Olive Grove Ltd");
  await button("Discard my changes", view).click();
  assert.equal(await input(page, page, "Organisation").inputValue(), "Olive Farm");
  await other.close();
});

test("two versions stand side by side, and each field is decided", async () => {
  const { id } = await make("contacts/parties", { name: "Ebony Inn", phone: "+254 700 000001", reference: "E-1" });
  await visit("contacts/parties", id);
  await input(page, page, "Name").fill("Ebony Inn & Spa");
  await input(page, page, "Phone").fill("+254 700 000002");
  await reply("PATCH", `contacts/parties/${id}`, { name: "Ebony Hotel", phone: "+254 700 000003", reference: "E-2" });
  browser.faults.length = 0;
  await save(page);
  const view = page.getByRole("region", { name: "Changed in the meantime", exact: true });
  await view.getByText("wanjiku saved this").waitFor();
  await view.getByText("Reference: E-1 → E-2").waitFor();
  quiet(/412/);
  await look(browser, "record-conflict");
  await view.getByRole("radio", { name: "Name: Theirs", exact: true }).check();
  assert.ok(await view.getByRole("radio", { name: "Phone: Mine", exact: true }).isChecked());
  await button("Save what I chose", view).click();
  await view.waitFor({ state: "detached" });
  const { name, phone, reference } = await reply("GET", `contacts/parties/${id}`);
  assert.deepEqual({ name, phone, reference }, { name: "Ebony Hotel", phone: "+254 700 000002", reference: "E-2" });
});

test("what only one side changed is saved together", async () => {
  const { id } = await make("contacts/parties", { name: "Fig Tree", website: "https://fig.example" });
  await visit("contacts/parties", id);
  await input(page, page, "Reference").fill("F-1");
  await reply("PATCH", `contacts/parties/${id}`, { website: "https://figtree.example" });
  await save(page);
  const view = page.getByRole("region", { name: "Changed in the meantime", exact: true });
  await button("Save both changes", view).click();
  await view.waitFor({ state: "detached" });
  const { website, reference } = await reply("GET", `contacts/parties/${id}`);
  assert.deepEqual({ website, reference }, { website: "https://figtree.example", reference: "F-1" });
  quiet(/412/);
});

test("rows are worked on like a sheet", async () => {
  for (const [code, name, price] of [["LAN", "Lantern", "40"], ["TOR", "Torch", "20"], ["FUS", "Fuse", "3"]]) {
    await make("sales/products", { code, name, price });
  }
  await page.goto("/sales/quotations/new");
  await set(page, "Customer", "Acacia Lodge");
  const lines = page.getByRole("region", { name: "Lines", exact: true });
  const add = lines.locator("..").getByRole("button", { name: "Add row", exact: true });
  await add.click();
  await setCell(page, "Lines", 0, "Product", "Lantern");
  const cell = (row, column) => input(page, lines, column).nth(row);
  await cell(0, "Quantity").fill("2");
  // Enter on the last row adds one, in the same column.
  await cell(0, "Quantity").press("Enter");
  await page.keyboard.type("7");
  assert.equal(await cell(1, "Quantity").inputValue(), "7");
  await page.keyboard.press("ArrowUp");
  assert.ok(await cell(0, "Quantity").evaluate((one) => one === document.activeElement));
  await page.keyboard.press("ArrowDown");

  // A range from a spreadsheet: products by their name or code, figures as they are written there.
  await cell(1, "Product").focus();
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, "Torch\nFUS\nNobody");
  await page.getByRole("alert").filter({ hasText: "Not found, so left out: Nobody" }).waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll("td input")].some((one) => one.value === "Fuse"));
  assert.equal(await cell(1, "Product").inputValue(), "Torch");

  // Ctrl D takes the first cell of a range down.
  await cell(1, "Quantity").focus();
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Control+d");
  assert.deepEqual(await Promise.all([1, 2, 3].map((row) => cell(row, "Quantity").inputValue())), ["7", "7", "7"]);
  await look(browser, "record-rows");
  await page.keyboard.press("Escape");
  // Alt with an arrow moves the row.
  await cell(2, "Quantity").focus();
  await page.keyboard.press("Alt+ArrowUp");
  await page.waitForFunction(() => document.querySelectorAll("td [role=combobox]").length > 0);
  assert.equal(await cell(1, "Product").inputValue(), "Fuse");
  await button("Remove row 4", lines).click();
  await save(page);
  await page.waitForURL((url) => !url.pathname.endsWith("/new"));
  const id = new URL(page.url()).pathname.split("/").pop();
  const saved = await reply("GET", `sales/quotations/${id}?expand=lines.product`);
  assert.deepEqual(
    saved.lines.map((line) => [line.product.code, Number(line.quantity)]),
    [["LAN", 2], ["FUS", 7], ["TOR", 7]],
  );
});

test("every kind of field has an input that fits, and keeps what is given", async () => {
  const kinds = {
    name: "text", story: "markdown", script: "code", settings: "json", took: "duration", stars: "rating",
    tint: "colour", place: "geo", tracking: "barcode", photo: "image", signed: "signature", paper: "file",
    about: "dynamic_link", home: "address", phone: "phone", price: "money", weight: "quantity", words: "tags",
    pin: "secret", part: "percent", web: "url", done: "boolean",
  };
  const set_ = Object.fromEntries(Object.entries(kinds).map(([name, type]) => [`fields.${name}`, { type }]));
  set_["fields.name"].required = true;
  set_["fields.sizes"] = { type: "choices", of: ["small", "large"] };
  set_.title = "name";
  await make("actions/core.customise", { object: "custom.specimen", set: set_ });
  await page.goto("/custom/specimens/new");
  const fill = (label, value) => page.getByRole("textbox", { name: label, exact: true }).fill(value);
  await fill("Name", "A lantern");
  await fill("Story", "# Lit\n\nby **sun**\n\n<img src=x onerror=alert(1)>");
  await page.getByRole("textbox", { name: "Story", exact: true }).selectText();
  await page.getByText("Read", { exact: true }).click();
  const read = page.getByRole("region", { name: "Read", exact: true });
  await read.locator("strong", { hasText: "sun" }).waitFor();
  assert.equal(await read.locator("img").count(), 0, "no HTML of a text is taken over");
  await page.getByText("Write", { exact: true }).click();
  const code = (label) => page.getByRole("textbox", { name: label, exact: true });
  await code("Script").click();
  await page.keyboard.type("lit = sun");
  await code("Settings").click();
  await page.keyboard.type('{"hours": [6, 18');
  await fill("Took", "1:30");
  await page.getByRole("radio", { name: "Stars: 4" }).press("Space");
  await page.getByRole("textbox", { name: "Tint", exact: true }).fill("#1a73e8");
  await page.keyboard.press("Tab");
  await fill("Place", "-1.2921, 36.8219");
  await fill("Tracking", "5901234123457");
  await fill("Phone", "0712 345678");
  await fill("Home: Street", "Moi Avenue 1");
  await fill("Home: City", "Nairobi");
  await page.getByLabel("Home: Country", { exact: true }).selectOption({ label: "Kenya" });
  await fill("Price", "1234.5");
  await fill("Weight", "12.5");
  await fill("Pin", "4711");
  await fill("Web", "https://lantern.example");
  await page.getByRole("checkbox", { name: "Done", exact: true }).check();
  await page.getByLabel("About: kind", { exact: true }).selectOption({ label: "Contact" });
  const about = page.getByRole("combobox", { name: "About", exact: true });
  await about.click();
  await about.fill("Acacia");
  await page.getByRole("option", { name: "Acacia Lodge" }).click();
  const photo = page.getByRole("group", { name: "Photo", exact: true });
  await photo.locator("input[type=file]").setInputFiles({ name: "p.png", mimeType: "image/png", buffer: await page.screenshot() });
  await photo.locator("img").waitFor();
  await page.getByRole("group", { name: "Paper", exact: true }).locator("input[type=file]").setInputFiles({ name: "terms.txt", mimeType: "text/plain", buffer: Buffer.from("Terms") });
  await page.getByRole("link", { name: "terms.txt" }).waitFor();
  await button("Sign").click();
  const pad = page.getByRole("img", { name: "Signed: sign here" });
  const { x, y } = await pad.boundingBox();
  await page.mouse.move(x + 20, y + 80);
  await page.mouse.down();
  await page.mouse.move(x + 120, y + 40, { steps: 5 });
  await page.mouse.move(x + 200, y + 100, { steps: 5 });
  await page.mouse.up();
  await look(browser, "record-fields");
  await button("Take this signature").click();
  await page.getByRole("group", { name: "Signed", exact: true }).locator("img").waitFor();

  // Half a JSON is refused beside its field, and everything else stays.
  await save(page);
  await page.getByText("Settings cannot be read yet").waitFor();
  await code("Settings").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("]}");
  await save(page);
  await page.waitForURL((url) => !url.pathname.endsWith("/new"));
  const saved = await reply("GET", `custom/specimens/${new URL(page.url()).pathname.split("/").pop()}`);
  const { story, script, settings, took, stars, tint, place, tracking, phone, home, price, weight, pin, web, done } = saved;
  assert.deepEqual(
    { script, settings, took, stars, tint, place, tracking, phone, price, pin, web, done },
    {
      script: "lit = sun", settings: { hours: [6, 18] }, took: 5400, stars: 4, tint: "#1a73e8",
      place: { latitude: "-1.2921", longitude: "36.8219" }, tracking: "5901234123457", phone: "+254 712 345678",
      price: { amount: "1234.50", currency: "KES" }, pin: true, web: "https://lantern.example", done: true,
    },
  );
  assert.match(story, /^# Lit/);
  assert.equal(Number(weight), 12.5);
  assert.deepEqual([home.street, home.city, home.country], ["Moi Avenue 1", "Nairobi", "KE"]);
  assert.equal(saved.about.id, party.id);
  for (const file of [saved.photo, saved.signed, saved.paper]) {
    assert.equal((await ask("GET", `core/files/${file}/content`)).status(), 200);
  }
  await page.waitForLoadState("networkidle");
  await look(browser, "record-fields-saved");
});
