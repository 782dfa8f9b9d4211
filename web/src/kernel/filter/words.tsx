/** A filter as people say it. */
import type { MetaField, MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { formatDate, formatDecimal } from "../../ui/format";
import { LinkTitle } from "../fields/Value";
import { choicesOf, fieldOf, isNumeric } from "../meta";
import { type Condition, daysFromToday, type FilterNode, ME, type Operator, operatorsOf } from "./tree";

/** What the engine keeps to tell records apart is nothing to ask about. */
const INNER = new Set(["id", "version"]);

/** The fields that a list may be filtered by, those that every record has after the object's own. */
export function filterFields(object: MetaObject): MetaField[] {
  const fields = object.fields.filter(
    (field) => field.in_filter && !INNER.has(field.name) && operatorsOf(field).length > 0,
  );
  return fields.toSorted((one, other) => Number(one.system ?? false) - Number(other.system ?? false));
}

/** Days are after and before, numbers more and less. */
export function operatorLabel(operator: Operator, field: MetaField): string {
  if (field.type === "date" || field.type === "datetime") {
    if (operator === "gte") return t("operator.from");
    if (operator === "lte") return t("operator.until");
    if (operator === "gt") return t("operator.after");
    if (operator === "lt") return t("operator.before");
  }
  return t(`operator.${operator}`);
}

/** "today", "in 7 days", "30 days ago". */
export function dayLabel(days: number): string {
  if (days === 0) return t("filter.today");
  return days > 0 ? t("filter.daysAhead", { count: days }) : t("filter.daysAgo", { count: -days });
}

function ValueWords({ object, field, value }: { object: MetaObject; field: MetaField; value: string }) {
  if (field.type === "link" && value === ME) return <>{t("me")}</>;
  if (field.type === "link" || field.type === "links") return <LinkTitle to={field.to} value={value} />;
  if (field.type === "date" || field.type === "datetime") {
    const days = daysFromToday(value);
    return <>{days === null ? formatDate(value) : dayLabel(days)}</>;
  }
  if (field.type === "money") {
    const [amount = "", currency = ""] = value.split(" ");
    return <>{[formatDecimal(amount), currency].filter(Boolean).join(" ")}</>;
  }
  if (isNumeric(field)) return <>{formatDecimal(value)}</>;
  return <>{choicesOf(object, field).find((choice) => choice.value === value)?.label ?? value}</>;
}

function ConditionWords({ object, condition }: { object: MetaObject; condition: Condition }) {
  const field = fieldOf(object, condition.field);
  if (!field) return <>{condition.field}</>;
  return (
    <>
      <span className="quiet">
        {field.label} {operatorLabel(condition.operator, field)}
      </span>
      {condition.values.map((value, at) => (
        <span key={value}>
          {at > 0 ? ", " : " "}
          <ValueWords object={object} field={field} value={value} />
        </span>
      ))}
    </>
  );
}

/** A condition, a group with its parts, or the expression itself. */
export function FilterWords({ object, node }: { object: MetaObject; node: FilterNode }) {
  if (node.kind === "words") return <code>{node.source}</code>;
  if (node.kind === "condition") return <ConditionWords object={object} condition={node} />;
  const joint = node.join === "all" ? t("filter.and") : t("filter.or");
  return (
    <>
      {node.join === "none" && <span className="quiet">{t("filter.noneOf")} </span>}
      {node.parts.map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name but their place
        <span key={at}>
          {at > 0 && ` ${joint} `}
          {part.kind === "group" && "("}
          <FilterWords object={object} node={part} />
          {part.kind === "group" && ")"}
        </span>
      ))}
    </>
  );
}
