// A working day in the browser: from the first contact to a trial balance that is zero.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { begin } from "./begin.mjs";
import { keepAs, look } from "./screen.mjs";
import { company } from "./server.mjs";
import { act, create, expectField, expectState, follow, input, moveTo, open, rowsOf, shown, signIn } from "./ui.mjs";

const contacts = fileURLToPath(new URL("contacts.csv", import.meta.url));

const { server, browser, page, quiet } = await begin({ signedIn: false });

/** The parts of the day, in order; each stands on what the ones before it left. */
const day = {
  "somebody signs in": async () => {
    await page.goto("/");
    await page.getByRole("button", { name: "Sign in", exact: true }).waitFor();
    await look(browser, "01-login");
    await signIn(page, company);
    await look(browser, "02-hub");
  },

  "contacts are imported; a row that cannot be read says why": async () => {
    await open(page, "/contacts/parties", "Contacts");
    await look(browser, "03-contacts-empty");
    await page.getByRole("button", { name: "Import, export and more" }).click();
    await page.getByRole("menuitem", { name: "Import", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Import contacts" });
    await dialog.locator('input[type="file"]').setInputFiles(contacts);
    await dialog.getByRole("button", { name: "Preview", exact: true }).click();
    await dialog.getByText("This would create 4 and change 0; 1 row is rejected.").waitFor();
    await dialog.getByRole("tab", { name: "Refused (1)", exact: true }).click();
    await dialog.getByText(/Row 5:.*Email/).waitFor();
    await look(browser, "04-import-preview");
    await dialog.getByRole("button", { name: "Import", exact: true }).click();
    await dialog.getByText("4 created, 0 changed, 1 rejected.").waitFor();
    await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
    await page.getByRole("link", { name: "Élodie Laurent" }).waitFor();
    await look(browser, "05-contacts");
  },

  "a lead comes in, is called, and turns out to be serious": async () => {
    await create(page, "/crm/leads", "Lead", {
      Name: "Élodie Laurent",
      Organisation: "Atelier Lumière",
      Email: "elodie.laurent@mail.example",
      Budget: "240",
    });
    await expectState(page, "New");
    await moveTo(page, "Contacted");
    await moveTo(page, "Qualified");
    await look(browser, "06-lead");
  },

  "the lead becomes a deal, and the contact that was known is not made again": async () => {
    await act(page, "Convert", { Title: "Lanterns for the studio" });
    await expectState(page, "Converted");
    await look(browser, "07-lead-converted");
    await follow(page, "Deal");
    await page.getByRole("heading", { level: 1, name: "Lanterns for the studio" }).waitFor();
    await look(browser, "08-deal");
    await open(page, "/contacts/parties?q=Laurent", "Contacts");
    await page.getByRole("link", { name: "Élodie Laurent" }).waitFor();
    assert.equal(await page.getByRole("link", { name: "Élodie Laurent" }).count(), 1);
  },

  "the deal is dragged to won": async () => {
    await open(page, "/crm/deals?view=pipeline", "Deals");
    const column = (name) => page.getByRole("region", { name, exact: true });
    const card = (where) => column(where).getByRole("listitem").filter({ hasText: "Lanterns for the studio" });
    await card("New").waitFor();
    await look(browser, "09-pipeline");
    await card("New").dragTo(column("Won"));
    await card("Won").waitFor();
    await page.getByRole("status").filter({ hasText: "is now in Won" }).waitFor();
    await page.reload();
    await card("Won").waitFor();
    await look(browser, "10-pipeline-won");
    await card("Won").getByRole("link").first().click();
    await expectState(page, "Won");
    assert.equal(await input(page, page, "Probability").inputValue(), "100");
  },

  "the forecast counts it in full": async () => {
    await open(page, "/crm/reports/forecast", "Forecast");
    const rows = await rowsOf(page);
    assert.ok(rows.some((row) => row.filter((cell) => cell.includes("240.00")).length === 2), JSON.stringify(rows));
    await look(browser, "11-forecast");
  },

  "products are priced and taxed": async () => {
    await create(page, "/finance/taxes", "Tax", { Code: "T10", Name: "Tax 10 %", Rate: "10" });
    await create(page, "/sales/products", "Product", {
      Code: "LAN-1",
      Name: "Solar lantern",
      Price: "40",
      Taxes: "Tax 10 %",
    });
    await create(page, "/sales/products", "Product", { Code: "DEL-1", Name: "Delivery", Price: "20" });
    await open(page, "/sales/products", "Products");
    await page.getByRole("row").filter({ hasText: "Solar lantern" }).waitFor();
    await look(browser, "12-products");
  },

  "a quotation is written: five lanterns with tax, one delivery without": async () => {
    await create(
      page,
      "/sales/quotations",
      "Quotation",
      { Customer: "Atelier Lumière" },
      { Lines: [{ Product: "Solar lantern", Quantity: "5" }, { Product: "Delivery" }] },
    );
    await expectField(page, "Untaxed", "220.00");
    await expectField(page, "Tax", "20.00");
    await expectField(page, "Total", "240.00");
    await look(browser, "13-quotation");
    await keepPrint("Quotation", "quotation.pdf");
  },

  "it is accepted, and the order is confirmed and invoiced": async () => {
    await act(page, "Accept");
    await expectState(page, "Accepted");
    await follow(page, "Order");
    await expectField(page, "Total", "240.00");
    await look(browser, "14-order");
    await act(page, "Confirm");
    await expectState(page, "Confirmed");
    await act(page, "Create invoice");
    await expectState(page, "Invoiced");
    await follow(page, "Invoice");
    await expectState(page, "Draft");
    await look(browser, "15-invoice-draft");
  },

  "the invoice is posted after its preview, and printed": async () => {
    const preview = await act(page, "Post invoice");
    assert.match(preview, /INV-\d{4}-00001/, "the preview shows the number that the invoice will have");
    await expectState(page, "Posted");
    assert.match(await shown(page, "Number"), /^INV-\d{4}-00001$/);
    await expectField(page, "Open", "240.00");
    await look(browser, "16-invoice-posted");
    await keepPrint("Invoice", "invoice.pdf");
  },

  "the customer pays": async () => {
    await act(page, "Register payment", { Amount: "240" });
    await expectState(page, "Paid");
    await expectField(page, "Open", "0.00");
    await look(browser, "17-invoice-paid");
    await page.getByRole("button", { name: "More about this", exact: true }).click();
    const beside = page.getByRole("complementary", { name: "More about this" });
    await beside.getByRole("tab", { name: "History", exact: true }).click();
    await beside.getByText(/[Pp]ay/).first().waitFor();
    await look(browser, "18-history");
  },

  "the trial balance is zero": async () => {
    await open(page, "/finance/reports/trial-balance", "Trial balance");
    await look(browser, "19-trial-balance");
    const rows = await rowsOf(page);
    const total = rows.at(-1) ?? [];
    const amounts = total.filter((cell) => /\d/.test(cell));
    assert.deepEqual(amounts.slice(0, 2), Array(2).fill(amounts[0]), `debit and credit agree: ${total.join(" | ")}`);
    const balance = (cell) => rows.filter((row) => row.some((text) => text.replace(/[^\d.]/g, "") === cell)).length;
    assert.ok(balance("220.00") >= 1, "revenue is 220.00");
    assert.ok(balance("20.00") >= 1, "tax is 20.00");
  },
};

test("a working day in the browser", async (t) => {
  for (const [part, live] of Object.entries(day)) {
    try {
      await live();
    } catch (error) {
      await page.screenshot({ path: await keepAs("failed.png"), fullPage: true });
      const last = [...browser.faults, ...server.said.slice(-5)].join("\n");
      throw new Error(`${part}: ${error.message}\nat ${page.url()}\n${last}`, { cause: error });
    }
    t.diagnostic(part);
  }
  quiet();
});

/** Fetches the document that the print link leads to, as the browser would, and keeps it. */
async function keepPrint(label, name) {
  await page.getByRole("button", { name: "More actions", exact: true }).click();
  const address = await page.getByRole("menuitem", { name: `Print ${label}`, exact: true }).getAttribute("href");
  await page.keyboard.press("Escape");
  const reply = await browser.context.request.get(new URL(address, page.url()).href);
  assert.equal(reply.status(), 200);
  assert.equal(reply.headers()["content-type"], "application/pdf");
  const pdf = await reply.body();
  assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
  await writeFile(await keepAs(name), pdf);
}
