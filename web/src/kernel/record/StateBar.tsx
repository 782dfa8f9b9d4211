/** The states of a record in order; those it may move to are buttons. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { updateRecord } from "../../api/commands";
import { Problem, Waits } from "../../api/http";
import type { JsonObject, MetaObject, MetaState, MetaStates, RecordData } from "../../api/types";
import { t } from "../../messages/t";
import { FormDialog } from "../../ui/FormDialog";
import { StateBadge, toneOf } from "../../ui/StateBadge";
import { explain, useChanges } from "../changes";
import { can, fieldOf } from "../meta";
import { splitErrors } from "./draft";
import { RecordForm } from "./RecordForm";
import classes from "./RecordPage.module.css";

interface Props {
  object: MetaObject;
  states: MetaStates;
  record: RecordData;
  id: string;
  /** Something is typed and not saved: states wait. */
  busy: boolean;
}

export const isMissing = (record: RecordData, name: string) => {
  const value = record[name];
  return (
    value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0)
  );
};

export function StateBar({ object, states, record, id, busy }: Props) {
  const changes = useChanges();
  const [asking, setAsking] = useState<MetaState | null>(null);
  const current = states.list.find((state) => state.value === record[states.field]);
  const reachable = (state: MetaState) =>
    Boolean(can(object, "update") && current?.to.includes(state.value) && !state.by);
  const move = useMutation({
    mutationFn: ({ state, values }: { state: MetaState; values: JsonObject }) =>
      updateRecord(object.path, id, { ...values, [states.field]: state.value }, record.version),
    onSuccess: async ({ run }, { state }) => {
      setAsking(null);
      await changes.done(t("state.moved", { state: state.label }), run);
    },
    onError: (error) => {
      // What asks says itself why it was refused.
      if (asking && !(error instanceof Waits)) return;
      setAsking(null);
      changes.failed(error);
    },
  });
  const go = (state: MetaState) => {
    if ((state.requires ?? []).some((name) => isMissing(record, name))) {
      move.reset();
      setAsking(state);
    } else move.mutate({ state, values: {} });
  };
  // A final state that cannot be reached from here says nothing about this record.
  const shown = states.list.filter(
    (state) => state === current || reachable(state) || !state.final || state.by || states.list.length <= 4,
  );
  return (
    <>
      <ol className={classes.states} aria-label={t("states")}>
        {shown.map((state) => (
          <li key={state.value}>
            {reachable(state) && state !== current ? (
              <button
                type="button"
                className={classes.step}
                disabled={busy || move.isPending}
                aria-label={t("state.move", { state: state.label })}
                title={busy ? t("action.savefirst") : undefined}
                onClick={() => go(state)}
              >
                {state.label}
              </button>
            ) : (
              <span className={classes.step} aria-current={state === current ? "step" : undefined}>
                {state === current ? (
                  <StateBadge label={state.label} tone={toneOf(state.value, states.initial)} />
                ) : (
                  state.label
                )}
              </span>
            )}
          </li>
        ))}
      </ol>
      {asking && (
        <StateDialog
          object={object}
          state={asking}
          record={record}
          error={move.error}
          pending={move.isPending}
          onClose={() => setAsking(null)}
          onMove={(values) => move.mutate({ state: asking, values })}
        />
      )}
    </>
  );
}

interface DialogProps {
  object: MetaObject;
  state: MetaState;
  record: RecordData;
  error: Error | null;
  pending: boolean;
  onMove: (values: JsonObject) => void;
  onClose: () => void;
}

/** Asks for what the state requires before it is entered. */
export function StateDialog({ object, state, record, error, pending, onMove, onClose }: DialogProps) {
  const [values, setValues] = useState<JsonObject>({});
  const names = (state.requires ?? []).filter((name) => isMissing(record, name));
  const fields = names
    .map((name) => fieldOf(object, name))
    .filter((field) => field !== undefined)
    .map((field) => ({ ...field, required: true, visible_when: null, readonly_when: null }));
  const refused = error instanceof Problem ? error.errors : [];
  const [errors, rest] = splitErrors(refused, (name) => names.includes(name));
  return (
    <FormDialog
      title={t("state.move", { state: state.label })}
      submit={t("state.move", { state: state.label })}
      pending={pending}
      problems={error && refused.length === 0 && !(error instanceof Waits) ? [explain(error)] : rest}
      onSubmit={() => onMove(values)}
      onClose={onClose}
    >
      <RecordForm
        fields={fields}
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
