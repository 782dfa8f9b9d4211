/** Installing the page as an app, where the browser offers it. */
import { useSyncExternalStore } from "react";

/** Of Chromium; other browsers install from their own menus. */
interface Offer extends Event {
  prompt: () => Promise<unknown>;
}

let offer: Offer | null = null;
const listeners = new Set<() => void>();

function set(next: Offer | null): void {
  offer = next;
  for (const listener of listeners) listener();
}

window.addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  set(event as Offer);
});
window.addEventListener("appinstalled", () => set(null));

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** Asks the browser to install the page; null while there is nothing to install. */
export function useInstall(): (() => void) | null {
  const current = useSyncExternalStore(subscribe, () => offer);
  return current && (() => void current.prompt().then(() => set(null)));
}
