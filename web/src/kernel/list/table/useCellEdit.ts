/** Saves a cell at once and takes it back where the server refuses; what was typed is kept. */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { updateRecord } from "../../../api/commands";
import { Problem } from "../../../api/http";
import type { Json, MetaField, MetaObject, RecordData } from "../../../api/types";
import { t } from "../../../messages/t";
import { explain, useChanges } from "../../changes";
import { plain } from "../../record/draft";
import { type Asked, changeRows, freshRows } from "./rowCache";

export interface Edit {
  id: string;
  name: string;
  /** The record as it was when somebody began: what others save meanwhile is not written over unseen. */
  from: RecordData;
  /** What was typed and not saved; undefined shows what is there. */
  typed?: Json;
  error?: string;
  /** What somebody else saved there in the meantime. */
  theirs?: { value: Json; version: Json };
}

export interface CellEdit {
  edit: Edit | null;
  start: (record: RecordData, name: string) => void;
  stop: () => void;
  save: (record: RecordData, field: MetaField, value: Json, version?: Json) => void;
}

const STALE = 412;

export function useCellEdit(object: MetaObject, asked: Asked): CellEdit {
  const client = useQueryClient();
  const changes = useChanges();
  const [edit, setEdit] = useState<Edit | null>(null);
  const { path } = object;

  const put = useCallback(
    (id: Json | undefined, change: (record: RecordData) => RecordData) =>
      changeRows(client, path, (record) => (record.id === id ? change(record) : record)),
    [client, path],
  );

  const store = useCallback(
    async (before: RecordData, field: MetaField, value: Json, version: Json | undefined) => {
      const { name } = field;
      const id = String(before.id);
      put(id, (record) => ({ ...record, [name]: value }));
      try {
        const { run } = await updateRecord(path, id, { [name]: value }, version);
        // The row stays where it is, also when it no longer fits: whoever edits goes on from it.
        const fresh = (await freshRows(path, [id], { expand: asked.expand })).get(id);
        if (fresh) put(id, () => fresh);
        changes.tell(t("cell.saved", { name: field.label }), run);
      } catch (error) {
        const now =
          error instanceof Problem && error.status === STALE
            ? (await freshRows(path, [id], { expand: asked.expand })).get(id)
            : undefined;
        put(id, (record) => now ?? { ...record, [name]: before[name] ?? null });
        if (!now) {
          setEdit({ id, name, from: before, typed: value, error: explain(error) });
          return;
        }
        // Somebody changed something else: both hold.
        const same = JSON.stringify(plain(now[name], field)) === JSON.stringify(plain(before[name], field));
        if (same) await store(now, field, value, now.version);
        else
          setEdit({
            id,
            name,
            from: now,
            typed: value,
            theirs: { value: now[name] ?? null, version: now.version ?? null },
          });
      }
    },
    [path, put, asked.expand, changes],
  );

  return {
    edit,
    start: useCallback((record, name) => setEdit({ id: String(record.id), name, from: record }), []),
    stop: useCallback(() => setEdit(null), []),
    save: useCallback(
      (record, field, value, version) => {
        const before = edit && edit.id === record.id ? edit.from : record;
        setEdit(null);
        const next = plain(value, field);
        if (JSON.stringify(next) === JSON.stringify(plain(before[field.name], field))) return;
        store(before, field, next, version ?? before.version).catch((error: unknown) =>
          changes.failed(error),
        );
      },
      [edit, store, changes],
    ),
  };
}
