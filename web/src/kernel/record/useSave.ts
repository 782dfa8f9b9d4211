/** Saves a record: what was typed, over the version that it was typed into. A failed save keeps everything. */
import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { createRecord, updateRecord } from "../../api/commands";
import { Problem, Waits } from "../../api/http";
import type { JsonObject, MetaField, MetaObject, RecordData } from "../../api/types";
import { t } from "../../messages/t";
import { explain, useChanges } from "../changes";
import { type Draft, handOver, rowsToSend, splitErrors } from "./draft";

interface Asked {
  object: MetaObject;
  record: RecordData;
  /** Absent while the record is new. */
  id?: string;
  draft: Draft;
  /** The names of the fields that stand on the form. */
  shown: Set<string>;
  columnsOf: (field: MetaField) => MetaField[];
  onCreated: (record: RecordData) => Promise<void>;
  /** The new record waits for somebody to approve it. */
  onWaiting: (approval: string) => void;
  /** Some fields were refused: their paths. */
  onRefused: (paths: string[]) => void;
}

/** What is sent in place of what was typed, over which version. */
export interface Decided {
  changes: JsonObject;
  over: RecordData;
}

const STALE = 412;

/** JSON that is half typed, by the fields that have it: it is told of here, since the server would take it as a text. */
function unreadable(object: MetaObject, { values, changes }: Draft): Record<string, string> {
  const found = object.fields.filter(({ name, type }) => {
    const typed = values[name];
    if (type !== "json" || !(name in changes) || typeof typed !== "string") return false;
    try {
      JSON.parse(typed);
      return false;
    } catch {
      return true;
    }
  });
  return Object.fromEntries(found.map(({ name }) => [name, t("json.unreadable")]));
}

export function useSave({
  object,
  record,
  id,
  draft,
  shown,
  columnsOf,
  onCreated,
  onWaiting,
  onRefused,
}: Asked) {
  const changes = useChanges();
  const [problem, setProblem] = useState<string[]>([]);
  /** What was typed when it was sent; somebody may type on while it is being saved. */
  const sent = useRef<JsonObject>({});
  const latest = useRef(draft);
  latest.current = draft;
  const clear = () => setProblem([]);
  const save = useMutation({
    mutationFn: async (decided: Decided | undefined) => {
      if (id)
        return updateRecord(
          object.path,
          id,
          decided?.changes ?? draft.changes,
          (decided?.over ?? draft.base).version,
        );
      const body: RecordData = { ...draft.changes };
      for (const field of object.fields) {
        const start = record[field.name];
        const isState = field.name === object.states?.field;
        if (isState || field.name in body || start === undefined || start === null) continue;
        body[field.name] = field.type === "table" ? rowsToSend(start, columnsOf(field)) : start;
      }
      return createRecord(object.path, body);
    },
    onSuccess: async ({ data, run }) => {
      clear();
      await changes.done(id ? t("saved") : t("created", { name: object.label }), run);
      if (!id) handOver(object.path, data.id, latest.current.typed, sent.current);
      draft.saved(sent.current);
      if (!id) await onCreated(data);
    },
    onError: async (error) => {
      if (error instanceof Problem && error.status === STALE) {
        await changes.refresh();
        return;
      }
      if (error instanceof Waits) {
        clear();
        draft.reset();
        changes.failed(error);
        if (!id) onWaiting(error.approval);
        return;
      }
      const found = error instanceof Problem ? error.errors : [];
      const [errors, rest] = splitErrors(found, (name) => shown.has(name));
      draft.setErrors(errors);
      setProblem(found.length === 0 ? [explain(error)] : rest);
      onRefused(Object.keys(errors));
    },
  });
  const start = (decided?: Decided) => {
    const wrong = unreadable(object, draft);
    if (Object.keys(wrong).length === 0) {
      sent.current = draft.typed;
      save.mutate(decided);
      return;
    }
    draft.setErrors(wrong);
    onRefused(Object.keys(wrong));
  };
  // The newer version is shown beside what was typed as soon as it is known.
  const saving = save.isPending && save.variables === undefined;
  const stale = Boolean(id) && draft.dirty && !saving && record.version !== draft.base.version;
  return { start, pending: save.isPending, problem, stale, clear };
}
