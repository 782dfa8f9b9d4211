/** Vite plugin: bundles just the Tabler icons that the manifests name, as `virtual:manifest-icons`. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const ID = "virtual:manifest-icons";
/** Icons for objects that a company makes of its own, beside those of the apps. */
const FURTHER = [
  "briefcase",
  "building-warehouse",
  "camera",
  "car",
  "device-laptop",
  "flag",
  "gift",
  "heart",
  "home",
  "leaf",
  "mail",
  "phone",
  "plane",
  "school",
  "shield",
  "ticket",
  "tool",
  "tools-kitchen-2",
  "truck",
  "world",
];
const SKIPPED = new Set(["node_modules", "target", ".git", "dist"]);

function manifestsUnder(dir: string): string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : manifestsUnder(join(dir, entry.name));
    return entry.name.endsWith(".toml") ? [join(dir, entry.name)] : [];
  });
}

function componentOf(icon: string): string {
  return `Icon${icon
    .split("-")
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("")}`;
}

/** Icons come from `icon = "…"` lines of the manifests below `roots`; unknown names are reported and left out. */
export function manifestIcons(root: string, roots: string[]): Plugin {
  return {
    name: "manifest-icons",
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    load(id) {
      if (id !== `\0${ID}`) return undefined;
      const names = new Set<string>(FURTHER);
      for (const file of roots.flatMap((dir) => manifestsUnder(join(root, dir)))) {
        for (const match of readFileSync(file, "utf8").matchAll(/^\s*icon\s*=\s*"([a-z0-9-]+)"/gm)) {
          if (match[1]) names.add(match[1]);
        }
      }
      const known = [...names].sort().filter((name) => {
        const path = join("node_modules/@tabler/icons-react/dist/esm/icons", `${componentOf(name)}.mjs`);
        const found = existsSync(path);
        if (!found) this.warn(`a manifest names the icon "${name}", which Tabler does not have`);
        return found;
      });
      const imports = known
        .map(
          (name) =>
            `import ${componentOf(name)} from "@tabler/icons-react/dist/esm/icons/${componentOf(name)}.mjs";`,
        )
        .join("\n");
      const entries = known.map((name) => `${JSON.stringify(name)}: ${componentOf(name)}`).join(", ");
      return `${imports}\nexport const manifestIcons = { ${entries} };`;
    },
  };
}
