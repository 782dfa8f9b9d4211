/** What an object of one's own is called, its sign, and the field that tells records apart. */
import { NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import type { JsonObject, MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { fullNameOf, isTextual } from "../meta";
import { said } from "./entries";
import { IconChoice } from "./IconChoice";
import { StudioDialog } from "./StudioDialog";

interface Props {
  object: MetaObject;
  own: JsonObject;
  onClose: () => void;
}

/** What the dialog asks for, in the notation. */
const ASKED = ["label", "plural", "about", "title", "icon"] as const;

export function ObjectDialog({ object, own, onClose }: Props) {
  const start = Object.fromEntries(ASKED.map((name) => [name, own[name] ?? null])) as JsonObject;
  const [entry, setEntry] = useState<JsonObject>({ ...start, icon: object.icon, title: object.title });
  const say = (name: string, value: string) =>
    setEntry({ ...entry, [name]: said({}, name, value)[name] ?? null });
  // Only what is said otherwise is set.
  const changed = ASKED.filter((name) => (entry[name] ?? null) !== (own[name] ?? null));
  const set: JsonObject = Object.fromEntries(changed.map((name) => [name, entry[name] ?? null]));
  const titles = object.fields.filter((field) => !field.system && isTextual(field));
  return (
    <StudioDialog
      title={t("studio.object.change", { name: object.label })}
      change={changed.length > 0 && entry.label ? { object: fullNameOf(object), set } : null}
      inputs={[...ASKED]}
      done={t("studio.object.changed", { name: String(entry.label) })}
      onClose={onClose}
    >
      {(errors) => (
        <>
          <TextInput
            label={t("studio.object.label")}
            labelProps={{ "data-required": true }}
            data-autofocus
            value={String(entry.label ?? "")}
            error={errors.label}
            onChange={(event) => say("label", event.currentTarget.value)}
          />
          <TextInput
            label={t("studio.object.plural")}
            placeholder={object.plural}
            value={String(entry.plural ?? "")}
            error={errors.plural}
            onChange={(event) => say("plural", event.currentTarget.value)}
          />
          <TextInput
            label={t("studio.object.about")}
            value={String(entry.about ?? "")}
            error={errors.about}
            onChange={(event) => say("about", event.currentTarget.value)}
          />
          <NativeSelect
            label={t("studio.object.title")}
            data={titles.map((field) => ({ value: field.name, label: field.label }))}
            value={String(entry.title ?? "")}
            error={errors.title}
            onChange={(event) => say("title", event.currentTarget.value)}
          />
          <IconChoice icon={String(entry.icon ?? "")} onIcon={(icon) => say("icon", icon)} />
        </>
      )}
    </StudioDialog>
  );
}
