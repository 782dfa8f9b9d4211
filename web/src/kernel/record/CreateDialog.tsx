/** Makes a linked record in place, from the fields it needs. */
import { Alert, Button, Group, Modal, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { createRecord } from "../../api/commands";
import { Problem } from "../../api/http";
import type { JsonObject, MetaObject, RecordData } from "../../api/types";
import { t } from "../../messages/t";
import { explain, useChanges } from "../changes";
import classes from "./Dialog.module.css";
import { defaultsOf, splitErrors } from "./draft";
import { RecordForm, sectionsOf } from "./RecordForm";

interface Props {
  object: MetaObject;
  /** What was typed becomes the title. */
  title: string;
  onCreated: (record: RecordData) => void;
  onClose: () => void;
}

const MOST = 6;

export function CreateDialog({ object, title, onCreated, onClose }: Props) {
  const changes = useChanges();
  const [values, setValues] = useState<JsonObject>(() => ({
    ...defaultsOf(object.fields),
    [object.title]: title,
  }));
  const names = useMemo(() => {
    const onForm = sectionsOf(object).flatMap((section) => section.fields);
    const needed = object.fields
      .filter((field) => field.required && !field.computed)
      .map((field) => field.name);
    const simple = onForm.filter((name) => {
      const field = object.fields.find((one) => one.name === name);
      return field && !["table", "json", "rich_text", "long_text", "links"].includes(field.type);
    });
    return [...new Set([object.title, ...needed, ...simple])].slice(0, Math.max(MOST, needed.length + 1));
  }, [object]);
  const create = useMutation({
    mutationFn: () => createRecord(object.path, values),
    onSuccess: async ({ data, run }) => {
      onCreated(data);
      await changes.done(t("created", { name: object.label }), run);
    },
  });
  const problems = create.error instanceof Problem ? create.error.errors : [];
  const [errors, rest] = splitErrors(problems, (name) => names.includes(name));
  const lines = create.error && problems.length === 0 ? [explain(create.error)] : rest;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("list.new", { name: object.label })}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          create.mutate();
        }}
      >
        <Stack gap="lg">
          <RecordForm
            fields={object.fields}
            sections={[{ label: null, fields: names }]}
            values={values}
            errors={errors}
            object={object}
            autoFocus
            onChange={(name, value) => setValues((before) => ({ ...before, [name]: value }))}
          />
          {lines.length > 0 && (
            <Alert color="red" variant="light" role="alert">
              {lines.join(" ")}
            </Alert>
          )}
          <Group justify="flex-end" gap="sm" className={classes.foot}>
            <Button variant="default" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t("create")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
