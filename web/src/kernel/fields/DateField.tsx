/** Dates as typed or picked: ISO days, moments in UTC. */
import "@mantine/dates/styles.css";
import { DateInput, DatesProvider, DateTimePicker } from "@mantine/dates";
import { IconCalendar } from "@tabler/icons-react";
import { t } from "../../messages/t";
import { dates } from "../../ui/dates";
import type { CommonProps } from "./FieldInput";

interface Props {
  common: CommonProps;
  value: string | null;
  onChange: (value: string | null) => void;
}

const popover = { popoverProps: { shadow: "md", transitionProps: { duration: 120 } } } as const;
const icon = <IconCalendar size={16} stroke={1.6} aria-hidden />;

export function DateField({ common, value, onChange }: Props) {
  return (
    <DatesProvider settings={dates}>
      <DateInput
        {...common}
        {...popover}
        highlightToday
        weekendDays={[]}
        valueFormat="YYYY-MM-DD"
        placeholder={common.label ? t("date.placeholder") : undefined}
        rightSection={common.label ? icon : undefined}
        rightSectionPointerEvents="none"
        value={value}
        onChange={onChange}
      />
    </DatesProvider>
  );
}

const pad = (part: number) => String(part).padStart(2, "0");

/** RFC 3339 UTC as local `YYYY-MM-DD HH:mm:ss`, which the picker speaks. */
function toLocal(value: string | null): string | null {
  if (!value) return null;
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return null;
  const day = `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
  return `${day} ${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`;
}

export function DateTimeField({ common, value, onChange }: Props) {
  return (
    <DatesProvider settings={dates}>
      <DateTimePicker
        {...common}
        {...popover}
        highlightToday
        weekendDays={[]}
        valueFormat="YYYY-MM-DD HH:mm"
        clearable
        clearButtonProps={{ "aria-label": t("clear") }}
        value={toLocal(value)}
        submitButtonProps={{ "aria-label": t("apply") }}
        timePickerProps={{ hoursInputLabel: t("hours"), minutesInputLabel: t("minutes") }}
        onChange={(picked) => onChange(picked ? new Date(picked.replace(" ", "T")).toISOString() : null)}
      />
    </DatesProvider>
  );
}
