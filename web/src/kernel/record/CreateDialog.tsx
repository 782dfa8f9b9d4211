/** Makes a linked record in place, from the fields it needs. */
import { useMutation } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { createRecord } from "../../api/commands";
import { Problem, Waits } from "../../api/http";
import type { JsonObject, MetaObject, RecordData } from "../../api/types";
import { t } from "../../messages/t";
import { FormDialog } from "../../ui/FormDialog";
import { explain, useChanges } from "../changes";
import { defaultsOf, plain, splitErrors } from "./draft";
import { RecordForm, sectionsOf } from "./RecordForm";

interface Props {
  object: MetaObject;
  /** What was typed becomes the title. */
  title: string;
  /** Values that are given and not asked for. */
  preset?: JsonObject;
  onCreated: (record: RecordData) => void;
  onClose: () => void;
}

const MOST = 6;
const LONG = new Set<string>([
  "table",
  "json",
  "code",
  "markdown",
  "rich_text",
  "long_text",
  "links",
  "file",
  "image",
]);

export function CreateDialog({ object, title, preset, onCreated, onClose }: Props) {
  const changes = useChanges();
  const [values, setValues] = useState<JsonObject>(() => ({
    ...defaultsOf(object.fields),
    ...(title && { [object.title]: title }),
    ...preset,
  }));
  const names = useMemo(() => {
    const onForm = sectionsOf(object).flatMap((section) => section.fields);
    const needed = object.fields
      .filter((field) => field.required && !field.computed)
      .map((field) => field.name);
    const simple = onForm.filter((name) => {
      const field = object.fields.find((one) => one.name === name);
      return field && !LONG.has(field.type);
    });
    // What the manifest names for little room, or else what fits.
    const asked = object.quick_entry.length > 0 ? object.quick_entry : simple;
    const most = object.quick_entry.length > 0 ? undefined : Math.max(MOST, needed.length + 1);
    const all = [...new Set([object.title, ...needed, ...asked])].filter(
      (name) => !(preset && name in preset),
    );
    return all.slice(0, most);
  }, [object, preset]);
  const create = useMutation({
    mutationFn: () => {
      const sent = object.fields
        .filter((field) => field.name in values)
        .map((field) => [field.name, plain(values[field.name], field)] as const);
      return createRecord(object.path, Object.fromEntries(sent));
    },
    onSuccess: async ({ data, run }) => {
      onCreated(data);
      await changes.done(t("created", { name: object.label }), run);
    },
    onError: (error) => {
      if (!(error instanceof Waits)) return;
      onClose();
      changes.failed(error);
    },
  });
  const problems = create.error instanceof Problem ? create.error.errors : [];
  const [errors, rest] = splitErrors(problems, (name) => names.includes(name));
  const lines = create.error && problems.length === 0 ? [explain(create.error)] : rest;
  return (
    <FormDialog
      title={t("list.new", { name: object.label })}
      submit={t("create")}
      pending={create.isPending}
      problems={lines}
      onSubmit={() => create.mutate()}
      onClose={onClose}
    >
      <RecordForm
        fields={object.fields}
        sections={[{ label: null, fields: names }]}
        values={values}
        errors={errors}
        object={object}
        autoFocus
        onChange={(name, value) => setValues((before) => ({ ...before, [name]: value }))}
      />
    </FormDialog>
  );
}
