/** What an action asks for before it is run, and what is being found out about it. */
import { Group, Loader, Text } from "@mantine/core";
import { useMemo, useState } from "react";
import type { Json, JsonObject, MetaAction, MetaField } from "../../api/types";
import { t } from "../../messages/t";
import { defaultsOf, type Errors, inputToSend } from "./draft";
import { RecordForm } from "./RecordForm";
import { schemaFields } from "./schema";

export interface ActionInput {
  fields: MetaField[];
  values: JsonObject;
  set: (name: string, value: Json) => void;
  /** As it is sent. */
  input: () => JsonObject;
}

export function useActionInput(action: MetaAction): ActionInput {
  const fields = useMemo(() => schemaFields(action.input), [action]);
  const [values, setValues] = useState<JsonObject>(() => defaultsOf(fields));
  return {
    fields,
    values,
    set: (name, value) => setValues((before) => ({ ...before, [name]: value })),
    input: () => inputToSend(fields, values),
  };
}

interface Props {
  action: MetaAction;
  asked: ActionInput;
  errors?: Errors;
  currency?: string | null;
  /** What it would do is being worked out. */
  looking: boolean;
  onChange: () => void;
}

export function ActionFields({ action, asked, errors = {}, currency, looking, onChange }: Props) {
  const { fields, values, set } = asked;
  return (
    <>
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
            set(name, value);
            onChange();
          }}
        />
      )}
      {looking && (
        <Group gap="sm" role="status">
          <Loader size="xs" />
          <Text size="sm">{t("preview.loading")}</Text>
        </Group>
      )}
    </>
  );
}
