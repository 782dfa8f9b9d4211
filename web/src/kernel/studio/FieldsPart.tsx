/** All fields of an object: the app's as they are, those that were added to be changed or taken away. */
import { ActionIcon, Button } from "@mantine/core";
import { IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import type { MetaField, MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { fullNameOf } from "../meta";
import { ChoicesDialog } from "./ChoicesDialog";
import { FieldDialog } from "./FieldDialog";
import { Mark } from "./Mark";
import type { PartProps } from "./ObjectStudio";
import classes from "./Studio.module.css";
import { StudioDialog } from "./StudioDialog";
import { table, takeField } from "./sets";
import { TypeSign, typeLabel } from "./TypePicker";

const NEW = "new";

export function FieldsPart({ object, own, asked, onAsk }: PartProps) {
  const [taking, setTaking] = useState<MetaField | null>(null);
  const added = table(own.fields);
  // What can be changed comes first.
  const fields = object.fields
    .filter((field) => !field.system)
    .toSorted((one, other) => Number(other.name in added) - Number(one.name in added));
  const open = asked && fields.find((field) => field.name === asked);
  return (
    <>
      <div className={classes.partHead}>
        <p className="quiet">{t("studio.fields.about")}</p>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => onAsk(NEW)}>
          {t("studio.field.add")}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keys, too */}
      <section className={classes.scroller} tabIndex={0} aria-label={t("studio.part.fields")}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t("studio.label")}</th>
              <th scope="col">{t("studio.name")}</th>
              <th scope="col">{t("studio.field.type")}</th>
              <th scope="col">{t("studio.field.marks")}</th>
              <th scope="col">
                <span className="sr-only">{t("studio.actions")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <Row
                key={field.name}
                object={object}
                field={field}
                own={field.name in added}
                onEdit={() => onAsk(field.name)}
                onTake={() => setTaking(field)}
              />
            ))}
          </tbody>
        </table>
      </section>
      {asked === NEW && <FieldDialog object={object} own={own} onClose={() => onAsk(null)} />}
      {open && open.name in added && (
        <FieldDialog object={object} own={own} name={open.name} onClose={() => onAsk(null)} />
      )}
      {open && !(open.name in added) && mayHaveMore(object, open) && (
        <ChoicesDialog object={object} own={own} field={open} onClose={() => onAsk(null)} />
      )}
      {taking && (
        <StudioDialog
          title={t("studio.take", { name: taking.label })}
          change={{ object: fullNameOf(object), set: takeField(own, taking.name) }}
          submit={t("studio.take.do")}
          done={t("studio.taken", { name: taking.label })}
          danger
          known={(kind, name) => (kind === "fields" && name === taking.name ? taking.label : undefined)}
          onClose={() => setTaking(null)}
        />
      )}
    </>
  );
}

/** Whether an app's choice may have further values; its states are added elsewhere. */
const mayHaveMore = (object: MetaObject, field: MetaField): boolean =>
  (field.type === "choice" || field.type === "choices") && object.states?.field !== field.name;

interface RowProps {
  object: MetaObject;
  field: MetaField;
  own: boolean;
  onEdit: () => void;
  onTake: () => void;
}

function Row({ object, field, own, onEdit, onTake }: RowProps) {
  const marks = [
    field.required && t("studio.field.required"),
    field.in_list && t("studio.field.list"),
    field.search && t("studio.field.search"),
    field.computed && t("studio.field.computed"),
  ].filter(Boolean);
  return (
    <tr>
      <th scope="row">
        <span className={classes.picked}>
          {field.label} {own && <Mark />}
        </span>
      </th>
      <td className={classes.mono}>{field.name}</td>
      <td>
        <span className={classes.picked}>
          <TypeSign type={field.type} /> {typeLabel(field.type)}
        </span>
      </td>
      <td className="quiet">{marks.join(", ")}</td>
      <td className={classes.tools}>
        {(own || mayHaveMore(object, field)) && (
          <ActionIcon aria-label={t("studio.edit", { name: field.label })} onClick={onEdit}>
            <IconPencil size={16} stroke={1.6} />
          </ActionIcon>
        )}
        {own && (
          <ActionIcon aria-label={t("studio.take", { name: field.label })} onClick={onTake}>
            <IconTrash size={16} stroke={1.6} />
          </ActionIcon>
        )}
      </td>
    </tr>
  );
}
