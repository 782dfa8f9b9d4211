// The real binary on a data folder of its own, set up and served as a person would.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Who signs in, and the company that is set up. */
export const company = {
  name: "Kibo Traders Ltd",
  country: "KE",
  currency: "KES",
  email: "wanjiku@kibo.example",
  password: "a quiet morning in Nairobi",
};

/**
 * Starts a server; `NEXUS_BIN` is the binary. Answers its address and how to end it. One that is `empty` has no company,
 * and prints where one is set up. `imports` are read in before: each an object, the text of a CSV file, and flags of
 * `nexus import`. Mail goes into a folder.
 */
export async function startServer({ demo = false, empty = false, imports = [] } = {}) {
  const binary = process.env.NEXUS_BIN;
  if (!binary) throw new Error("set NEXUS_BIN to the binary; `cargo xtask build` prints its path");
  const data = await mkdtemp(join(tmpdir(), "nexus-browser-"));
  if (!empty) await setUp(binary, data, demo);
  for (const { object, csv, flags = [] } of imports) {
    const args = ["import", object, "-", "--data", data, "--user", company.email, ...flags];
    await finished(binary, args, csv);
  }
  const outbox = join(data, "outbox");
  const mail = ["--mail", `file:${outbox}`, "--mail-from", "Nexus <nexus@kibo.example>"];
  const server = spawn(binary, ["serve", "--data", data, "--listen", "127.0.0.1:0", ...mail], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  // It does not outlive its tests, however they end.
  process.once("exit", () => server.kill());
  const said = [];
  const listening = new Promise((resolve, reject) => {
    for (const stream of [server.stdout, server.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        said.push(line);
        const address = line.match(/listening on (http:\/\/\S+)/);
        if (address) resolve(address[1]);
      });
    }
    server.once("error", reject);
    server.once("exit", (code) => reject(new Error(`the server ended with ${code}:\n${said.join("\n")}`)));
  });
  return {
    url: await listening,
    /** What the server wrote so far, for a failing test. */
    said,
    /** Where the first company is set up. */
    setup: said.join("\n").match(/http:\S+\/setup#\S+/)?.[0],
    /** What was mailed so far. */
    mails: async () => {
      const files = await readdir(outbox).catch(() => []);
      return Promise.all(files.map((file) => readFile(join(outbox, file), "utf8")));
    },
    stop: async () => {
      if (server.exitCode === null) {
        server.kill("SIGTERM");
        await once(server, "exit");
      }
      await rm(data, { recursive: true, force: true });
      return server.exitCode;
    },
  };
}

async function setUp(binary, data, demo) {
  const { name, country, currency, email, password } = company;
  const flags = { data, company: name, country, currency, email, password };
  const args = Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value]);
  if (demo) args.push("--demo");
  await finished(binary, ["init", ...args]);
}

/** Runs a command to its end; what it said is told when it fails. */
async function finished(binary, args, given = "") {
  const command = spawn(binary, args, { stdio: ["pipe", "pipe", "pipe"] });
  const said = [];
  command.stdout.on("data", (chunk) => said.push(chunk));
  command.stderr.on("data", (chunk) => said.push(chunk));
  command.stdin.end(given);
  const [code] = await once(command, "close");
  if (code !== 0) throw new Error(`nexus ${args[0]} ended with ${code}:\n${said.join("")}`);
}
