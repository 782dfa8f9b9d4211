/** Moves records of a board, at once on screen; what must be asked or shown before is asked in a dialog. */
import { type InfiniteData, useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { runAction, updateRecord } from "../../api/commands";
import { Waits } from "../../api/http";
import type {
  Choice,
  JsonObject,
  ListReply,
  MetaAction,
  MetaObject,
  MetaState,
  RecordData,
} from "../../api/types";
import { t } from "../../messages/t";
import { useChanges } from "../changes";
import { titleOf } from "../meta";
import { ActionDialog } from "../record/ActionDialog";
import { StateDialog } from "../record/StateBar";
import { needsDialog } from "../record/schema";
import { useVersions } from "../versions";
import { type Move, wayOf } from "./moves";

type Pages = InfiniteData<ListReply>;
type Asking = Move & ({ state: MetaState } | { action: MetaAction });

/** What the cache calls the list of one column. */
export const columnKey = (by: string, value: string): string => `${by}:${value}`;

export function useMoves(
  object: MetaObject,
  by: string,
  columns: Choice[],
): [(move: Move) => void, ReactNode] {
  const client = useQueryClient();
  const changes = useChanges();
  const [asking, setAsking] = useState<Asking | null>(null);
  const lists = { queryKey: ["records", object.path, "list"] };

  const versions = useVersions();
  const mutationKey = ["move", object.path];
  const change = useMutation({
    mutationKey,
    // One after the other: the next move stands on the version that the one before it made.
    scope: { id: mutationKey.join(" ") },
    mutationFn: ({ record, to, values }: Move & { values?: JsonObject }) =>
      updateRecord(object.path, String(record.id), { ...values, [by]: to }, versions.of(record)),
    onMutate: async ({ record, to }) => {
      await client.cancelQueries(lists);
      const before = client.getQueriesData<Pages>(lists);
      const edit = (column: string, rows: (rows: RecordData[]) => RecordData[]) =>
        client.setQueriesData<Pages>(
          { ...lists, predicate: ({ queryKey }) => queryKey[queryKey.length - 1] === columnKey(by, column) },
          (data) =>
            data && { ...data, pages: data.pages.map((page) => ({ ...page, data: rows(page.data) })) },
        );
      edit(String(record[by]), (rows) => rows.filter((row) => row.id !== record.id));
      let placed = false;
      edit(to, (rows) => {
        if (placed) return rows;
        placed = true;
        return [{ ...record, [by]: to }, ...rows];
      });
      return before;
    },
    onSuccess: ({ data, run }, { record, to }) => {
      versions.note(data);
      setAsking(null);
      // What comes next is on screen already, and tells of itself.
      if (client.isMutating({ mutationKey }) > 1) return;
      const column = columns.find(({ value }) => value === to)?.label ?? to;
      return changes.done(t("kanban.moved", { title: titleOf(object, record), column }), run);
    },
    onError: (error, _move, before) => {
      for (const [queryKey, data] of before ?? []) client.setQueryData(queryKey, data);
      void changes.refresh();
      // What asks says itself why it was refused.
      if (asking && !(error instanceof Waits)) return;
      setAsking(null);
      changes.failed(error);
    },
  });
  const run = useMutation({
    mutationFn: ({ record, action }: Move & { action: MetaAction }) =>
      runAction(`${object.path}/${String(record.id)}/${action.name}`, {}),
    onSuccess: (reply, { action }) => changes.done(t("action.done", { name: action.label }), reply.run),
    onError: changes.failed,
  });

  const move = (asked: Move) => {
    const way = wayOf(object, by, asked);
    if (!way) return;
    change.reset();
    if (way.by === "action") {
      if (needsDialog(way.action)) setAsking({ ...asked, action: way.action });
      else run.mutate({ ...asked, action: way.action });
    } else if (way.state) setAsking({ ...asked, state: way.state });
    else change.mutate(asked);
  };

  const close = () => setAsking(null);
  const dialog = asking && "action" in asking && (
    <ActionDialog
      action={asking.action}
      target={`${object.path}/${String(asking.record.id)}/${asking.action.name}`}
      title={titleOf(object, asking.record)}
      onClose={close}
    />
  );
  const form = asking && "state" in asking && (
    <StateDialog
      object={object}
      state={asking.state}
      record={asking.record}
      error={change.error}
      pending={change.isPending}
      onClose={close}
      onMove={(values) => change.mutate({ record: asking.record, to: asking.to, values })}
    />
  );
  return [move, dialog || form];
}
