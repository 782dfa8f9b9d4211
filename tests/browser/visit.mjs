// Whoever imports this has a server of their own, with its administrator signed in, for as long as their tests run.
import { after, before } from "node:test";
import { startBrowser } from "./chromium.mjs";
import { company, startServer } from "./server.mjs";
import { signIn } from "./ui.mjs";

export let server;
export let browser;
export let page;

before(async () => {
  server = await startServer();
  browser = await startBrowser(server.url);
  page = browser.page;
  await signIn(page, company);
});

after(async () => {
  await browser?.stop();
  await server?.stop();
});
