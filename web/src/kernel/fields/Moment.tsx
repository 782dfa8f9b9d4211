/** A date or a moment: relative to today in lists, in full in documents; marked when it is late. */
import { IconAlertCircle } from "@tabler/icons-react";
import { t } from "../../messages/t";
import { formatDate, formatDateTime, formatRelative } from "../../ui/format";
import classes from "./Value.module.css";

interface Props {
  value: string;
  relative?: boolean;
  /** The date has passed and what it was for has not happened. */
  late?: boolean;
}

export function Moment({ value, relative, late }: Props) {
  const exact = value.length === 10 ? formatDate(value) : formatDateTime(value);
  if (late) {
    return (
      <time dateTime={value} title={t("overdue.since", { date: exact })} className={classes.late}>
        <IconAlertCircle size={14} stroke={1.8} aria-label={t("overdue")} role="img" />
        {relative ? formatRelative(value) : exact}
      </time>
    );
  }
  if (!relative) return <time dateTime={value}>{exact}</time>;
  return (
    <time dateTime={value} title={exact}>
      {formatRelative(value)}
    </time>
  );
}
