/** Runs an action: asks for its input, shows in sentences what it will do, then does it. */
import { Alert, Button, Group, Loader, Modal, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { previewAction, runAction } from "../../api/commands";
import { Problem, Waits } from "../../api/http";
import type { Json, JsonObject, MetaAction } from "../../api/types";
import { t } from "../../messages/t";
import { explain, useChanges } from "../changes";
import { ChangeList } from "./ChangeList";
import classes from "./Dialog.module.css";
import { defaultsOf, inputToSend, splitErrors } from "./draft";
import { RecordForm } from "./RecordForm";
import { needsPreview, schemaFields } from "./schema";

interface Props {
  action: MetaAction;
  /** Path of the action under the API. */
  target: string;
  /** What it is done to. */
  title: string;
  /** Currency of the record that it is done to. */
  currency?: string | null;
  onClose: () => void;
  onDone?: (output: Json) => void;
}

/** More fields than this stand in two columns. */
const TALL = 4;

export function ActionDialog({ action, target, title, currency, onClose, onDone }: Props) {
  const changes = useChanges();
  const fields = useMemo(() => schemaFields(action.input), [action]);
  const [values, setValues] = useState<JsonObject>(() => defaultsOf(fields));
  const careful = needsPreview(action);

  const input = () => inputToSend(fields, values);
  const preview = useMutation({ mutationFn: () => previewAction(target, input()) });
  const run = useMutation({
    mutationFn: () => runAction(target, input()),
    onSuccess: async (reply) => {
      onClose();
      onDone?.(reply.data);
      await changes.done(t("action.done", { name: action.label }), reply.run);
    },
    onError: (failure) => {
      // Nothing is done yet: it waits for somebody to approve it.
      if (!(failure instanceof Waits)) return;
      onClose();
      changes.failed(failure);
    },
  });
  const { mutate: startPreview } = preview;
  // biome-ignore lint/correctness/useExhaustiveDependencies: an action without input is previewed once, when it opens
  useEffect(() => {
    if (careful && fields.length === 0) startPreview();
  }, []);

  const error = run.error ?? preview.error;
  const [errors, rest] =
    error instanceof Problem && error.errors.length > 0
      ? splitErrors(error.errors, (name) => fields.some((field) => field.name === name))
      : [{}, error ? [explain(error)] : []];
  const ready = !careful || preview.isSuccess;
  const submit = () => (ready ? run.mutate() : preview.mutate());
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${action.label}: ${title}`}
      size={fields.some((field) => field.type === "table") ? "xl" : fields.length > TALL ? "lg" : "md"}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="lg">
          {action.about && (
            <Text size="sm" c="dimmed">
              {action.about}
            </Text>
          )}
          {fields.length > 0 && (
            <RecordForm
              fields={fields}
              sections={[{ label: null, fields: fields.map((field) => field.name) }]}
              values={values}
              errors={errors}
              currency={currency}
              autoFocus
              onChange={(name, value) => {
                setValues((before) => ({ ...before, [name]: value }));
                preview.reset();
                run.reset();
              }}
            />
          )}
          {preview.isPending && (
            <Group gap="sm" role="status">
              <Loader size="xs" />
              <Text size="sm">{t("preview.loading")}</Text>
            </Group>
          )}
          {preview.data && (
            <div ref={(element) => element?.scrollIntoView({ block: "nearest" })}>
              <ChangeList changes={preview.data.data.changes} />
            </div>
          )}
          {rest.length > 0 && (
            <Alert color="red" variant="light" role="alert" title={t("action.failed")}>
              {rest.map((line) => (
                <div key={line}>{line}</div>
              ))}
            </Alert>
          )}
          <Group justify="flex-end" gap="sm" className={classes.foot}>
            <Button variant="default" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button
              type="submit"
              loading={run.isPending}
              disabled={preview.isPending}
              data-autofocus={fields.length === 0 || undefined}
            >
              {ready ? action.label : t("preview")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
