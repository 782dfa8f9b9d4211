// Looking at a screen: axe for those who cannot see it, a picture for those who judge it.
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

/** What counts as a fault unless nothing may be wrong. */
const GRAVE = ["serious", "critical"];

/** Takes a picture; what axe finds in it, `strict` all of it, is added to `faults`, so that one run tells all. */
export async function look({ page, faults }, name, { strict = false } = {}) {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({ path: await keepAs(`${name}.png`) });
  for (const { id, help, nodes } of await violations(page, strict)) {
    // What stands on every page, such as the navigation, is told once.
    const fresh = nodes.filter((node) => !faults.some((fault) => fault.includes(node)));
    if (fresh.length > 0) faults.push(`axe on ${name} (${page.url()}): ${id}: ${help}\n  ${fresh.join("\n  ")}`);
  }
}

async function violations(page, strict) {
  // The protocol evaluates beside the page's content security policy, which lets no foreign script in.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return violations
    .filter(({ impact }) => strict || GRAVE.includes(impact))
    .map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.map(({ html }) => html.replace(/ (id|aria-controls|data-status|aria-current)="[^"]*"/g, "").slice(0, 300)),
    }));
}
