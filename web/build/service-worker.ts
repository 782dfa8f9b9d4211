/** Vite plugin: writes `sw.js`, which keeps the shell of this build at hand: the page, its first scripts, styles, font. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plugin, Rolldown } from "vite";

/** Letters that most pages need; others are fetched, and kept, when they are first seen. */
const FONT = /latin-wght-normal.*\.woff2$/;
const PUBLIC = ["theme.js", "favicon.svg", "manifest.webmanifest"];

/** What a page loads before anything is clicked: the entry with all that it imports, and their styles. */
function firstOf(bundle: Rolldown.OutputBundle): string[] {
  const found = new Set<string>();
  const add = (name: string): void => {
    const chunk = bundle[name];
    if (found.has(name) || chunk?.type !== "chunk") return;
    found.add(name);
    for (const style of chunk.viteMetadata?.importedCss ?? []) found.add(style);
    chunk.imports.forEach(add);
  };
  for (const [name, output] of Object.entries(bundle)) {
    if (output.type === "chunk" && output.isEntry) add(name);
    if (FONT.test(name) && !name.includes("ext")) found.add(name);
  }
  return [...found].sort();
}

export function serviceWorker(template: string): Plugin {
  return {
    name: "service-worker",
    apply: "build",
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
