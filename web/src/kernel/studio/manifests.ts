/** Manifests of the company's own, by what they are of. Pure, so that it is tested without a page. */
import type { JsonObject } from "../../api/types";
import { isOwn, OWN_APP } from "./names";

export interface Own {
  id: string;
  kind: string;
  name: string;
  text: string;
  entries: JsonObject;
}

const EMPTY: JsonObject = {};

/** What is declared of an object: its own manifest, or what extends the app's. */
export function ownOf(owns: Own[] | undefined, object: string): Own | undefined {
  const kind = object === OWN_APP ? "app" : isOwn(object) ? "object" : "extension";
  const name = isOwn(object) ? object.slice(OWN_APP.length + 1) : object;
  return owns?.find((one) => one.kind === kind && one.name === name);
}

export const entriesOf = (owns: Own[] | undefined, object: string): JsonObject =>
  ownOf(owns, object)?.entries ?? EMPTY;

/** Where a folder has it, as `nexus manifest export` lays it out. */
export function fileOf({ kind, name }: Pick<Own, "kind" | "name">): string {
  if (kind === "app") return `${OWN_APP}/app.toml`;
  return `${OWN_APP}/${kind}s/${name}.toml`;
}
