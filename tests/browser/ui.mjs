// What a person does on any page, found by role and name as a screen reader finds it.
import assert from "node:assert/strict";

const exact = (name) => ({ name, exact: true });

/** Signs in on the page that is shown to strangers. */
export async function signIn(page, { email, password }) {
  await page.goto("/");
  await page.getByLabel("Email", { exact: true }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", exact("Sign in")).click();
  await page.getByRole("navigation", exact("Main")).waitFor();
}

/** Opens a list or report by its address and waits for its heading. */
export async function open(page, address, heading) {
  await page.goto(address);
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
}

/** Inputs within `scope` by their label, which ends in a star where a value is required. */
export function input(page, scope, label) {
  const text = new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}( \\*)?$`);
  return scope.getByLabel(text).and(page.locator("input, select, textarea"));
}

/** Sets a field of a form by its label; a link is looked up by typing. */
export async function set(page, label, value) {
  await setField(page, input(page, page, label).first(), value);
}

/** Sets a cell of child rows; rows count from 0. */
export async function setCell(page, table, row, column, value) {
  await setField(page, input(page, page.getByRole("region", exact(table)), column).nth(row), value);
}

async function setField(page, field, value) {
  await field.waitFor();
  const [tag, role] = await field.evaluate((node) => [node.tagName, node.getAttribute("role")]);
  if (tag === "SELECT") {
    await field.selectOption({ label: value });
  } else if (role === "combobox" || (await field.getAttribute("aria-haspopup")) === "listbox") {
    await field.click();
    await field.fill(value);
    // The offer to make one stands there before the search has answered.
    await page.getByRole("option", { name: value }).filter({ hasNotText: "Create “" }).first().click();
  } else {
    await field.fill(value);
    // Leaving the field is what makes a date or an amount of what was typed.
    await field.press("Tab");
  }
}

/** Makes a record from a list: fields by label, then rows by table and column. Answers its address. */
export async function create(page, address, label, fields, rows = {}) {
  await page.goto(address);
  await page.getByRole("link", exact(`New ${label}`)).first().click();
  await page.getByRole("button", exact("Save")).waitFor();
  for (const [name, value] of Object.entries(fields)) await set(page, name, value);
  for (const [table, lines] of Object.entries(rows)) {
    for (const [row, cells] of lines.entries()) {
      await addRow(page, table, row);
      for (const [column, value] of Object.entries(cells)) await setCell(page, table, row, column, value);
    }
  }
  await save(page);
  await page.waitForURL((url) => !url.pathname.endsWith("/new"));
  return new URL(page.url()).pathname;
}

async function addRow(page, table, row) {
  const region = page.getByRole("region", exact(table));
  const removers = region.getByRole("button", { name: /^Remove row/ });
  if ((await removers.count()) > row) return;
  // The button stands below the scrolling region of the rows.
  await region.locator("..").getByRole("button", exact("Add row")).click();
  await removers.nth(row).waitFor();
}

export async function save(page) {
  await page.getByRole("button", exact("Save")).click();
}

/** Moves the record shown to another state by its button. */
export async function moveTo(page, state) {
  await page.getByRole("button", exact(`Move to ${state}`)).click();
  await expectState(page, state);
}

export async function expectState(page, state) {
  const current = page.getByRole("list", exact("State")).locator('[aria-current="step"]');
  await expectText(current, state);
}

/** Runs an action of the record shown, through its dialog and preview where it has them. */
export async function act(page, label, values = {}) {
  const button = page.getByRole("button", exact(label));
  const more = page.getByRole("button", exact("More actions"));
  await more.waitFor();
  if (await button.isVisible()) {
    await button.click();
  } else {
    await more.click();
    await page.getByRole("menuitem", exact(label)).click();
  }
  const dialog = page.getByRole("dialog");
  const done = page.getByRole("status").filter({ hasText: `${label}: done` });
  await dialog.or(done).first().waitFor();
  const seen = [];
  if (await dialog.isVisible()) {
    for (const [name, value] of Object.entries(values)) {
      await setField(page, input(page, dialog, name).first(), value);
    }
    const preview = dialog.getByRole("region", exact("What this does"));
    const submit = dialog.getByRole("button", exact(label));
    const ask = dialog.getByRole("button", exact("Preview"));
    // Without fields the dialog asks for its preview by itself.
    const fields = await dialog.locator("input, select, textarea").count();
    if (fields > 0 && (await ask.isVisible())) await ask.click();
    await submit.waitFor();
    if (await preview.isVisible()) seen.push(await preview.innerText());
    await submit.click();
    await dialog.waitFor({ state: "hidden" });
  }
  await done.first().waitFor();
  return seen.join("\n");
}

/** A read-only field: a named group, or a line of a document's totals. */
function readOnly(page, field) {
  const total = page.locator("dl > div").filter({ has: page.getByText(field, { exact: true }) });
  return page.getByRole("group", exact(field)).or(total).first();
}

/** Follows a link that stands in a read-only field. */
export async function follow(page, field) {
  const before = page.url();
  await readOnly(page, field).getByRole("link").click();
  await page.waitForURL((url) => url.href !== before);
}

/** The text that a read-only field shows, its label left out. */
export async function shown(page, field) {
  const text = await readOnly(page, field).innerText();
  return text.replace(field, "").trim();
}

/** Fails unless a read-only field shows this text, now or soon. */
export async function expectField(page, field, text) {
  await expectText(readOnly(page, field), text);
}

/** Waits until the element shows this text, white space aside. */
async function expectText(locator, text) {
  try {
    await locator.filter({ hasText: text }).first().waitFor();
  } catch {
    const last = await locator.first().innerText();
    assert.fail(`expected “${text}”, shown is “${last}”`);
  }
}

/** The rows of the table on the page, as texts. */
export async function rowsOf(page) {
  const rows = page.getByRole("row");
  await rows.first().waitFor();
  const texts = await rows.allInnerTexts();
  assert.ok(texts.length > 0, "the table has rows");
  return texts.map((text) => text.split(/[\t\n]+/).map((cell) => cell.trim()));
}
