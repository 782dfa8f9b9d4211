/** Gives a record other dates, at once on screen, with Undo. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { updateRecord } from "../../api/commands";
import type { JsonObject, MetaField, MetaObject, RecordData } from "../../api/types";
import { t } from "../../messages/t";
import { formatDate, formatDateTime } from "../../ui/format";
import { useChanges } from "../changes";
import { can, titleOf } from "../meta";
import { isFrozen } from "../record/fitting";
import { useVersions } from "../versions";

export interface Rescheduled {
  record: RecordData;
  values: JsonObject;
}

/** Whether somebody may put this record off. */
export const mayReschedule = (object: MetaObject, record: RecordData, field: MetaField): boolean =>
  can(object, "update") &&
  !field.readonly &&
  !field.computed &&
  !field.set_once &&
  (Boolean(field.mutable) || !isFrozen(object, record));

interface Several {
  data: RecordData[];
  more: boolean;
}

export function useReschedule(object: MetaObject) {
  const client = useQueryClient();
  const changes = useChanges();
  const several = { queryKey: ["records", object.path, "several"] };
  const versions = useVersions();
  const mutationKey = ["reschedule", object.path];
  return useMutation({
    mutationKey,
    // One after the other: the next change stands on the version that the one before it made.
    scope: { id: mutationKey.join(" ") },
    mutationFn: ({ record, values }: Rescheduled) =>
      updateRecord(object.path, String(record.id), values, versions.of(record)),
    onMutate: async ({ record, values }) => {
      await client.cancelQueries(several);
      const before = client.getQueriesData<Several>(several);
      client.setQueriesData<Several>(several, (found) => {
        if (!found) return found;
        const data = found.data.map((one) => (one.id === record.id ? { ...one, ...values } : one));
        return { ...found, data };
      });
      return before;
    },
    onSuccess: ({ data, run }, { record, values }) => {
      versions.note(data);
      // What comes next is on screen already, and tells of itself.
      if (client.isMutating({ mutationKey }) > 1) return;
      const [first] = Object.values(values);
      const date = String(first ?? "");
      const words = date.length === 10 ? formatDate(date) : formatDateTime(date);
      return changes.done(t("period.moved", { title: titleOf(object, record), date: words }), run);
    },
    onError: (error, _moved, before) => {
      for (const [queryKey, data] of before ?? []) client.setQueryData(queryKey, data);
      void changes.refresh();
      changes.failed(error);
    },
  });
}
