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

const traffics = new WeakMap();

/** What the page has asked for and not been answered, but for the stream of events, which has no end. */
export const trafficOf = (page) => traffics.get(page);

/** Whoever makes a page of their own has it watched from the beginning. */
export function watch(page) {
  const traffic = { pending: new Set(), last: Date.now() };
  const ended = (request) => {
    traffic.pending.delete(request);
    traffic.last = Date.now();
  };
  page.on("request", (request) => {
    // What the page before had asked for ends with it.
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) traffic.pending.clear();
    if (request.resourceType() !== "eventsource") traffic.pending.add(request);
    traffic.last = Date.now();
  });
  page.on("requestfinished", ended);
  page.on("requestfailed", ended);
  traffics.set(page, traffic);
  return page;
}

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
  const page = watch(await context.newPage());
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
