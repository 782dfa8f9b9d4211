/** What a condition compares with: one value, several, or a day counted from today. */
import { NativeSelect } from "@mantine/core";
import { type ReactNode, Suspense, useState } from "react";
import type { Json, MetaField, MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { amountOf, today } from "../../ui/format";
import { lazily } from "../../ui/lazily";
import { choicesOf, useMeta } from "../meta";
import classes from "./Filter.module.css";
import { type Condition, daysFromToday, fromToday, ME, takesMany } from "./tree";
import { dayLabel } from "./words";

const FieldInput = lazily(() => import("../fields/FieldInput").then((it) => it.FieldInput));

interface Props {
  object: MetaObject;
  field: MetaField;
  condition: Condition;
  onValues: (values: string[]) => void;
}

const ALIKE: Partial<Record<MetaField["type"], MetaField["type"]>> = {
  money: "decimal",
  duration: "integer",
  rating: "integer",
  links: "link",
  choices: "choice",
  datetime: "date",
};
const TYPED = new Set(["integer", "decimal", "quantity", "rate", "percent", "date", "choice", "link"]);

/** The field to type the value into: never required, one value where the field holds many, and the other way round. */
function valueField(object: MetaObject, field: MetaField, many: boolean): MetaField {
  const one = ALIKE[field.type] ?? field.type;
  const type = many ? (one === "link" ? "links" : "choices") : TYPED.has(one) ? one : "text";
  return {
    name: "value",
    label: t("filter.value"),
    type,
    of: choicesOf(object, field),
    to: field.to,
    unit: field.unit,
  };
}

function textOf(value: Json): string {
  if (value === null) return "";
  return typeof value === "object" ? (amountOf(value)?.amount ?? "") : String(value);
}

/** Days that are offered by how far they are from today. */
const OFFERED = [0, 1, 7, 30, 90, -1, -7, -30, -90, -365];
const EXACT = "exact";
const SOMEONE = "someone";

interface DayProps {
  value: string;
  onValue: (value: string) => void;
  /** The input for a day of the calendar. */
  exact: ReactNode;
}

function DayInput({ value, onValue, exact }: DayProps) {
  const days = daysFromToday(value);
  const offered = days === null || OFFERED.includes(days) ? OFFERED : [days, ...OFFERED];
  return (
    <div className={classes.day}>
      <NativeSelect
        aria-label={t("filter.when")}
        data={[
          { value: EXACT, label: t("filter.exactDay") },
          ...offered.map((one) => ({ value: fromToday(one), label: dayLabel(one) })),
        ]}
        value={days === null ? EXACT : value}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          onValue(chosen === EXACT ? today() : chosen);
        }}
      />
      {days === null && exact}
    </div>
  );
}

interface PersonProps {
  value: string;
  onValue: (value: string) => void;
  /** The input for somebody else. */
  other: ReactNode;
}

function PersonInput({ value, onValue, other }: PersonProps) {
  const [someone, setSomeone] = useState(value !== "" && value !== ME);
  return (
    <div className={classes.day}>
      <NativeSelect
        aria-label={t("filter.who")}
        data={[
          { value: "", label: "" },
          { value: ME, label: t("me") },
          { value: SOMEONE, label: t("filter.someone") },
        ]}
        value={someone ? SOMEONE : value}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          setSomeone(chosen === SOMEONE);
          onValue(chosen === ME ? ME : "");
        }}
      />
      {someone && other}
    </div>
  );
}

export function ValueInput({ object, field, condition, onValues }: Props) {
  const meta = useMeta();
  const many = takesMany(condition.operator);
  const shape = valueField(object, field, many);
  const [value = ""] = condition.values;
  const text = field.type === "money" ? (value.split(" ")[0] ?? "") : value;
  const input = (
    <div className={classes.value}>
      <Suspense>
        <FieldInput
          compact
          pickOnly
          field={shape}
          value={many ? condition.values : (field.type === "datetime" ? text.slice(0, 10) : text) || null}
          currency={meta.company?.currency ?? null}
          onChange={(next: Json) =>
            onValues(many && Array.isArray(next) ? next.map(String) : next === null ? [] : [textOf(next)])
          }
        />
      </Suspense>
    </div>
  );
  if (shape.type === "link" && field.to === "core.user")
    return <PersonInput value={value} onValue={(next) => onValues(next ? [next] : [])} other={input} />;
  if (shape.type !== "date") return input;
  return <DayInput value={value} onValue={(next) => onValues([next])} exact={input} />;
}
