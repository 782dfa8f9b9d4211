// The real binary on a data folder of its own, set up and served as a person would.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
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

/** Starts a server; `NEXUS_BIN` is the binary. Answers its address and how to end it. */
export async function startServer({ demo = false } = {}) {
  const binary = process.env.NEXUS_BIN;
  if (!binary) throw new Error("set NEXUS_BIN to the binary; `cargo xtask build` prints its path");
  const data = await mkdtemp(join(tmpdir(), "nexus-browser-"));
  await setUp(binary, data, demo);
  const server = spawn(binary, ["serve", "--data", data, "--listen", "127.0.0.1:0"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
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
  const init = spawn(binary, ["init", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const said = [];
  init.stdout.on("data", (chunk) => said.push(chunk));
  init.stderr.on("data", (chunk) => said.push(chunk));
  const [code] = await once(init, "close");
  if (code !== 0) throw new Error(`nexus init ended with ${code}:\n${said.join("")}`);
}
