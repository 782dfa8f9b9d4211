// A server and a browser for as long as the tests of one file run, and what all of them ask of both.
import assert from "node:assert/strict";
import { after } from "node:test";
import { startBrowser } from "./chromium.mjs";
import { company, startServer } from "./server.mjs";
import { signIn } from "./ui.mjs";

/** Starts both: with the demo company if `demo`, and with its administrator in the browser unless `signedIn` is false. */
export async function begin({ demo = false, signedIn = true } = {}) {
  const server = await startServer({ demo });
  let browser;
  const end = async () => {
    await browser?.stop();
    assert.equal(await server.stop(), 0, "the server ends in order when it is asked to");
  };
  try {
    browser = await startBrowser(server.url);
    if (signedIn) await signIn(browser.page, company);
  } catch (error) {
    // No test comes after whose end the server would be stopped.
    await end();
    throw error;
  }
  after(end);

  /** Asks the API as the person who is signed in does. */
  async function ask(method, path, data) {
    const cookie = (await browser.context.cookies()).find(({ name }) => name === "nexus_csrf");
    const headers = { "X-CSRF-Token": decodeURIComponent(cookie.value) };
    return browser.context.request.fetch(`${server.url}/api/v1/${path}`, { method, data, headers });
  }

  return {
    server,
    browser,
    page: browser.page,
    ask,
    /** What the server answers, which is no refusal. */
    reply: async (method, path, data) => {
      const answer = await ask(method, path, data);
      const text = await answer.text();
      assert.ok(answer.ok(), `${method} ${path}: ${text}`);
      return text ? JSON.parse(text) : null;
    },
    /** Nothing was wrong since it was asked last, but for what the browser says of refusals that were `meant`. */
    quiet: (meant) => {
      const faults = browser.faults.splice(0).filter((fault) => !meant?.test(fault));
      assert.deepEqual(faults, [], "axe, the console and the server have nothing to say");
    },
  };
}
