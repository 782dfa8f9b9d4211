/** Everything that changes something, as plain functions; each answers with the run to undo. */
import { call, newKey, Problem, type Reply, send } from "./http";
import type {
  BulkReport,
  FirstCompany,
  ImportReply,
  Inspection,
  InspectionMapping,
  Json,
  JsonObject,
  PreviewReply,
  RecordData,
} from "./types";

/** Requests that have no answer yet, or got none, and the keys that they went under. */
const unanswered = new Map<string, string>();

/**
 * Makes something once: asked twice at the same time, or again after the connection broke, it goes under the same key,
 * and the server answers as it did the first time.
 */
async function make<T>(path: string, body: Json): Promise<Reply<T>> {
  const asked = `${path} ${JSON.stringify(body)}`;
  const key = unanswered.get(asked) ?? newKey();
  unanswered.set(asked, key);
  try {
    const reply = await send<T>(path, { method: "POST", body, idempotencyKey: key });
    unanswered.delete(asked);
    return reply;
  } catch (error) {
    const unknown = error instanceof Problem && (error.status === 0 || error.status >= 500);
    if (!unknown) unanswered.delete(asked);
    throw error;
  }
}

export const signIn = (email: string, password: string) =>
  call("/session", "post", { body: { email, password } });

export const signOut = () => call("/session", "delete", {});

/** Makes the first company of an installation, and signs its administrator in. */
export const setUp = (body: FirstCompany) => call("/setup", "post", { body });

export const createRecord = (path: string, body: JsonObject): Promise<Reply<RecordData>> => make(path, body);

export const updateRecord = (
  path: string,
  id: string,
  body: JsonObject,
  version?: Json,
): Promise<Reply<RecordData>> => send(`${path}/${id}`, { method: "PATCH", body, version });

export const deleteRecord = (path: string, id: string, version?: Json): Promise<Reply<null>> =>
  send(`${path}/${id}`, { method: "DELETE", version });

/** Runs an action: `target` is `app/objects/id/action`, or without the id for one on the whole object. */
export const runAction = (target: string, body: Json): Promise<Reply<Json>> => make(target, body);

export const previewAction = (target: string, body: Json): Promise<Reply<PreviewReply>> =>
  send(target, { method: "POST", body, query: { preview: true } });

/** Several actions as one transaction and one run. */
export interface BatchCall {
  action: string;
  record?: string;
  input: JsonObject;
}

export const runBatch = (calls: BatchCall[]) =>
  call("/batch", "post", { body: calls, idempotencyKey: newKey() });

/** What such a batch would change; a problem says why it is refused. */
export const previewBatch = (calls: BatchCall[]) =>
  call("/batch", "post", { body: calls, query: { preview: true } });

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
): Promise<Reply<{ id: string }>> => make("core/imports/begin", { object, file, mapping: { ...mapping } });
