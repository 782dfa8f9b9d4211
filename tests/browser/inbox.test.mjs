// The inbox: what one is told, and what waits for one to decide.
import assert from "node:assert/strict";
import { test } from "node:test";
import { look } from "./screen.mjs";
import { open } from "./ui.mjs";
import { ask, browser, page, quiet, server } from "./visit.mjs";

/** A note whose deletion waits for somebody to decide it. */
async function waiting(title) {
  const { id } = await (await ask("POST", "notes/notes", { title })).json();
  assert.equal((await ask("DELETE", `notes/notes/${id}`)).status(), 202);
  return id;
}

const button = (name) => page.getByRole("button", { name, exact: true });

test("what waits is decided where one is told of it", async () => {
  await open(page, "/inbox", "Inbox");
  await page.getByText("Nothing new").waitFor();
  await look(browser, "inbox-empty");

  const rule = { "approval.delete": { by: ["administrator"], own: true } };
  assert.ok((await ask("POST", "actions/core.customise", { object: "notes.note", set: rule })).ok());
  const kept = await waiting("Prices of 2025");
  const gone = await waiting("Old prices");

  await page.goto("/");
  await page.getByRole("link", { name: "Inbox 2 unread", exact: true }).click();
  const list = page.getByRole("region", { name: "Waiting for you to decide", exact: true });
  await list.getByText("Deletes note Old prices", { exact: true }).waitFor();
  await look(browser, "inbox");

  await button("Refuse: Delete note Prices of 2025").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Note", { exact: true }).fill("The auditors ask for them");
  await look(browser, "inbox-refuse");
  await dialog.getByRole("button", { name: "Refuse", exact: true }).click();
  await button("Refuse: Delete note Prices of 2025").waitFor({ state: "detached" });
  await button("Approve: Delete note Old prices").click();
  await dialog.getByRole("button", { name: "Approve", exact: true }).click();
  await list.waitFor({ state: "detached" });
  assert.equal((await ask("GET", `notes/notes/${kept}`)).status(), 200);
  assert.equal((await ask("GET", `notes/notes/${gone}`)).status(), 404);
  const { data } = await (await ask("GET", "core/approvals?sort=created_at")).json();
  assert.deepEqual(
    data.map(({ state, note }) => [state, note]),
    [
      ["refused", "The auditors ask for them"],
      ["approved", null],
    ],
  );
});

test("what one is told is read one by one, or all at once", async () => {
  await open(page, "/inbox", "Inbox");
  const news = page.getByRole("region", { name: "Notifications", exact: true });
  const title = "wanjiku asks: Delete note Old prices";
  await button(`Mark as read: ${title}`).waitFor();
  const all = await news.getByRole("button", { name: /^Mark as read: / }).count();
  await button(`Mark as read: ${title}`).click();
  await button(`Mark as read: ${title}`).waitFor({ state: "detached" });
  await page.getByRole("link", { name: `Inbox ${all - 1} unread`, exact: true }).waitFor();

  await news.getByRole("link", { name: "wanjiku asks: Delete note Prices of 2025" }).click();
  await page.getByRole("heading", { level: 1, name: "Delete note Prices of 2025" }).waitFor();
  await page.goBack();

  await button("Mark all as read").click();
  await page.getByText("Nothing new").waitFor();
  await page.getByRole("link", { name: "Inbox", exact: true }).waitFor();
  quiet();
});
