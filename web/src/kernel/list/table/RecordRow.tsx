/** A record as a line of the table. */
import { IconPencil } from "@tabler/icons-react";
import { type MouseEvent, memo, Suspense, useState } from "react";
import type { Json, MetaField, MetaObject, RecordData } from "../../../api/types";
import { t } from "../../../messages/t";
import { lazily } from "../../../ui/lazily";
import { isNumeric, isTextual, titleOf } from "../../meta";
import { Cell } from "../Cell";
import type { ColourRule } from "../layout";
import type { After } from "./EditCell";
import { isEditable } from "./editable";
import { Pick } from "./Pick";
import { RuleMark, ruleFor } from "./RuleMark";
import classes from "./Table.module.css";
import type { Edit } from "./useCellEdit";
import { pinnedAs, pinOf } from "./useColumns";

const EditCell = lazily(() => import("./EditCell").then((it) => it.EditCell), { ahead: false });
/** Whoever presses Enter on a cell types at once: the inputs are there before. */
export const preloadEditor = EditCell.fetch;

export interface RowActions {
  open: (record: RecordData) => void;
  pick: (index: number, extend: boolean) => void;
  edit: (record: RecordData, field: MetaField) => void;
  save: (
    index: number,
    record: RecordData,
    field: MetaField,
    value: Json,
    after: After,
    version?: Json,
  ) => void;
  cancel: (index: number, field: MetaField) => void;
}

interface Props {
  object: MetaObject;
  columns: MetaField[];
  pinned: number;
  record: RecordData;
  index: number;
  /** The column that the keys are at, when they are in this row. */
  active: number | null;
  picked: boolean;
  pickable: boolean;
  marked: boolean;
  edit: Edit | null;
  rules: ColourRule[];
  currency: string | null;
  actions: RowActions;
}

function RecordRowInner(props: Props) {
  const { object, columns, pinned, record, index, active, picked, pickable, marked, edit, rules, actions } =
    props;
  // The pencils of a row are there when somebody is near it.
  const [near, setNear] = useState(false);
  const rule = ruleFor(rules, object, record);
  const onClick = (event: MouseEvent<HTMLTableRowElement>) => {
    const inside = (event.target as HTMLElement).closest("a, button, label, input, select, [data-editing]");
    if (inside || window.getSelection()?.toString()) return;
    actions.open(record);
  };
  return (
    <tr
      aria-rowindex={index + 2}
      aria-selected={pickable ? picked : undefined}
      data-tone={rule?.tone}
      data-marked={marked || undefined}
      onClick={onClick}
      onPointerEnter={() => setNear(true)}
      onPointerLeave={() => setNear(false)}
    >
      {columns.map((field, at) => {
        const editing = edit?.name === field.name;
        const editable = near && !editing && isEditable(object, field, record);
        return (
          <td
            key={field.name}
            data-at={`${index}/${at}`}
            // What does not fit is cut at its own end, also where the page is read from the right.
            dir={at > 0 && isTextual(field) ? "auto" : undefined}
            data-numeric={isNumeric(field) || undefined}
            data-pinned={pinnedAs(at, pinned)}
            data-editing={editing || undefined}
            style={pinOf(at, pinned)}
            tabIndex={at === 0 ? undefined : active === at ? 0 : -1}
          >
            {at === 0 && pickable && (
              <Pick
                label={t("selection.one", { title: titleOf(object, record) })}
                checked={picked}
                onToggle={(extend) => actions.pick(index, extend)}
              />
            )}
            {at === 0 && rule && <RuleMark rule={rule} />}
            {editing ? (
              <Suspense fallback={null}>
                <EditCell
                  key={`${edit.error}/${Boolean(edit.theirs)}`}
                  object={object}
                  field={field}
                  record={record}
                  edit={edit}
                  currency={props.currency}
                  onSave={(value, after, version) =>
                    actions.save(index, record, field, value, after, version)
                  }
                  onCancel={() => actions.cancel(index, field)}
                />
              </Suspense>
            ) : (
              <Cell
                object={object}
                field={field}
                record={record}
                opens={at === 0}
                row={index}
                reached={active === 0}
              />
            )}
            {editable && (
              <button
                type="button"
                className={classes.pencil}
                tabIndex={-1}
                aria-label={t("cell.edit", { name: field.label })}
                onClick={() => actions.edit(record, field)}
              >
                <IconPencil size={14} aria-hidden />
              </button>
            )}
          </td>
        );
      })}
    </tr>
  );
}

export const RecordRow = memo(RecordRowInner);
