/** A field that cannot be changed here: its label and its value, named for screen readers. */
import { useId } from "react";
import type { Json, MetaField, MetaObject } from "../../api/types";
import classes from "./Fields.module.css";
import { Value } from "./Value";

interface Props {
  field: MetaField;
  value: Json | undefined;
  object?: MetaObject;
  currency?: string | null;
}

export function ReadOnly({ field, value, object, currency }: Props) {
  const id = useId();
  const empty = value === null || value === undefined || value === "";
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls, and this has none
    <div role="group" aria-labelledby={id}>
      <span id={id} className={classes.readonlyLabel}>
        {field.label}
      </span>
      <div className={classes.readonly}>
        {empty ? (
          <span className="quiet">–</span>
        ) : (
          <Value field={field} value={value} object={object} currency={currency} linked />
        )}
      </div>
    </div>
  );
}
