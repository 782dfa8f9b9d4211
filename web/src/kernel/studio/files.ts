/** Files of an export read again: what each declares, and what bringing it into force asks of the server. */
import type { BatchCall } from "../../api/commands";
import { fileOf, type Own } from "./manifests";
import { OWN_APP } from "./names";

export interface Declared {
  kind: string;
  name: string;
  text: string;
}

const KINDS: Record<string, string> = { objects: "object", extensions: "extension", reports: "report" };

/** What a file declares, by where it lies; alone, an extension is told by the app in its name. */
export function declaredBy(path: string, text: string): Declared | null {
  const parts = path.split("/");
  const file = parts.at(-1) ?? "";
  if (!file.endsWith(".toml")) return null;
  const name = file.slice(0, -".toml".length);
  const folder = KINDS[parts.at(-2) ?? ""];
  if (folder) return { kind: folder, name, text };
  if (name === "app") return { kind: "app", name: OWN_APP, text };
  return { kind: name.includes(".") ? "extension" : "object", name, text };
}

export type Standing = "new" | "changed" | "same";

export function standingOf(one: Declared, owns: Own[]): Standing {
  const known = owns.find((own) => fileOf(own) === fileOf(one));
  if (!known) return "new";
  return known.text === one.text ? "same" : "changed";
}

/** The calls for what differs from what is in force. */
export function callsFor(declared: Declared[], owns: Own[]): BatchCall[] {
  return declared
    .filter((one) => standingOf(one, owns) !== "same")
    .map(({ kind, name, text }): BatchCall => {
      const known = owns.find((own) => own.kind === kind && own.name === name);
      if (known) return { action: "core.update_manifest", record: known.id, input: { text } };
      return { action: "core.create_manifest", input: { kind, name, text } };
    });
}
