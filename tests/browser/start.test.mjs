// A company that was made on the command line: what its administrator is asked, and what the first steps say then.
import assert from "node:assert/strict";
import { test } from "node:test";
import { look } from "./screen.mjs";
import { set } from "./ui.mjs";
import { browser, page, quiet } from "./visit.mjs";

const exact = (name) => ({ name, exact: true });
const steps = () => page.getByRole("region", exact("First steps"));
const step = (name) => steps().getByRole("link", exact(name));
const button = (name) => page.getByRole("button", exact(name));

test("the questions are asked one after the other, and the first page follows the answers", async () => {
  await page.goto("/");
  await step("Answer five questions").click();
  await page.getByRole("heading", { level: 1, name: "Set up your company" }).waitFor();
  await look(browser, "start-questions", { strict: true });
  await page.getByLabel("What is the company called?").fill("Kibo Traders (Mombasa) Ltd");
  assert.equal(await page.getByLabel("Which country are you in?").inputValue(), "KE");
  assert.equal(await page.getByLabel("Which currency are your books in?").inputValue(), "KES – Kenyan Shilling");
  await button("Next").click();
  // The name is saved, and can be taken back.
  await page.getByRole("link", { name: "Kibo Traders (Mombasa) Ltd" }).waitFor();

  await page.getByRole("radio", exact("Services")).click();
  for (const app of ["CRM", "Notes", "Tasks"]) await page.getByRole("checkbox", exact(app)).uncheck();
  await look(browser, "start-work", { strict: true });
  await button("Next").click();
  await button("Add a person").waitFor();
  await page.goBack();
  assert.ok(!(await page.getByRole("checkbox", exact("Notes")).isChecked()), "Back leads to what was answered");
  await page.goForward();
  await button("Start").click();

  await steps().waitFor();
  // What was answered is done, and apps that were left out are not asked for.
  for (const done of ["Answer five questions", "Note a lead", "Plan a task"]) {
    await step(done).waitFor({ state: "detached" });
  }
  await step("Add the people you work with").waitFor();
  const apps = await page.getByRole("navigation", exact("Apps")).getByRole("link").allInnerTexts();
  assert.deepEqual(apps.slice(0, 3), ["Sales", "Finance", "Contacts"]);
  quiet();
});

test("a mistake in an answer stands beside it", async () => {
  await page.goto("/start");
  await set(page, "What is the company called?", "");
  await button("Next").click();
  await page.locator("input[aria-invalid='true']").waitFor();
  await page.getByRole("heading", { level: 1, name: "Set up your company" }).waitFor();
  assert.equal(new URL(page.url()).search, "", "nothing goes on");
});
