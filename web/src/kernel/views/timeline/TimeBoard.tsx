/** A scale of days with rows below it; the names of the rows stay at the left. */
import { type ReactNode, type RefObject, useRef } from "react";
import { locale } from "../../../messages/language";
import { t } from "../../../messages/t";
import { today } from "../../../ui/format";
import { type Sight, useSight } from "../../../ui/useSight";
import { LEAST_DAY_PX, placeOf, type Scale, type Tick, ticksOf } from "./scale";
import classes from "./Timeline.module.css";

export interface TimeRow {
  key: string;
  head: ReactNode;
  height: number;
  /** The bars within a part of the row, which is measured from its top: others are not in sight. */
  bars: (part: Sight) => ReactNode;
}

interface Props {
  label: string;
  scale: Scale;
  rows: (board: RefObject<HTMLDivElement | null>) => TimeRow[];
  /** Drawn above the rows, over the whole scale. */
  over?: (rows: TimeRow[]) => ReactNode;
}

function Line({ scale, ticks, kind }: { scale: Scale; ticks: Tick[]; kind: "major" | "minor" }) {
  return (
    <div className={classes[kind]}>
      {ticks.map((tick) => {
        const place = placeOf(scale, tick);
        return place ? (
          <span key={tick.start} style={{ insetInlineStart: `${place.left}%`, width: `${place.width}%` }}>
            {tick.label}
          </span>
        ) : null;
      })}
    </div>
  );
}

export function TimeBoard({ label, scale, rows: rowsOf, over }: Props) {
  const board = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLElement>(null);
  const sight = useSight(scroller);
  const { major, minor } = ticksOf(scale, locale);
  const rows = rowsOf(board);
  let below = 0;
  const lines = rows.map((row) => {
    const top = below;
    below += row.height;
    const part = { from: sight.from - top, to: sight.to - top };
    return { row, bars: part.to > 0 && part.from < row.height && row.bars(part) };
  });
  const now = placeOf(scale, { start: today(), end: today() });
  const least = Math.ceil((LEAST_DAY_PX[scale.span] ?? 1) * scale.days);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section ref={scroller} className={classes.scroller} tabIndex={0} aria-label={label}>
      <div className={classes.board} style={{ "--scale": `${least}px` } as React.CSSProperties}>
        <div className={classes.corner} />
        <div className={classes.ticks} aria-hidden ref={board}>
          <Line scale={scale} ticks={major} kind="major" />
          <Line scale={scale} ticks={minor} kind="minor" />
        </div>
        <div className={classes.heads}>
          {rows.map((row) => (
            <div key={row.key} className={classes.head} style={{ height: row.height }}>
              {row.head}
            </div>
          ))}
        </div>
        <div className={classes.rows}>
          {minor.map((tick) => (
            <span
              key={tick.start}
              className={classes.rule}
              style={{ insetInlineStart: `${placeOf(scale, tick)?.left}%` }}
            />
          ))}
          {now && (
            <span
              className={classes.today}
              style={{ insetInlineStart: `${now.left + now.width / 2}%` }}
              title={t("period.today")}
            />
          )}
          {over?.(rows)}
          <ul>
            {lines.map(({ row, bars }) => (
              <li key={row.key} className={classes.row} style={{ height: row.height }}>
                {bars}
              </li>
            ))}
          </ul>
        </div>
      </div>
    </section>
  );
}
