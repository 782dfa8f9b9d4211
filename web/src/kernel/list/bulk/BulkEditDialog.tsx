/** Gives the picked records the same value in one field. */
import { Button, Group, Modal, NativeSelect, Stack } from "@mantine/core";
import { useState } from "react";
import type { Json, MetaField, MetaObject, RecordData } from "../../../api/types";
import { t } from "../../../messages/t";
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
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("bulk.edit.title", { count })}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!field || wanting) return;
          onClose();
          void bulk.run({
            action: "update",
            input: { [field.name]: sent ?? null },
            done: (changed) => t("bulk.edited", { count: changed, name: field.label }),
          });
        }}
      >
        <Stack gap="md">
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
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" disabled={!field || wanting}>
              {value === null || value === "" ? t("bulk.empty", { count }) : t("bulk.apply", { count })}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
