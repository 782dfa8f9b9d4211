/** Records on the days that they fall on: dragged to others, made by a click on a day, opened by a click on themselves. */
import "@fullcalendar/react/skeleton.css";
import "@fullcalendar/react/themes/classic/theme.css";
import type { CalendarApi, Duration, EventInput } from "@fullcalendar/react";
import FullCalendar from "@fullcalendar/react";
import dayGrid from "@fullcalendar/react/daygrid";
import interaction from "@fullcalendar/react/interaction";
import list from "@fullcalendar/react/list";
import classic from "@fullcalendar/react/themes/classic";
import timeGrid from "@fullcalendar/react/timegrid";
import { useMediaQuery } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { direction, locale } from "../../../messages/language";
import { t } from "../../../messages/t";
import { afterPaint } from "../../../ui/afterPaint";
import { newAddress, recordAddress } from "../../addresses";
import { addDays } from "../../figures/buckets";
import { withoutDate } from "../../figures/conditions";
import { can, titleOf, type View } from "../../meta";
import { PHONE } from "../../shell/phone";
import { PeriodBar, usePeriod } from "../PeriodBar";
import { endOf, mondayOf, type Span, startOf } from "../period";
import type { ViewProps } from "../props";
import { TOWARDS } from "../timeline/useDrag";
import { type Edge, useDated } from "../useDated";
import { ViewState } from "../ViewState";
import classes from "./Calendar.module.css";
import { EventLines } from "./EventLines";

const SPANS: Span[] = ["month", "week", "day"];
/** What each part of time is called by the calendar: days alone, days with hours, and one below the other on a phone. */
const VIEWS: Record<string, Record<"days" | "hours" | "phone", string>> = {
  month: { days: "dayGridMonth", hours: "dayGridMonth", phone: "listMonth" },
  week: { days: "dayGridWeek", hours: "timeGridWeek", phone: "listWeek" },
  day: { days: "dayGridDay", hours: "timeGridDay", phone: "listDay" },
};
const KEYS: Record<string, number> = { ArrowLeft: -TOWARDS, ArrowRight: TOWARDS, ArrowUp: -7, ArrowDown: 7 };

export function CalendarView({ object, view, filter, asked, q }: ViewProps<View<"calendar">>) {
  const navigate = useNavigate();
  const phone = useMediaQuery(PHONE, undefined, { getInitialValueInEffect: false });
  const [period, setPeriod] = usePeriod(SPANS, "month");
  const { span, date } = period;
  // A month shows the whole of its first and its last week.
  const from = span === "month" ? mondayOf(startOf(span, date)) : startOf(span, date);
  const to = span === "month" ? addDays(mondayOf(addDays(endOf(span, date), -1)), 7) : endOf(span, date);
  const dated = useDated({ object, start: view.start, end: view.end, from, to, card: view.card, filter, q });
  const hours = dated.start.type === "datetime";
  const name = VIEWS[span]?.[phone ? "phone" : hours ? "hours" : "days"] ?? "dayGridMonth";
  const api = useRef<{ getApi: () => CalendarApi }>(null);

  const { items } = dated;
  const events = useMemo<EventInput[]>(
    () =>
      items.map((item) => ({
        id: String(item.record.id),
        title: titleOf(object, item.record),
        url: recordAddress(object.path, item.record.id),
        allDay: !hours,
        start: item.first,
        // The last day counts, but for the calendar, to which the end is the first moment after.
        end: hours ? item.last : addDays(item.last, 1),
        startEditable: item.movable,
        durationEditable: item.sizable,
        extendedProps: { item },
      })),
    [items, object, hours],
  );
  const drawn = useDeferredValue(events);
  // Also when other records have come: what was asked for while they were drawn may have been passed over.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `drawn` says when
  useEffect(
    () => afterPaint(() => api.current?.getApi().changeView(name, startOf(span, date))),
    [name, span, date, drawn],
  );
  const itemOf = (id: string) => items.find((item) => String(item.record.id) === id);
  const moved = (id: string, edge: Edge, delta: Duration, revert: () => void) => {
    const item = itemOf(id);
    if (item) dated.move(item, edge, delta.days ?? 0, delta.milliseconds ?? 0, revert);
  };
  // Every record is drawn anew with the calendar: it is drawn for what it shows alone.
  const [first] = useState({ name, date: startOf(span, date) });
  const latest = useRef(moved);
  latest.current = moved;
  const field = dated.start.name;
  const { card } = view;
  const calendar = useMemo(
    () => (
      <FullCalendar
        ref={api}
        plugins={[classic, dayGrid, timeGrid, list, interaction]}
        initialView={first.name}
        initialDate={first.date}
        headerToolbar={false}
        height="100%"
        firstDay={1}
        locale={locale}
        direction={direction}
        nowIndicator
        allDaySlot={!hours}
        dayMaxEvents
        fixedWeekCount={false}
        expandRows
        events={drawn}
        editable
        eventInteractive
        noEventsContent={t("period.none")}
        eventContent={({ event, timeText }) => (
          <EventLines
            object={object}
            card={card}
            record={event.extendedProps.item.record}
            time={hours ? timeText : ""}
            full={span !== "month"}
          />
        )}
        eventDidMount={({ el, event }) => {
          el.dataset.record = event.id;
          if (event.startEditable) {
            el.setAttribute("aria-keyshortcuts", "Alt+ArrowLeft Alt+ArrowRight Alt+ArrowUp Alt+ArrowDown");
            el.setAttribute("aria-description", t("calendar.keys"));
          }
        }}
        eventClick={({ event, jsEvent }) => {
          if (jsEvent.ctrlKey || jsEvent.metaKey) return;
          jsEvent.preventDefault();
          afterPaint(() => void navigate({ to: event.url }));
        }}
        eventDrop={({ event, delta, revert }) => latest.current(event.id, "both", delta, revert)}
        eventResize={({ event, endDelta, revert }) => latest.current(event.id, "end", endDelta, revert)}
        dateClick={({ dateStr, date: at }) => {
          if (!can(object, "create")) return;
          const value = hours ? at.toISOString() : dateStr.slice(0, 10);
          void navigate({ to: newAddress(object.path), search: { [field]: value } });
        }}
      />
    ),
    [drawn, object, card, field, hours, span, navigate, first],
  );
  const onKeyDown = (event: KeyboardEvent) => {
    const days = event.altKey ? KEYS[event.key] : undefined;
    const id = (event.target as Element).closest<HTMLElement>("[data-record]")?.dataset.record;
    const item = id ? itemOf(id) : undefined;
    if (!days || !item?.movable) return;
    event.preventDefault();
    dated.move(item, "both", days);
  };

  return (
    <>
      <PeriodBar
        spans={SPANS}
        period={period}
        onChange={setPeriod}
        object={object}
        undated={withoutDate(dated.start, dated.end)}
        asked={asked}
        filter={filter}
        q={q}
        more={dated.query.data?.more ?? false}
      />
      <ViewState
        pending={dated.query.isPending}
        error={dated.query.error}
        empty={false}
        onRetry={() => void dated.query.refetch()}
      >
        <section className={classes.calendar} aria-label={view.label} onKeyDown={onKeyDown}>
          {calendar}
        </section>
      </ViewState>
    </>
  );
}
