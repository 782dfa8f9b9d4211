// A dashboard goes out by mail: once, and again and again until it is ended.
import assert from "node:assert/strict";
import { test } from "node:test";
import { look } from "./screen.mjs";
import { company } from "./server.mjs";
import { ask, browser, page, server } from "./visit.mjs";

const exact = (name) => ({ name, exact: true });
const dialog = () => page.getByRole("dialog", exact("Send Mornings by mail"));
const told = (text) => page.getByRole("status").filter({ hasText: text }).first().waitFor();
const sent = () => dialog().getByRole("list", exact("What is sent already")).getByRole("listitem");

async function pickMyself() {
  const to = dialog().getByLabel("To whom");
  await to.click();
  await to.fill("wanjiku");
  await page.getByRole("option", { name: "wanjiku" }).first().click();
}

test("a dashboard is mailed at once", async () => {
  const tile = { title: "Open deals", kind: "figure", source: "crm.deal", measure: "count()" };
  const made = await ask("POST", "hub/dashboards", { name: "Mornings", tiles: [tile] });
  assert.equal(made.status(), 201);
  await page.goto(`/hub/dashboards/${(await made.json()).id}`);
  await page.getByRole("button", exact("Share")).click();
  await page.getByRole("menuitem", exact("Send by mail…")).click();
  await pickMyself();
  await dialog().getByRole("button", exact("Send")).click();
  await told("On its way");
  let mail;
  for (const begun = Date.now(); !mail && Date.now() - begun < 10_000; ) {
    mail = (await server.mails()).find((one) => one.includes(company.email) && one.includes("application/pdf"));
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  assert.match(mail ?? "no mail", /Subject: Mornings/);
});

test("it is sent every week, paused, and ended", async () => {
  await pickMyself();
  await dialog().getByLabel("How often").selectOption({ label: "Every week" });
  await dialog().getByLabel("On", { exact: true }).selectOption({ label: "Friday" });
  await dialog().getByLabel("At", { exact: true }).fill("06:30");
  await dialog().getByRole("button", exact("Send regularly")).click();
  await sent().filter({ hasText: "Every Friday at 06:30" }).waitFor();
  const [schedule] = (await (await ask("GET", "core/schedules?filter=action == 'hub.send_dashboard'")).json()).data;
  assert.deepEqual([schedule.cron, schedule.zone], ["30 6 * * FRI", "UTC"]);
  await look(browser, "mail", { strict: true });
  await sent().getByRole("button", { name: /^Pause/ }).click();
  await sent().filter({ hasText: "paused" }).waitFor();
  await sent().getByRole("button", { name: /^Go on/ }).click();
  await sent().getByRole("button", { name: /^Pause/ }).waitFor();
  const before = (await server.mails()).length;
  await sent().getByRole("button", { name: /^Send now/ }).click();
  for (const begun = Date.now(); (await server.mails()).length === before && Date.now() - begun < 10_000; ) {
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  assert.equal((await server.mails()).length, before + 1);
  await sent().getByRole("button", { name: /^End/ }).click();
  await sent().waitFor({ state: "detached" });
  assert.deepEqual(browser.faults, [], "axe, the console and the server have nothing to say");
});
