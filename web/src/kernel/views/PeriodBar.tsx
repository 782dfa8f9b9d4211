/** Which part of time a page shows, and how much of it: both stand in the address. */
import { ActionIcon, Button, SegmentedControl } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { aggregateQuery } from "../../api/queries";
import type { MetaObject } from "../../api/types";
import { locale } from "../../messages/language";
import { t } from "../../messages/t";
import { today } from "../../ui/format";
import { listAddress } from "../addresses";
import { COUNT } from "../figures/ask";
import { joinCel } from "../joinCel";
import { searchOf } from "../list/views";
import { usePageSearch } from "../useSearch";
import classes from "./Period.module.css";
import { periodWords, type Span, step } from "./period";

export interface Period {
  span: Span;
  date: string;
}

/** The part of time in the address, or the one around today. */
export function usePeriod(spans: Span[], usual: Span): [Period, (change: Partial<Period>) => void] {
  const [search, setSearch] = usePageSearch();
  const span = spans.find((one) => one === search.span) ?? usual;
  const date = /^\d{4}-\d{2}-\d{2}$/.test(search.date ?? "") ? (search.date ?? "") : today();
  return [{ span, date }, (change) => setSearch(change)];
}

interface Props {
  spans: Span[];
  period: Period;
  onChange: (change: Partial<Period>) => void;
  /** Who has no date, and is not shown. */
  object: MetaObject;
  undated: string | undefined;
  asked: string | undefined;
  filter: string | undefined;
  q: string | undefined;
  /** There are more records than are shown. */
  more: boolean;
}

export function PeriodBar({ spans, period, onChange, object, undated, asked, filter, q, more }: Props) {
  const { span, date } = period;
  const go = (count: number) => onChange({ date: step(span, date, count) });
  const without = useQuery(aggregateQuery(object.path, "", COUNT, { filter: joinCel([filter, undated]), q }));
  const count = Number(without.data?.data[0]?.[COUNT] ?? 0);
  return (
    <div className={classes.bar}>
      <Button variant="default" size="xs" onClick={() => onChange({ date: undefined })}>
        {t("period.today")}
      </Button>
      <ActionIcon aria-label={t("period.before")} onClick={() => go(-1)}>
        <IconChevronLeft size={18} stroke={1.6} />
      </ActionIcon>
      <ActionIcon aria-label={t("period.after")} onClick={() => go(1)}>
        <IconChevronRight size={18} stroke={1.6} />
      </ActionIcon>
      <h2 className={classes.title} aria-live="polite">
        {periodWords(span, date, locale)}
      </h2>
      {more && <span className={classes.note}>{t("period.more")}</span>}
      {count > 0 && (
        <Link
          to={listAddress(object.path)}
          search={{ ...searchOf(object, joinCel([asked, undated])), ...(q && { q }) }}
          className={classes.note}
        >
          {t("period.undated", { count })}
        </Link>
      )}
      <SegmentedControl
        className={classes.spans}
        size="xs"
        aria-label={t("period.span")}
        value={span}
        data={spans.map((one) => ({ value: one, label: t(`period.${one}`) }))}
        onChange={(next) => onChange({ span: next as Span })}
      />
    </div>
  );
}
