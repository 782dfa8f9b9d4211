// How quickly a page answers a hand: the browser's own event timing, and the moment that what was asked for stands there.

/** Event timing tells of nothing shorter. */
const LEAST_MS = 16;
/** Runs in the page, before its own scripts. */
function watch(least) {
  const PATIENCE_MS = 15_000;
  const STILL_MS = 500;
  const seen = { events: [], tasks: [], last: 0 };
  globalThis.stopwatch = seen;
  // A drag has no id of interaction: the browser takes the pointer away when it begins.
  const DRAGGED = ["dragstart", "dragenter", "dragover", "drop", "dragend"];
  const takeEvents = (entries) => {
    for (const { name, duration, interactionId } of entries)
      if (interactionId || DRAGGED.includes(name)) seen.events.push(duration);
  };
  const takeTasks = (entries) => {
    for (const { duration } of entries) seen.tasks.push(duration);
  };
  const events = new PerformanceObserver((list) => takeEvents(list.getEntries()));
  events.observe({ type: "event", durationThreshold: least, buffered: true });
  const tasks = new PerformanceObserver((list) => takeTasks(list.getEntries()));
  tasks.observe({ type: "longtask" });
  // A page that draws nothing may be given no frame.
  const soon = (ask) =>
    new Promise((done) => {
      ask(done);
      setTimeout(done, STILL_MS);
    });
  /** All of it: the browser tells of an event once the frame after it was shown, and hands entries over when it is idle. */
  seen.told = async () => {
    for (let frame = 0; frame < 3; frame += 1) await soon(requestAnimationFrame);
    await soon(requestIdleCallback);
    takeEvents(events.takeRecords());
    takeTasks(tasks.takeRecords());
    return { events: seen.events, tasks: seen.tasks };
  };
  const heard = (event) => {
    seen.last = event.timeStamp;
  };
  for (const kind of ["keydown", "pointerdown", "click", "drop"]) addEventListener(kind, heard, true);
  /** Milliseconds from the last input, or from the beginning of the page, to the first frame that has `selector` with `text`. */
  seen.until = (selector, text) =>
    new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error(`${selector} ${text} was not there in ${PATIENCE_MS} ms`)), PATIENCE_MS);
      const look = () => {
        const there = [...document.querySelectorAll(selector)].some((one) => one.textContent.includes(text));
        if (there) resolve(performance.now() - seen.last);
        else soon(requestAnimationFrame).then(look);
      };
      look();
    });
}

export const install = (page) => page.addInitScript(watch, LEAST_MS);

/** Does `work` and answers, with what came of it, how many requests it sent to the API. */
export async function counting(page, work) {
  let requests = 0;
  const count = (request) => {
    if (request.url().includes("/api/v1/")) requests += 1;
  };
  page.on("request", count);
  try {
    return { ...(await work()), requests };
  } finally {
    page.off("request", count);
  }
}

/** How long it took from the last input until `selector` with `text` was there. */
export const shown = (page, [selector, text = ""]) =>
  page.evaluate(([one, words]) => globalThis.stopwatch.until(one, words), [selector, text]);

/**
 * What `act` made somebody wait for, in milliseconds: `paint` from any input to the next paint at most, `shown` from the last
 * one until the page had what was asked for, `busy` the longest that it could not have heard a further one.
 */
export function timed(page, act, until) {
  return counting(page, async () => {
    await page.evaluate(() => Object.assign(globalThis.stopwatch, { events: [], tasks: [] }));
    await act();
    const there = await shown(page, until);
    const { events, tasks } = await page.evaluate(() => globalThis.stopwatch.told());
    return { paint: Math.max(LEAST_MS, ...events), shown: there, busy: Math.max(0, ...tasks) };
  });
}

/** What this machine needs just now for work that is always the same: rows that are made, styled and laid out. */
export const calibrate = (page) =>
  page.evaluate(() => {
    const begin = performance.now();
    const box = document.createElement("div");
    document.body.append(box);
    for (let row = 0; row < 3000; row += 1) {
      const line = document.createElement("p");
      line.style.paddingLeft = `${row % 7}px`;
      line.textContent = JSON.stringify({ row, text: "the same work each time" });
      box.append(line);
    }
    const height = box.offsetHeight;
    box.remove();
    return height > 0 ? performance.now() - begin : 0;
  });

export const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
