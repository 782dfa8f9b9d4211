// Every kind of page in every theme and in a language read from the right: axe finds nothing wrong, of whatever weight.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser } from "./chromium.mjs";
import { pages, settled } from "./pages.mjs";
import { look } from "./screen.mjs";
import { company, startServer } from "./server.mjs";
import { signIn } from "./ui.mjs";

let server;
let browser;
let page;
let shown;

before(async () => {
  server = await startServer({ demo: true });
  browser = await startBrowser(server.url);
  page = browser.page;
  await page.goto("/");
  await settled(page);
  await look(browser, "login", { strict: true });
  await signIn(page, company);
  shown = await pages(browser.context);
});

after(async () => {
  await browser?.stop();
  await server?.stop();
});

const themes = {
  light: { colorScheme: "light", contrast: "normal" },
  dark: { colorScheme: "dark", contrast: "normal" },
  "light with high contrast": { colorScheme: "light", contrast: "more" },
  "dark with high contrast": { colorScheme: "dark", contrast: "more" },
  "light in Arabic": { colorScheme: "light", contrast: "normal", language: "ar" },
};

for (const [theme, { colorScheme, contrast, language = "en" }] of Object.entries(themes)) {
  test(`every kind of page is accessible: ${theme}`, async (t) => {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(
      ([contrast, language]) => {
        localStorage.setItem("nexus-look", JSON.stringify({ contrast }));
        localStorage.setItem("nexus-language", language);
      },
      [contrast, language],
    );
    for (const [name, { address, act }] of Object.entries(shown)) {
      await page.goto(address);
      await settled(page);
      await act?.(page);
      await look(browser, `${theme.replaceAll(" ", "-")}-${name}`, { strict: true });
    }
    assert.equal(await page.getAttribute("html", "dir"), language === "ar" ? "rtl" : "ltr");
    assert.deepEqual(browser.faults.splice(0), [], "axe, the console and the server have nothing to say");
    t.diagnostic(`${Object.keys(shown).length} kinds of pages`);
  });
}
