/** Everything that changes something, as plain functions; each answers with the run to undo. */
import { call, newKey, type Reply, send } from "./http";
import type {
  BulkReport,
  ImportReply,
  Inspection,
  InspectionMapping,
  Json,
  JsonObject,
  PreviewReply,
  RecordData,
} from "./types";

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

export interface BulkRequest {
  /** `update`, `delete`, or the name of an action on a record. */
  action: string;
  ids: string[];
  input: JsonObject;
  preview?: boolean;
  /** The run to go on with. */
  run?: string;
}

/** One action on many records as one run; each that is refused harms no other. */
export const runBulk = (path: string, body: BulkRequest): Promise<Reply<BulkReport>> =>
  send(`${path}/bulk`, { method: "POST", body: { ...body } });

export const undoRun = (run: string) => call("/undo", "post", { body: { run } });

/** What taking a run back would change; a problem says why it cannot be. */
export const previewUndo = (run: string) =>
  send<PreviewReply>("undo", { method: "POST", body: { run }, query: { preview: true } });

function formOf(file: File, mapping?: InspectionMapping): FormData {
  const form = new FormData();
  if (mapping) form.set("mapping", JSON.stringify(mapping));
  form.set("file", file);
  return form;
}

/** What a file seems to be, and what its columns would become. */
export const inspectFile = (
  path: string,
  file: File,
  mapping?: InspectionMapping,
): Promise<Reply<Inspection>> =>
  send(`${path}/import/inspect`, { method: "POST", body: formOf(file, mapping) });

/** Imports a file, or says what the import would do. */
export function importFile(
  path: string,
  file: File,
  mapping: InspectionMapping,
  preview: boolean,
): Promise<Reply<ImportReply>> {
  const form = formOf(file, mapping);
  if (preview) form.set("preview", "true");
  return send(`${path}/import`, { method: "POST", body: form });
}

/** Imports a file that was uploaded, in the background; the id of the import is that of its run. */
export const beginImport = (
  object: string,
  file: string,
  mapping: InspectionMapping,
): Promise<Reply<{ id: string }>> =>
  send("core/imports/begin", {
    method: "POST",
    body: { object, file, mapping: { ...mapping } },
    idempotencyKey: newKey(),
  });
