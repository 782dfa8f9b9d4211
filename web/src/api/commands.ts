/** Everything that changes something, as plain functions; each answers with the run to undo. */
import { call, newKey, type Reply, send } from "./http";
import type { ImportReply, Json, JsonObject, PreviewReply, RecordData } from "./types";

export const signIn = (email: string, password: string) =>
  call("/session", "post", { body: { email, password } });

export const signOut = () => call("/session", "delete", {});

export const createRecord = (path: string, body: JsonObject): Promise<Reply<RecordData>> =>
  send(path, { method: "POST", body, idempotencyKey: newKey() });

export const updateRecord = (
  path: string,
  id: string,
  body: JsonObject,
  version?: Json,
): Promise<Reply<RecordData>> => send(`${path}/${id}`, { method: "PATCH", body, version });

export const deleteRecord = (path: string, id: string, version?: Json): Promise<Reply<null>> =>
  send(`${path}/${id}`, { method: "DELETE", version });

/** Runs an action: `target` is `app/objects/id/action`, or without the id for one on the whole object. */
export const runAction = (target: string, body: Json): Promise<Reply<Json>> =>
  send(target, { method: "POST", body, idempotencyKey: newKey() });

export const previewAction = (target: string, body: Json): Promise<Reply<PreviewReply>> =>
  send(target, { method: "POST", body, query: { preview: true } });

/** Several actions as one transaction and one run. */
export const runBatch = (calls: { action: string; record: string; input: JsonObject }[]) =>
  call("/batch", "post", { body: calls, idempotencyKey: newKey() });

export const undoRun = (run: string) => call("/undo", "post", { body: { run } });

/** How an import reads a file: the field of each column (none leaves it out), and what finds a record. */
export interface ImportMapping {
  file: { delimiter: string };
  map: Record<string, string>;
  key: string | null;
}

/** A mapping as TOML, whose strings are written as JSON writes them. */
function mappingText({ file, map, key }: ImportMapping): string {
  const pairs = Object.entries(map).map(
    ([column, field]) => `${JSON.stringify(column)} = ${JSON.stringify(field)}`,
  );
  const found = key ? [`key = ${JSON.stringify(key)}`] : [];
  return [...found, "[file]", `delimiter = ${JSON.stringify(file.delimiter)}`, "[map]", ...pairs].join("\n");
}

/** Imports a file, or says what the import would do. */
export function importFile(
  path: string,
  file: File,
  mapping: ImportMapping,
  preview: boolean,
): Promise<Reply<ImportReply>> {
  const form = new FormData();
  form.set("mapping", mappingText(mapping));
  if (preview) form.set("preview", "true");
  form.set("file", file);
  return send(`${path}/import`, { method: "POST", body: form });
}
