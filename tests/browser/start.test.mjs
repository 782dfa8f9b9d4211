// The first minutes: five questions, then what the first steps say, until an invoice is in the books and on paper.
import assert from "node:assert/strict";
import { test } from "node:test";
import { settled } from "./pages.mjs";
import { look } from "./screen.mjs";
import { act, create, expectState, input, set } from "./ui.mjs";
import { browser, page } from "./visit.mjs";

const FIVE_MINUTES_MS = 5 * 60_000;

const steps = () => page.getByRole("region", { name: "First steps", exact: true });
const step = (name) => steps().getByRole("link", { name, exact: true });

test("from the first page to an invoice in five minutes", async (t) => {
  const begun = Date.now();
  await page.goto("/");
  await step("Answer five questions").click();
  await page.getByRole("heading", { level: 1, name: "Set up your company" }).waitFor();
  await look(browser, "start-questions", { strict: true });
  await page.getByLabel("What is the company called?").fill("Kibo Traders (Mombasa) Ltd");
  assert.equal(await page.getByLabel("Which country are you in?").inputValue(), "KE");
  assert.equal(await page.getByLabel("Which currency are your books in?").inputValue(), "KES – Kenyan Shilling");
  for (const app of ["CRM", "Notes", "Tasks"]) await page.getByRole("checkbox", { name: app, exact: true }).uncheck();
  await page.getByRole("button", { name: "Add a person", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await input(page, dialog, "Name").fill("Amina Njeri");
  await input(page, dialog, "Email").fill("amina@kibo.example");
  await dialog.getByRole("button", { name: "Create", exact: true }).click();
  await page.getByRole("listitem").filter({ hasText: "amina@kibo.example" }).waitFor();
  await page.getByRole("button", { name: "Start", exact: true }).click();

  await page.getByRole("link", { name: "Kibo Traders (Mombasa) Ltd" }).waitFor();
  await steps().waitFor();
  // What was answered is done, and what was left out is not asked for.
  for (const done of ["Answer five questions", "Add the people you work with", "Note a lead", "Plan a task"]) {
    await step(done).waitFor({ state: "detached" });
  }

  await step("Add or import a customer").click();
  await page.getByRole("heading", { level: 1, name: "Contacts" }).waitFor();
  await create(page, "/contacts/parties", "Contact", { Name: "Atelier Lumière" });
  const invoice = await create(
    page,
    "/finance/invoices",
    "Invoice",
    { Customer: "Atelier Lumière" },
    { Lines: [{ Description: "Solar lantern", "Unit price": "240" }] },
  );
  await act(page, "Post invoice");
  await expectState(page, "Posted");
  const print = await browser.context.request.get(new URL(`/api/v1${invoice}/print/invoice`, page.url()).href);
  assert.equal(print.headers()["content-type"], "application/pdf");
  const took = Date.now() - begun;
  t.diagnostic(`from the first page to a printed invoice: ${(took / 1000).toFixed(1)} s of the machine's own time`);
  assert.ok(took < FIVE_MINUTES_MS);

  await page.goto("/");
  await settled(page);
  await steps().waitFor();
  for (const done of ["Add or import a customer", "Post the first invoice"]) {
    await step(done).waitFor({ state: "detached" });
  }
  await look(browser, "start-steps", { strict: true });
  await steps().getByRole("button", { name: "Hide", exact: true }).click();
  await steps().waitFor({ state: "detached" });
  assert.deepEqual(browser.faults, [], "axe, the console and the server have nothing to say");
});

test("a mistake in an answer stands beside it", async () => {
  await page.goto("/start");
  await set(page, "What is the company called?", "");
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await page.locator("input[aria-invalid='true']").waitFor();
  await page.getByRole("heading", { level: 1, name: "Set up your company" }).waitFor();
});
