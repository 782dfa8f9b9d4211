/** Vite plugin: writes `sw.js`, which keeps the shell of this build at hand: the page, its first scripts, styles, font. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plugin, Rolldown } from "vite";

/** Letters that most pages need; others are fetched, and kept, when they are first seen. */
const FONT = /latin-wght-normal.*\.woff2$/;
const PUBLIC = ["theme.js", "favicon.svg", "manifest.webmanifest"];

/** What the page names, and what that imports: all that is loaded before anything is clicked. */
function firstOf(bundle: Rolldown.OutputBundle): string[] {
  const page = bundle["index.html"];
  if (page?.type !== "asset")
    throw new Error("index.html is not written yet: sw.js would not know its files");
  const found = new Set<string>();
  const add = (name: string): void => {
    const file = bundle[name];
    if (!file) throw new Error(`${name} is asked for by the page and not built`);
    if (found.has(name)) return;
    found.add(name);
    if (file.type === "chunk") file.imports.forEach(add);
  };
  for (const [, name] of String(page.source).matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)) add(name ?? "");
  for (const name of Object.keys(bundle)) if (FONT.test(name) && !name.includes("ext")) found.add(name);
  return [...found].sort();
}

export function serviceWorker(template: string): Plugin {
  return {
    name: "service-worker",
    // Bundles that Node runs, those of the unit tests, have no page.
    apply: ({ build }, { command }) => command === "build" && !build?.ssr,
    // After Vite has written the page and dropped an entry that had nothing but imports.
    enforce: "post",
    generateBundle(_, bundle) {
      const files = ["/", ...PUBLIC.map((name) => `/${name}`), ...firstOf(bundle).map((name) => `/${name}`)];
      const list = JSON.stringify(files);
      const build = createHash("sha256").update(Object.keys(bundle).sort().join()).digest("hex").slice(0, 12);
      const text = readFileSync(template, "utf8")
        .replace("__FILES__", () => list)
        .replace("__BUILD__", build);
      this.emitFile({ type: "asset", fileName: "sw.js", source: text });
    },
  };
}
