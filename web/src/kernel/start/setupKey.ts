/** The key that the server prints where it has no company yet: it comes behind the address, and stays in this tab. */

const KEY = "nexus-setup-key";
let kept = "";

/** Keeps the key that is named: by itself, or in the whole of the address that was printed. */
export function keepSetupKey(text: string): void {
  kept = text.trim().split("#").at(-1) ?? "";
  try {
    sessionStorage.setItem(KEY, kept);
  } catch {
    // Storage may be blocked; until a reload it is known all the same.
  }
}

export function setupKey(): string {
  try {
    return kept || (sessionStorage.getItem(KEY) ?? "");
  } catch {
    return kept;
  }
}

export function dropSetupKey(): void {
  kept = "";
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // What was not kept need not go.
  }
}
