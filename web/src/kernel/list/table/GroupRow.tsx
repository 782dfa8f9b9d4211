/** The heading of a group with its count and sums, and the line that shows more of it. */
import { Button } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { PAGE_MOST } from "../../../api/queries";
import type { Json, MetaField, MetaObject } from "../../../api/types";
import { t } from "../../../messages/t";
import { formatDecimal, formatMonth } from "../../../ui/format";
import { Value } from "../../fields/Value";
import type { GroupInfo } from "./rows";
import classes from "./Table.module.css";

interface Props {
  object: MetaObject;
  by: MetaField;
  columns: MetaField[];
  group: GroupInfo;
  index: number;
  active: boolean;
  onToggle: (group: GroupInfo) => void;
}

function GroupTitle({ object, by, value }: { object: MetaObject; by: MetaField; value: Json }) {
  if (value === null || value === "") return <span className="quiet">{t("group.none")}</span>;
  if (by.type === "date" || by.type === "datetime") return <>{formatMonth(String(value))}</>;
  if (by.type === "boolean") return <>{value ? t("yes") : t("no")}</>;
  return <Value field={by} object={object} value={value} />;
}

/** A sum; of several currencies each by itself. */
function Sum({ field, value }: { field: MetaField; value: Json | undefined }) {
  const several = Array.isArray(value) ? value : [value ?? null];
  return (
    <>
      {several.map((one) => (
        <span key={JSON.stringify(one)} className={classes.sum}>
          <Value field={field} value={one} />
        </span>
      ))}
    </>
  );
}

export function GroupRow({ object, by, columns, group, index, active, onToggle }: Props) {
  // The heading takes the columns before the first sum.
  const found = columns.findIndex((field, at) => at > 0 && field.name in group.sums);
  const span = found < 0 ? columns.length : found;
  const Chevron = group.open ? IconChevronDown : IconChevronRight;
  return (
    <tr className={classes.group} aria-rowindex={index + 2}>
      <th scope="rowgroup" colSpan={span}>
        <button
          type="button"
          className={classes.fold}
          data-at={`${index}/0`}
          tabIndex={active ? 0 : -1}
          aria-expanded={group.open}
          onClick={() => onToggle(group)}
        >
          <Chevron size={16} stroke={1.6} aria-hidden />
          <span className="truncate">
            <GroupTitle object={object} by={by} value={group.value} />
          </span>
          <span className="quiet num">{formatDecimal(group.count)}</span>
        </button>
      </th>
      {columns.slice(span).map((field) => (
        <td key={field.name} data-numeric={field.name in group.sums || undefined}>
          {field.name in group.sums && <Sum field={field} value={group.sums[field.name]} />}
        </td>
      ))}
    </tr>
  );
}

interface MoreProps {
  columns: MetaField[];
  group: GroupInfo;
  shown: number;
  onMore: (group: GroupInfo) => void;
  onNarrow: (group: GroupInfo) => void;
}

export function MoreRow({ columns, group, shown, onMore, onNarrow }: MoreProps) {
  const full = shown >= PAGE_MOST;
  const rest = formatDecimal(group.count - shown);
  return (
    <tr>
      <td colSpan={columns.length}>
        <Button size="xs" variant="subtle" color="gray" onClick={() => (full ? onNarrow : onMore)(group)}>
          {full ? t("group.only") : t("group.more", { count: rest })}
        </Button>
      </td>
    </tr>
  );
}
