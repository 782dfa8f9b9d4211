// Chromium with a page that is watched: whatever stands in its console is a fault of ours.
import { chromium } from "playwright-core";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
];

/** No step of the day may take longer; nothing waits for this to pass. */
const PATIENCE_MS = 15_000;

export async function startBrowser(url) {
  const browser = await chromium.launch({
    executablePath: process.env.NEXUS_CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: FLAGS,
  });
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "UTC",
    // Still pictures, and colours that axe measures when they have arrived.
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(PATIENCE_MS);
  // A kept connection that the server has just let go of is made anew, as a browser does.
  const get = context.request.get.bind(context.request);
  context.request.get = (address, options) => get(address, { maxRetries: 2, ...options });
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => faults.push(`${message.type()}: ${message.text()} (${message.location().url})`));
  page.on("pageerror", (error) => faults.push(`uncaught: ${error.stack ?? error.message}`));
  page.on("response", (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} ${response.request().method()} ${response.url()}`);
  });
  return {
    context,
    page,
    /** Lines of the console, errors nobody caught, failures of the server, findings of axe. */
    faults,
    stop: () => browser.close(),
  };
}
