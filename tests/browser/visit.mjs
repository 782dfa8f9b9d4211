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

/** Asks the API as the person who is signed in does. */
export async function ask(method, path, data) {
  const cookie = (await browser.context.cookies()).find(({ name }) => name === "nexus_csrf");
  const headers = { "X-CSRF-Token": decodeURIComponent(cookie.value) };
  return browser.context.request.fetch(`${server.url}/api/v1/${path}`, { method, data, headers });
}
