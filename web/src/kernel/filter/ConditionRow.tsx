/** One condition: a field, what is asked of it, and what it is compared with. */
import { ActionIcon, NativeSelect } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { fieldOf } from "../meta";
import classes from "./Filter.module.css";
import { type Condition, conditionOn, needsValue, type Operator, operatorsOf, takesMany } from "./tree";
import { ValueInput } from "./ValueInput";
import { filterFields, operatorLabel } from "./words";

interface Props {
  object: MetaObject;
  condition: Condition;
  onChange: (condition: Condition) => void;
  onRemove: () => void;
}

export function ConditionRow({ object, condition, onChange, onRemove }: Props) {
  const field = fieldOf(object, condition.field);
  if (!field) return null;
  const options = filterFields(object);
  // A condition that came as text may ask about a field that is not offered.
  const offered = options.some((one) => one.name === field.name) ? options : [field, ...options];
  const changeOperator = (operator: Operator) => {
    const keeps = needsValue(operator) && needsValue(condition.operator);
    const values = keeps ? (takesMany(operator) ? condition.values : condition.values.slice(0, 1)) : [];
    onChange({ ...condition, operator, values });
  };
  return (
    <div className={classes.condition}>
      <NativeSelect
        aria-label={t("filter.field")}
        data={offered.map((one) => ({ value: one.name, label: one.label }))}
        value={field.name}
        onChange={(event) => {
          const chosen = fieldOf(object, event.currentTarget.value);
          if (chosen) onChange(conditionOn(chosen));
        }}
      />
      <NativeSelect
        aria-label={t("filter.operator")}
        data={operatorsOf(field).map((one) => ({ value: one, label: operatorLabel(one, field) }))}
        value={condition.operator}
        onChange={(event) => changeOperator(event.currentTarget.value as Operator)}
      />
      {needsValue(condition.operator) && (
        <ValueInput
          key={`${field.name}/${condition.operator}`}
          object={object}
          field={field}
          condition={condition}
          onValues={(values) => onChange({ ...condition, values })}
        />
      )}
      <ActionIcon className={classes.remove} aria-label={t("filter.removeCondition")} onClick={onRemove}>
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </div>
  );
}
