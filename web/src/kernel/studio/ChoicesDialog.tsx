/** Further values of an app's choice. */
import { Text, Textarea } from "@mantine/core";
import { useState } from "react";
import type { JsonObject, MetaField, MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { fullNameOf } from "../meta";
import { choicesFrom, choicesIn, choicesOut } from "./entries";
import { StudioDialog } from "./StudioDialog";
import { table } from "./sets";

interface Props {
  object: MetaObject;
  own: JsonObject;
  field: MetaField;
  onClose: () => void;
}

export function ChoicesDialog({ object, own, field, onClose }: Props) {
  const known = choicesIn(table(own.choices)[field.name]);
  const [lines, setLines] = useState(known.map((choice) => choice.label).join("\n"));
  const added = choicesFrom(lines, known);
  const apps = (field.of ?? []).filter((choice) => !known.some((one) => one.value === choice.value));
  return (
    <StudioDialog
      title={t("studio.choices.title", { name: field.label })}
      change={{
        object: fullNameOf(object),
        set: { [`choices.${field.name}`]: added.length > 0 ? choicesOut(added) : null },
      }}
      entry={field.name}
      inputs={["of"]}
      known={() => field.label}
      done={t("studio.field.changed", { name: field.label })}
      onClose={onClose}
    >
      {(errors) => (
        <>
          <Text size="sm">{t("studio.choices.app", { names: apps.map((one) => one.label).join(", ") })}</Text>
          <Textarea
            label={t("studio.choices.more")}
            description={t("studio.field.of.help")}
            autosize
            minRows={3}
            data-autofocus
            value={lines}
            error={errors.of}
            onChange={(event) => setLines(event.currentTarget.value)}
          />
        </>
      )}
    </StudioDialog>
  );
}
