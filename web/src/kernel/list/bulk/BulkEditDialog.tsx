/** Gives the picked records the same value in one field. */
import { NativeSelect } from "@mantine/core";
import { useState } from "react";
import type { Json, MetaField, MetaObject, RecordData } from "../../../api/types";
import { t } from "../../../messages/t";
import { FormDialog } from "../../../ui/FormDialog";
import { FieldInput } from "../../fields/FieldInput";
import { useMeta } from "../../meta";
import { plain } from "../../record/draft";
import { isEditable } from "../table/editable";
import type { Bulk } from "./useBulk";

interface Props {
  object: MetaObject;
  rows: RecordData[];
  count: string;
  bulk: Bulk;
  onClose: () => void;
}

/** Fields that at least one of the records lets be changed; states are moved by their own button. */
const fieldsOf = (object: MetaObject, rows: RecordData[]): MetaField[] =>
  object.fields.filter(
    (field) => field.name !== object.states?.field && rows.some((row) => isEditable(object, field, row)),
  );

export function BulkEditDialog({ object, rows, count, bulk, onClose }: Props) {
  const meta = useMeta();
  const fields = fieldsOf(object, rows);
  const [name, setName] = useState(fields[0]?.name ?? "");
  const [value, setValue] = useState<Json>(null);
  const field = fields.find((one) => one.name === name);
  const sent = field && plain(value, field);
  const wanting = field?.required && (sent === null || sent === undefined);
  const run = () => {
    if (!field) return;
    onClose();
    void bulk.run({
      action: "update",
      input: { [field.name]: sent ?? null },
      done: (changed) => t("bulk.edited", { count: changed, name: field.label }),
    });
  };
  return (
    <FormDialog
      title={t("bulk.edit.title", { count })}
      submit={value === null || value === "" ? t("bulk.empty", { count }) : t("bulk.apply", { count })}
      disabled={!field || wanting}
      onSubmit={run}
      onClose={onClose}
    >
      <NativeSelect
        label={t("bulk.field")}
        data={fields.map((one) => ({ value: one.name, label: one.label }))}
        value={name}
        data-autofocus
        onChange={(event) => {
          setName(event.currentTarget.value);
          setValue(null);
        }}
      />
      {field && (
        <FieldInput
          key={field.name}
          object={object}
          field={field}
          value={value}
          required={field.required}
          currency={meta.company?.currency ?? null}
          onChange={setValue}
        />
      )}
    </FormDialog>
  );
}
