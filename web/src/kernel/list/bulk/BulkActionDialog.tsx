/** Runs an action on the picked records: asks for its input, shows what it does to the first of them. */
import { Alert, Button, Group, Loader, Modal, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import type { JsonObject, MetaAction, MetaObject } from "../../../api/types";
import { t } from "../../../messages/t";
import { explain } from "../../changes";
import { ChangeList } from "../../record/ChangeList";
import { defaultsOf, inputToSend } from "../../record/draft";
import { RecordForm } from "../../record/RecordForm";
import { schemaFields } from "../../record/schema";
import type { Bulk } from "./useBulk";

interface Props {
  object: MetaObject;
  action: MetaAction;
  /** What it is done to. */
  title: string;
  bulk: Bulk;
  onClose: () => void;
}

export function BulkActionDialog({ action, title, bulk, onClose }: Props) {
  const fields = useMemo(() => schemaFields(action.input), [action]);
  const [values, setValues] = useState<JsonObject>(() => defaultsOf(fields));
  const input = () => inputToSend(fields, values);
  const preview = useMutation({ mutationFn: () => bulk.preview(action.name, input()) });
  const { mutate: look } = preview;
  // biome-ignore lint/correctness/useExhaustiveDependencies: an action without input is looked at once, when it opens
  useEffect(() => {
    if (fields.length === 0) look();
  }, []);
  const run = () => {
    onClose();
    void bulk.run({
      action: action.name,
      input: input(),
      done: (count) => t("bulk.done", { name: action.label, count }),
    });
  };
  const report = preview.data;
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={`${action.label}: ${title}`}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (report) run();
          else look();
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
              errors={{}}
              autoFocus
              onChange={(name, value) => {
                setValues((before) => ({ ...before, [name]: value }));
                preview.reset();
              }}
            />
          )}
          {preview.isPending && (
            <Group gap="sm" role="status">
              <Loader size="xs" />
              <Text size="sm">{t("preview.loading")}</Text>
            </Group>
          )}
          {report && <ChangeList changes={report.changes ?? []} />}
          {report && report.refused_count > 0 && (
            <Alert color="yellow" variant="light" title={t("bulk.refused", { count: report.refused_count })}>
              {report.refused.slice(0, 5).map((one) => (
                <div key={one.id}>
                  {one.title}: {one.errors.map((error) => error.message).join(" ")}
                </div>
              ))}
            </Alert>
          )}
          {preview.error && (
            <Alert color="red" variant="light" role="alert" title={t("action.failed")}>
              {explain(preview.error)}
            </Alert>
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" disabled={preview.isPending || report?.done === 0}>
              {report ? action.label : t("preview")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
