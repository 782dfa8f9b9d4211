/** Work for the moments in which a page has nothing else to do, one piece after the other. */

/** Nothing has come over the line for so long: the page is there, and whoever asked for it looks at it. */
const QUIET_MS = 2_000;

type Connection = { saveData?: boolean; effectiveType?: string };

/** Whether bytes that may not be needed cost nobody time or money. */
function isAmple(): boolean {
  const { connection } = navigator as Navigator & { connection?: Connection };
  return !connection?.saveData && !/2g|3g/.test(connection?.effectiveType ?? "");
}

const waiting: (() => void)[] = [];
let running = false;
let came = 0;
let watching = false;

/** Safari does not tell when it is idle. */
const whenIdle = (work: () => void) =>
  "requestIdleCallback" in globalThis ? requestIdleCallback(work) : setTimeout(work, 100);

function next(): void {
  const work = waiting.shift();
  running = work !== undefined;
  if (!work) return;
  work();
  whenIdle(next);
}

function begin(): void {
  const rest = came + QUIET_MS - performance.now();
  if (rest > 0) setTimeout(begin, rest);
  else whenIdle(next);
}

/** Does `work`, which fetches something, when there is time for it; never where the connection is slow or dear. */
export function ahead(work: () => void): void {
  if (!isAmple()) return;
  waiting.push(work);
  if (!watching) {
    watching = true;
    const hear = () => {
      came = performance.now();
    };
    hear();
    new PerformanceObserver(hear).observe({ type: "resource", buffered: true });
  }
  if (running) return;
  running = true;
  begin();
}
