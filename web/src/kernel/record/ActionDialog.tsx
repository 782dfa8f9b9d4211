/** Runs an action: asks for its input, shows in sentences what it will do, then does it. */
import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import { previewAction, runAction } from "../../api/commands";
import { Problem, Waits } from "../../api/http";
import type { Json, MetaAction } from "../../api/types";
import { t } from "../../messages/t";
import { FormDialog } from "../../ui/FormDialog";
import { explain, useChanges } from "../changes";
import { ActionFields, useActionInput } from "./ActionFields";
import { ChangeList } from "./ChangeList";
import { splitErrors } from "./draft";
import { needsPreview } from "./schema";

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
  const asked = useActionInput(action);
  const { fields, input } = asked;
  const careful = needsPreview(action);

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
  return (
    <FormDialog
      title={`${action.label}: ${title}`}
      size={fields.some((field) => field.type === "table") ? "xl" : fields.length > TALL ? "lg" : "md"}
      submit={ready ? action.label : t("preview")}
      pending={run.isPending}
      disabled={preview.isPending}
      autoFocus={fields.length === 0}
      failed={t("action.failed")}
      problems={rest}
      onSubmit={() => (ready ? run.mutate() : preview.mutate())}
      onClose={onClose}
    >
      <ActionFields
        action={action}
        asked={asked}
        errors={errors}
        currency={currency}
        looking={preview.isPending}
        onChange={() => {
          preview.reset();
          run.reset();
        }}
      />
      {preview.data && (
        <div ref={(element) => element?.scrollIntoView({ block: "nearest" })}>
          <ChangeList changes={preview.data.data.changes} />
        </div>
      )}
    </FormDialog>
  );
}
