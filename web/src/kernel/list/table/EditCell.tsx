/** The input in a cell: Enter and Tab save, Escape leaves it as it was. */
import { Button, Group } from "@mantine/core";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { Json, MetaField, MetaObject, RecordData } from "../../../api/types";
import { t } from "../../../messages/t";
import { FieldInput } from "../../fields/FieldInput";
import { Value } from "../../fields/Value";
import { inputField } from "./editable";
import classes from "./Table.module.css";
import type { Edit } from "./useCellEdit";

/** Where the focus goes when a cell is done. */
export type After = "stay" | "down" | "next" | "previous";

interface Props {
  object: MetaObject;
  field: MetaField;
  record: RecordData;
  edit: Edit;
  currency: string | null;
  onSave: (value: Json, after: After, version?: Json) => void;
  onCancel: () => void;
}

/** What belongs to an input although it opens outside of the cell. */
const LAYERS = ".mantine-Popover-dropdown, .mantine-Combobox-dropdown, [role=dialog]";
/** One choice is the whole value. */
const PICKED = new Set(["link"]);

function Conflict({ object, field, record, edit, onSave, onCancel }: Omit<Props, "currency">) {
  const { theirs, typed } = edit;
  if (!theirs) return null;
  const shown = (value: Json) => <Value field={field} object={object} value={value} />;
  return (
    <div className={classes.notice} role="alert">
      <p>{t("cell.conflict", { name: field.label })}</p>
      <dl>
        <dt>{t("cell.theirs")}</dt>
        <dd>{shown(theirs.value)}</dd>
        <dt>{t("cell.mine")}</dt>
        <dd>{shown(typed ?? null)}</dd>
      </dl>
      <Group gap={8}>
        <Button size="xs" variant="default" onClick={onCancel}>
          {t("cell.takeTheirs")}
        </Button>
        <Button size="xs" onClick={() => onSave(typed ?? null, "stay", theirs.version ?? record.version)}>
          {t("cell.keepMine")}
        </Button>
      </Group>
    </div>
  );
}

export function EditCell(props: Props) {
  const { object, field, record, edit, currency, onSave, onCancel } = props;
  const [value, setValue] = useState<Json>(edit.typed ?? record[field.name] ?? null);
  const box = useRef<HTMLDivElement>(null);
  const done = useRef(false);
  useEffect(() => {
    const input = box.current?.querySelector<HTMLElement>("input, select, textarea, button");
    input?.focus();
    if (input instanceof HTMLInputElement && input.type !== "checkbox") input.select();
  }, []);
  const finish = (next: Json, after: After) => {
    if (done.current) return;
    done.current = true;
    onSave(next, after);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // The grid and the page have keys of their own.
    event.stopPropagation();
    if (event.defaultPrevented) return;
    if (event.key === "Escape") {
      done.current = true;
      onCancel();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      finish(value, "down");
    } else if (event.key === "Tab") {
      event.preventDefault();
      finish(value, event.shiftKey ? "previous" : "next");
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys and focus of the input within are looked after here
    <div
      ref={box}
      className={classes.editor}
      data-wrong={Boolean(edit.error) || undefined}
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        const to = event.relatedTarget as Element | null;
        if (event.currentTarget.contains(to) || to?.closest(LAYERS)) return;
        // A window that loses the focus keeps what is being typed.
        if (!document.hasFocus() || edit.theirs) return;
        finish(value, "stay");
      }}
    >
      <FieldInput
        compact
        field={inputField(object, field, record)}
        value={value}
        required={field.required}
        currency={currency}
        error={edit.error}
        onChange={(next) => {
          setValue(next);
          if (PICKED.has(field.type) && next !== null) finish(next, "stay");
        }}
      />
      {edit.error && (
        <div className={classes.notice} role="alert">
          {edit.error}
        </div>
      )}
      <Conflict {...props} />
    </div>
  );
}
