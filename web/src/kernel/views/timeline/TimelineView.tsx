/** Records over time in lanes: by who does them, their kind, or whatever the view names. */
import { useMemo } from "react";
import { t } from "../../../messages/t";
import { groupOf, inOrder } from "../../figures/ask";
import { addDays } from "../../figures/buckets";
import { withoutDate } from "../../figures/conditions";
import { useWords } from "../../figures/useWords";
import { titleOf, type View } from "../../meta";
import { PeriodBar, usePeriod } from "../PeriodBar";
import type { Span } from "../period";
import type { ViewProps } from "../props";
import { type Dated, useDated } from "../useDated";
import { ViewState } from "../ViewState";
import { type Bar, LEAST_DAY_PX, type Scale, scaleOf, tracksOf } from "./scale";
import { TimeBar } from "./TimeBar";
import { TimeBoard } from "./TimeBoard";
import classes from "./Timeline.module.css";

export const SPANS: Span[] = ["fortnight", "season", "half", "year"];
const TRACK_PX = 30;
const EDGE_PX = 10;

const LETTER_PX = 7;

/** The days of a bar with those over which its name goes on. */
function withName(bar: Bar, title: string, scale: Scale): Bar {
  const days = Math.ceil((title.length * LETTER_PX) / (LEAST_DAY_PX[scale.span] ?? 1));
  const end = addDays(bar.start, days);
  const longer = end > bar.end;
  return { start: bar.start, end: longer ? end : bar.end };
}

export function TimelineView({ object, view, filter, asked, q }: ViewProps<View<"timeline">>) {
  const [period, setPeriod] = usePeriod(SPANS, "season");
  const scale = scaleOf(period.span, period.date);
  const dated = useDated({ ...view, object, from: scale.from, to: scale.to, filter, q });
  const { query, items: bars, move, start, end } = dated;
  const group = groupOf(object, view.by ?? "");
  const records = useMemo(() => bars.map((bar) => bar.record), [bars]);
  const words = useWords(view.by ? [group] : [], records);
  const values = view.by ? [...new Set(records.map((record) => record[group.name] ?? null))] : [null];
  const lanes = values
    .map((value) => ({ value, words: view.by ? words(group, value) : object.plural }))
    .sort(inOrder(group));
  const { by } = view;
  const { span, date } = period;
  const placed = useMemo(() => {
    const lanes = new Map<string, Dated[]>();
    for (const bar of bars) {
      const lane = JSON.stringify(by ? (bar.record[group.name] ?? null) : null);
      const own = lanes.get(lane);
      if (own) own.push(bar);
      else lanes.set(lane, [bar]);
    }
    const scale = scaleOf(span, date);
    return new Map(
      [...lanes].map(([lane, own]) => {
        const named = own.map((bar) => withName(bar, titleOf(object, bar.record), scale));
        return [lane, { own, tracks: tracksOf(named) }];
      }),
    );
  }, [bars, by, group.name, object, span, date]);
  return (
    <>
      <PeriodBar
        spans={SPANS}
        period={period}
        onChange={setPeriod}
        object={object}
        undated={withoutDate(start, end)}
        asked={asked}
        filter={filter}
        q={q}
        more={query.data?.more ?? false}
      />
      <ViewState
        pending={query.isPending}
        error={query.error}
        empty={false}
        onRetry={() => void query.refetch()}
      >
        {bars.length === 0 && <p className={classes.none}>{t("period.none")}</p>}
        <TimeBoard
          label={view.label}
          scale={scale}
          rows={(board) =>
            lanes.map((lane) => {
              const key = JSON.stringify(lane.value);
              const { own, tracks } = placed.get(key) ?? { own: [], tracks: [] };
              const topOf = (at: number) => (tracks[at] ?? 0) * TRACK_PX + EDGE_PX / 2;
              return {
                key,
                head: <span className="truncate">{lane.words}</span>,
                height: (Math.max(-1, ...tracks) + 1) * TRACK_PX + EDGE_PX,
                bars: ({ from, to }) =>
                  own.map(
                    (bar, at) =>
                      topOf(at) < to &&
                      topOf(at) + TRACK_PX > from && (
                        <TimeBar
                          key={String(bar.record.id)}
                          object={object}
                          bar={bar}
                          scale={scale}
                          board={board}
                          named
                          top={topOf(at)}
                          onMoved={move}
                        />
                      ),
                  ),
              };
            })
          }
        />
      </ViewState>
    </>
  );
}
