// Runs the unit tests `src/**/*.test.ts`: bundled as the browser would have them, then run by Node.
import { spawn } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";

/** What modules ask of a browser while they are loaded. */
const BROWSER = 'globalThis.navigator ??= { language: "en", languages: ["en"] };';
const OUT = "node_modules/.tests";
const tests = readdirSync("src", { recursive: true }).filter((file) => file.endsWith(".test.ts"));

rmSync(OUT, { recursive: true, force: true });
await build({
  logLevel: "error",
  build: {
    ssr: true,
    outDir: OUT,
    rolldownOptions: {
      input: Object.fromEntries(
        tests.map((file) => [file.replaceAll("/", ".").slice(0, -3), join("src", file)]),
      ),
      output: { entryFileNames: "[name].mjs", banner: BROWSER },
    },
  },
});
const files = readdirSync(OUT).filter((file) => file.endsWith(".test.mjs"));
const run = spawn(
  process.execPath,
  ["--test", "--test-reporter=dot", ...files.map((file) => join(OUT, file))],
  {
    stdio: "inherit",
  },
);
run.on("exit", (code) => process.exit(code ?? 1));
