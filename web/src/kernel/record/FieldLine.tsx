/** One field from what to what; `lines/<row>/quantity` names the table and the column. */
import type { FieldChange, MetaField, MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { useMeta } from "../meta";
import { FieldWords, labelOfPath } from "./FieldWords";
import classes from "./History.module.css";
import { childColumns } from "./tables";

export function FieldLine({ object, change }: { object: MetaObject; change: FieldChange }) {
  const meta = useMeta();
  const columnsOf = (field: MetaField) => childColumns(meta, field, object);
  const [, row, column] = change.field.split("/");
  const [from, to] = [change.from ?? null, change.to ?? null];
  return (
    <div>
      <dt>{labelOfPath(object, change.field, columnsOf)}</dt>
      <dd>
        {row && !column && t(to === null ? "history.rowGone" : "history.rowCame")}{" "}
        {from !== null && (
          <>
            <span className={classes.from}>
              <FieldWords object={object} path={change.field} value={from} />
            </span>
            {!(row && !column) && " → "}
          </>
        )}
        {!(row && !column && to === null) && <FieldWords object={object} path={change.field} value={to} />}
      </dd>
    </div>
  );
}
