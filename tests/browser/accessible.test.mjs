// Every kind of page in every theme and in a language read from the right: axe finds nothing wrong, of whatever weight.
import assert from "node:assert/strict";
import { test } from "node:test";
import { begin } from "./begin.mjs";
import { go, pages, settled } from "./pages.mjs";
import { look } from "./screen.mjs";
import { company } from "./server.mjs";
import { signIn } from "./ui.mjs";

const { browser, page, quiet } = await begin({ demo: true, signedIn: false });
let shown;

test("the page on which one signs in is accessible", async () => {
  await page.goto("/");
  await settled(page);
  await look(browser, "login", { strict: true });
  await signIn(page, company);
  shown = await pages(browser.context);
  quiet();
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
    await page.reload();
    for (const [name, { address, act }] of Object.entries(shown)) {
      // What was opened over the page before is gone with it.
      if (act) await page.goto(address);
      await go(page, address);
      await act?.(page);
      await look(browser, `${theme.replaceAll(" ", "-")}-${name}`, { strict: true });
    }
    assert.equal(await page.getAttribute("html", "dir"), language === "ar" ? "rtl" : "ltr");
    quiet();
    t.diagnostic(`${Object.keys(shown).length} kinds of pages`);
  });
}
