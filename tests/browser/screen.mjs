// Looking at a screen: axe for those who cannot see it, a picture for those who judge it.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import axe from "axe-core";

const cache = process.env.NEXUS_CACHE ?? join(homedir(), ".cache/nexus");
const pictures = join(cache, "screens");

/** Where a picture or document of this name is kept. */
export async function keepAs(name) {
  await mkdir(pictures, { recursive: true });
  return join(pictures, name);
}

/** Takes a picture and fails on what axe calls serious or critical. */
export async function look(page, name) {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({ path: await keepAs(`${name}.png`) });
  const found = await violations(page);
  assert.deepEqual(found, [], `axe on ${name} (${page.url()})`);
}

async function violations(page) {
  // The protocol evaluates beside the page's content security policy, which lets no foreign script in.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.slice(0, 5).map(({ html, failureSummary }) => `${html}\n${failureSummary}`),
    }));
}
