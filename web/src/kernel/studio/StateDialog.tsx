/** A state of one's own: what the app takes it for, and the ways in and out. */
import { MultiSelect, NativeSelect, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import type { JsonObject, MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { fullNameOf } from "../meta";
import { freeName, isOwn, labelOf, PREFIX } from "./names";
import { StudioDialog } from "./StudioDialog";
import { type StateDraft, stateSet, table } from "./sets";

interface Props {
  object: MetaObject;
  own: JsonObject;
  name?: string;
  onClose: () => void;
}

/** What it is now; a new state begins like the first one that leads on. */
function draftOf(object: MetaObject, own: JsonObject, name: string | undefined): StateDraft {
  const states = object.states?.list ?? [];
  const entry = table(table(own.states)[name ?? ""]);
  const state = states.find((one) => one.value === name);
  const like = states.find((one) => !one.final && one.to.length > 0 && !(one.value in table(own.states)));
  return {
    name: name ?? "",
    label: state?.label ?? "",
    like: isOwn(fullNameOf(object)) ? null : String(entry.like ?? like?.value ?? ""),
    to: state?.to ?? [],
    from: name ? states.filter((one) => one.to.includes(name)).map((one) => one.value) : [],
    final: state?.final ?? false,
  };
}

export function StateDialog({ object, own, name: known, onClose }: Props) {
  const full = fullNameOf(object);
  const states = object.states?.list ?? [];
  const [draft, setDraft] = useState(() => draftOf(object, own, known));
  const put = (change: Partial<StateDraft>) => setDraft((before) => ({ ...before, ...change }));
  const values = states.map((state) => state.value);
  const name = known ?? freeName(draft.label, "state", values, isOwn(full) ? "" : PREFIX);
  const others = states.filter((state) => state.value !== known);
  const options = others.map(({ value, label }) => ({ value, label }));
  const apps = others.filter(
    (state) => !(state.value in table(own.states)) || !table(table(own.states)[state.value]).like,
  );
  const set = stateSet(full, own, values, { ...draft, label: draft.label.trim(), name }, labelOf(name));
  return (
    <StudioDialog
      title={
        known
          ? t("studio.state.change", { name: draft.label })
          : t("studio.state.new", { name: object.label })
      }
      change={draft.label.trim() ? { object: full, set } : null}
      entry={name}
      inputs={["name", "like", "to"]}
      known={(kind, state) =>
        kind === "states" ? states.find((one) => one.value === state)?.label : undefined
      }
      done={t(known ? "studio.state.changed" : "studio.state.added", { name: draft.label })}
      onClose={onClose}
    >
      {(errors) => (
        <>
          <TextInput
            label={t("studio.label")}
            labelProps={{ "data-required": true }}
            description={draft.label && t("studio.name.is", { name })}
            data-autofocus
            value={draft.label}
            error={errors.name}
            onChange={(event) => put({ label: event.currentTarget.value })}
          />
          {draft.like !== null && (
            <NativeSelect
              label={t("studio.state.like")}
              description={t("studio.state.like.help")}
              data={apps.map(({ value, label }) => ({ value, label }))}
              value={draft.like}
              error={errors.like}
              onChange={(event) => put({ like: event.currentTarget.value })}
            />
          )}
          {options.length > 0 && (
            <>
              <MultiSelect
                label={t("studio.state.from")}
                data={options}
                value={draft.from}
                onChange={(from) => put({ from })}
                searchable
                clearButtonProps={{ "aria-label": t("clear") }}
              />
              <MultiSelect
                label={t("studio.state.to")}
                data={options}
                value={draft.to}
                error={errors.to}
                onChange={(to) => put({ to })}
                searchable
                clearButtonProps={{ "aria-label": t("clear") }}
              />
            </>
          )}
          {draft.like === null && (
            <Switch
              label={t("studio.state.final")}
              checked={draft.final}
              onChange={(event) => put({ final: event.currentTarget.checked })}
            />
          )}
        </>
      )}
    </StudioDialog>
  );
}
