/** Records that may be one with this one, side by side: which of them is, and whose value stands for each field. */
import { Alert, Button, Checkbox, Group, Modal, Radio, Skeleton, Stack, Text } from "@mantine/core";
import { useMutation, useQueries, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { previewAction, runAction } from "../../api/commands";
import { get, Waits } from "../../api/http";
import type { Duplicates, JsonObject, MetaField, MetaObject, RecordData } from "../../api/types";
import { t } from "../../messages/t";
import dialog from "../../ui/FormDialog.module.css";
import { recordAddress } from "../addresses";
import { explain, useChanges } from "../changes";
import { Value } from "../fields/Value";
import { expandOf, fieldOf, titleOf } from "../meta";
import { ChangeList } from "./ChangeList";
import classes from "./Dialog.module.css";
import { plain } from "./draft";
import { same } from "./merge";

interface Props {
  object: MetaObject;
  record: RecordData;
  id: string;
  title: string;
  onClose: () => void;
}

/** More would not fit side by side; who has more merges twice. */
const MOST = 3;
/** What the server puts together by itself. */
const TOGETHER = new Set(["tags", "choices", "links", "table"]);

const isBlank = (value: unknown) => value === null || value === undefined || value === "";

/** The fields in which the records say different things. */
function differing(object: MetaObject, records: RecordData[]): MetaField[] {
  return object.fields.filter((field) => {
    if (field.system || field.readonly || field.computed || TOGETHER.has(field.type)) return false;
    const values = records.map((one) => plain(one[field.name], field)).filter((value) => !isBlank(value));
    return values.some((value) => !same(value, values[0]));
  });
}

export function MergeDialog({ object, record, id, title, onClose }: Props) {
  const changes = useChanges();
  const [chosen, setChosen] = useState<string[] | null>(null);
  const [sides, setSides] = useState<Record<string, string>>({});
  const found = useQuery({
    queryKey: ["duplicates", object.path, id],
    queryFn: ({ signal }) => get<Duplicates>(`${object.path}/duplicates`, { of: id }, signal),
  });
  const groups = found.data?.data ?? [];
  const alike = [...new Map(groups.flatMap((group) => group.records).map((one) => [one.id, one])).values()]
    .filter((one) => one.id !== id)
    .slice(0, MOST);
  const from = chosen ?? alike.map((one) => one.id);
  // Kept apart from other queries: what was merged is not there to be asked for again.
  const others = useQueries({
    queries: alike.map((one) => ({
      queryKey: ["duplicates", object.path, "one", one.id],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        get<RecordData>(`${object.path}/${one.id}`, { expand: expandOf(object) }, signal),
    })),
  });
  const records = [
    { id, record },
    ...alike.flatMap((one, at) => {
      const data = others[at]?.data;
      return data && from.includes(one.id) ? [{ id: one.id, record: data }] : [];
    }),
  ];
  const fields = differing(
    object,
    records.map((one) => one.record),
  );
  // What is empty here is taken from the others anyway.
  const sideOf = (field: MetaField) =>
    sides[field.name] ?? records.find((one) => !isBlank(one.record[field.name]))?.id ?? id;
  const input = (): JsonObject => {
    const taken = fields
      .filter((field) => sideOf(field) !== id)
      .map((field) => {
        const source = records.find((one) => one.id === sideOf(field))?.record;
        return [field.name, plain(source?.[field.name], field)] as const;
      });
    return { from, fields: Object.fromEntries(taken) };
  };
  const target = `${object.path}/${id}/merge`;
  const preview = useMutation({ mutationFn: () => previewAction(target, input()) });
  const run = useMutation({
    mutationFn: () => runAction(target, input()),
    onSuccess: async (reply) => {
      onClose();
      await changes.done(t("merge.done", { name: title }), reply.run);
    },
    onError: (failure) => {
      if (!(failure instanceof Waits)) return;
      onClose();
      changes.failed(failure);
    },
  });
  const unread = others.find((one) => one.error)?.error;
  const error = found.error ?? unread ?? run.error ?? preview.error;
  const reasons = [...new Set(groups.flatMap((group) => group.reasons).flatMap((why) => why.fields))]
    .map((name) => fieldOf(object, name)?.label ?? name)
    .join(", ");
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t("merge.title", { name: title })}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Stack gap="md">
        {found.isPending && <Skeleton h={80} aria-label={t("loading")} />}
        {found.isSuccess && alike.length === 0 && <Text size="sm">{t("merge.none")}</Text>}
        {alike.length > 0 && (
          <>
            <Text size="sm" c="dimmed">
              {t("merge.text", { fields: reasons })}
            </Text>
            <div className={classes.scroller}>
              <table className={classes.compare}>
                <thead>
                  <tr>
                    <th>
                      <span className="sr-only">{t("conflict.field")}</span>
                    </th>
                    <th scope="col">{t("merge.stays", { name: title })}</th>
                    {alike.map((one) => (
                      <th key={one.id} scope="col">
                        <Group gap="xs" wrap="nowrap">
                          <Checkbox
                            size="xs"
                            aria-label={t("merge.take", { name: one.title })}
                            checked={from.includes(one.id)}
                            onChange={(event) => {
                              preview.reset();
                              setChosen(
                                event.currentTarget.checked
                                  ? [...from, one.id]
                                  : from.filter((other) => other !== one.id),
                              );
                            }}
                          />
                          <Link to={recordAddress(object.path, one.id)} target="_blank">
                            {one.title}
                          </Link>
                        </Group>
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {fields.map((field) => (
                    <tr key={field.name}>
                      <th scope="row">{field.label}</th>
                      {[
                        { id, record },
                        ...alike.map((one, at) => ({ id: one.id, record: others[at]?.data })),
                      ].map((one) => (
                        <td key={one.id} data-chosen={sideOf(field) === one.id || undefined}>
                          {from.includes(one.id) || one.id === id ? (
                            <Radio
                              size="sm"
                              name={`merge-${field.name}`}
                              aria-label={`${field.label}: ${one.record ? titleOf(object, one.record) : ""}`}
                              checked={sideOf(field) === one.id}
                              disabled={isBlank(one.record?.[field.name])}
                              onChange={() => {
                                preview.reset();
                                setSides((before) => ({ ...before, [field.name]: one.id }));
                              }}
                              label={
                                isBlank(one.record?.[field.name]) ? (
                                  "–"
                                ) : (
                                  <Value field={field} value={one.record?.[field.name]} object={object} />
                                )
                              }
                            />
                          ) : null}
                        </td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </>
        )}
        {preview.data && <ChangeList changes={preview.data.data.changes} />}
        {error && (
          <Alert color="red" variant="light" role="alert" title={t("action.failed")}>
            {explain(error)}
          </Alert>
        )}
        <Group justify="flex-end" gap="sm" className={dialog.foot}>
          <Button variant="default" onClick={onClose}>
            {t(alike.length > 0 ? "cancel" : "close")}
          </Button>
          {alike.length > 0 && (
            <Button
              loading={run.isPending || preview.isPending}
              disabled={from.length === 0 || others.some((one) => !one.data)}
              onClick={() => (preview.isSuccess ? run.mutate() : preview.mutate())}
            >
              {t(preview.isSuccess ? "merge" : "preview")}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
