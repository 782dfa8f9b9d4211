// The API explorer: an operation is tried and a question of GraphQL asked, as who is signed in and under the page's policy.
import assert from "node:assert/strict";
import { test } from "node:test";
import { look } from "./screen.mjs";
import { open } from "./ui.mjs";
import { browser, page, quiet } from "./visit.mjs";

test("an operation is found by its app and changes something", async () => {
  await open(page, "/api", "API");
  await page.getByLabel("App", { exact: true }).selectOption("crm");
  await page.locator("#operations-crm-crm_create_lead .opblock-summary-control").click();
  const operation = page.locator("#operations-crm-crm_create_lead");
  await operation.locator("textarea.body-param__text").fill('{"name": "Élodie Laurent"}');
  await operation.getByRole("button", { name: "Execute" }).click();
  await operation.locator(".live-responses-table .response-col_status", { hasText: "201" }).waitFor();
  assert.match(await operation.locator(".live-responses-table").innerText(), /"name": "Élodie Laurent"/);
  quiet();
});

test("a question of GraphQL is answered, and a mistake in it is told", async () => {
  await page.getByRole("tab", { name: "GraphQL" }).click();
  const query = page.getByLabel("Query or mutation");
  await query.fill('query ($name: String) { crm_list_lead(q: $name, count: "exact") { count data { name state } } }');
  await page.getByLabel("Variables, as JSON").fill('{"name": "Laurent"}');
  await query.press("Control+Enter");
  const answer = page.getByLabel("Answer");
  await answer.waitFor();
  assert.deepEqual(JSON.parse(await answer.innerText()), {
    data: { crm_list_lead: { count: 1, data: [{ name: "Élodie Laurent", state: "new" }] } },
  });
  await query.fill("{ crm_list_lead { nothing } }");
  await page.getByRole("button", { name: "Run" }).click();
  await page.getByText("Unknown field").waitFor();
  await look(browser, "api-graphql");
  quiet();
});
