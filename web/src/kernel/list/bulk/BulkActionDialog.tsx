/** Runs an action on the picked records: asks for its input, shows what it does to the first of them. */
import { Alert } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import type { MetaAction } from "../../../api/types";
import { t } from "../../../messages/t";
import { FormDialog } from "../../../ui/FormDialog";
import { explain } from "../../changes";
import { ActionFields, useActionInput } from "../../record/ActionFields";
import { ChangeList } from "../../record/ChangeList";
import type { Bulk } from "./useBulk";

interface Props {
  action: MetaAction;
  /** What it is done to. */
  title: string;
  bulk: Bulk;
  onClose: () => void;
}

export function BulkActionDialog({ action, title, bulk, onClose }: Props) {
  const asked = useActionInput(action);
  const { fields, input } = asked;
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
    <FormDialog
      title={`${action.label}: ${title}`}
      size="lg"
      submit={report ? action.label : t("preview")}
      disabled={preview.isPending || report?.done === 0}
      autoFocus={fields.length === 0}
      failed={t("action.failed")}
      problems={preview.error ? [explain(preview.error)] : []}
      onSubmit={() => (report ? run() : look())}
      onClose={onClose}
    >
      <ActionFields action={action} asked={asked} looking={preview.isPending} onChange={preview.reset} />
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
    </FormDialog>
  );
}
