// What goes wrong while somebody works, and what they keep: slow and broken connections, impatience, a session that ends.
import assert from "node:assert/strict";
import { test } from "node:test";
import { browser, page, quiet, reply } from "./demo.mjs";
import { look } from "./screen.mjs";
import { company } from "./server.mjs";
import { open, set } from "./ui.mjs";

const exact = (name) => ({ name, exact: true });
const button = (name) => page.getByRole("button", exact(name));
const field = (name) => page.getByLabel(name, { exact: true });
const said = (text) => page.getByRole("status").filter({ hasText: text }).first().waitFor();
const notes = async (title) => (await reply("GET", `notes/notes?filter=${encodeURIComponent(`title == "${title}"`)}`)).data;

/** Holds back what is sent with this method until it is let go by what this answers. */
async function hold(method, path) {
  let free;
  const freed = new Promise((resolve) => {
    free = resolve;
  });
  await page.route(path, async (route) => {
    if (route.request().method() === method) await freed;
    await route.continue();
  });
  return free;
}

test("what is typed while a save is on its way stays, and is saved next", async () => {
  const { id } = await reply("POST", "notes/notes", { title: "Slow road" });
  await open(page, `/notes/notes/${id}`, "Slow road");
  await set(page, "Title", "Slow roads");
  const go = await hold("PATCH", "**/api/v1/notes/notes/*");
  await page.keyboard.press("Control+s");
  await field("Title").fill("Slow roads to Limuru");
  go();
  await said("Saved");
  await button("Discard").waitFor();
  assert.equal(await field("Title").inputValue(), "Slow roads to Limuru");
  assert.equal((await reply("GET", `notes/notes/${id}`)).title, "Slow roads");
  await button("Save").click();
  await button("Discard").waitFor({ state: "detached" });
  assert.equal((await reply("GET", `notes/notes/${id}`)).title, "Slow roads to Limuru");
  quiet();
});

test("what is typed while a record is made is found on its page", async () => {
  await open(page, "/notes/notes/new", "New note");
  await set(page, "Title", "Long road");
  const go = await hold("POST", "**/api/v1/notes/notes");
  await page.keyboard.press("Control+s");
  await field("Title").fill("Long road to Kisumu");
  go();
  await page.getByRole("heading", { level: 1, name: "Long road", exact: true }).waitFor();
  await button("Discard").waitFor();
  assert.equal(await field("Title").inputValue(), "Long road to Kisumu");
  await button("Discard").click();
  quiet();
});

test("an impatient hand makes one record", async () => {
  await open(page, "/notes/notes/new", "New note");
  await set(page, "Title", "Twice over");
  await page.evaluate(() => {
    const form = document.querySelector("form[data-record]");
    for (let times = 0; times < 3; times += 1) form.requestSubmit();
  });
  await said("Note created");
  assert.equal((await notes("Twice over")).length, 1);
  quiet();
});

test("an answer that was lost is asked for again, and nothing is made twice", async () => {
  await open(page, "/notes/notes/new", "New note");
  await set(page, "Title", "Lost answer");
  let lost = 0;
  await page.route("**/api/v1/notes/notes", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    await route.fetch();
    lost += 1;
    await route.abort("connectionreset");
  });
  await button("Save").click();
  await page.getByRole("alert").filter({ hasText: "cannot be reached" }).waitFor();
  assert.equal(await field("Title").inputValue(), "Lost answer");
  await look(browser, "trouble-lost");
  await page.unroute("**/api/v1/notes/notes");
  await button("Save").click();
  await page.getByRole("heading", { level: 1, name: "Lost answer", exact: true }).waitFor();
  assert.equal(lost, 1);
  assert.equal((await notes("Lost answer")).length, 1);
  quiet(/ERR_CONNECTION_RESET/);
});

test("a change whose answer was lost is no conflict with oneself", async () => {
  const { id } = await reply("POST", "notes/notes", { title: "Echo" });
  await open(page, `/notes/notes/${id}`, "Echo");
  await set(page, "Title", "Echoes");
  await page.route("**/api/v1/notes/notes/*", async (route) => {
    if (route.request().method() !== "PATCH") return route.continue();
    await route.fetch();
    await route.abort("connectionreset");
  });
  await button("Save").click();
  await page.getByRole("alert").filter({ hasText: "cannot be reached" }).waitFor();
  await page.unroute("**/api/v1/notes/notes/*");
  await button("Save").click();
  await button("Save").waitFor({ state: "detached" });
  assert.equal(await page.getByRole("region", exact("Changed in the meantime")).count(), 0);
  assert.equal(await field("Title").inputValue(), "Echoes");
  quiet(/ERR_CONNECTION_RESET|412/);
});

test("a session that ends is begun again in place, and what was typed is saved", async () => {
  const { id } = await reply("POST", "notes/notes", { title: "Tea break" });
  await open(page, `/notes/notes/${id}`, "Tea break");
  await set(page, "Title", "Tea break is over");
  const kept = await browser.context.cookies();
  await browser.context.clearCookies();
  await browser.context.addCookies(kept.map((one) => (one.name === "nexus_csrf" ? one : { ...one, value: "gone" })));
  await button("Save").click();
  const dialog = page.getByRole("dialog", exact("Sign in again"));
  await dialog.getByLabel("Password", { exact: true }).fill("not the one");
  await dialog.getByRole("button", exact("Sign in")).click();
  await dialog.getByRole("alert").waitFor();
  await look(browser, "trouble-signin", { strict: true });
  assert.equal(await dialog.getByLabel("Email", { exact: true }).inputValue(), company.email);
  await dialog.getByLabel("Password", { exact: true }).fill(company.password);
  await dialog.getByRole("button", exact("Sign in")).click();
  await dialog.waitFor({ state: "detached" });
  await button("Save").click();
  await said("Saved");
  assert.equal((await reply("GET", `notes/notes/${id}`)).title, "Tea break is over");
  quiet(/40[13]/);
});

test("who cannot be signed out stays signed in, and knows it", async () => {
  await page.route("**/api/v1/session", (route) => route.abort("connectionreset"));
  await page.getByRole("button", { name: /preferences/ }).click();
  await page.getByRole("menuitem", exact("Sign out")).click();
  await page.getByRole("alert").filter({ hasText: "cannot be reached" }).waitFor();
  await page.getByRole("navigation", exact("Main")).waitFor();
  await page.unroute("**/api/v1/session");
  quiet(/ERR_CONNECTION_RESET/);
});
