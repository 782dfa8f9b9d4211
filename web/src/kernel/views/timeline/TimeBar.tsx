/** A record on a scale: dragged, or moved by Alt and arrow keys; with Shift its end alone. */
import { Link } from "@tanstack/react-router";
import type { KeyboardEvent, RefObject } from "react";
import type { MetaObject } from "../../../api/types";
import { t } from "../../../messages/t";
import tones from "../../../ui/Badge.module.css";
import { formatDate } from "../../../ui/format";
import { toneOf } from "../../../ui/StateBadge";
import { recordAddress } from "../../addresses";
import { addDays } from "../../figures/buckets";
import { titleOf } from "../../meta";
import type { Dated, Edge } from "../useDated";
import { type Bar, placeOf, type Scale } from "./scale";
import classes from "./Timeline.module.css";
import { TOWARDS, useDrag } from "./useDrag";

interface Props {
  object: MetaObject;
  bar: Dated;
  scale: Scale;
  /** The element that is as wide as the scale. */
  board: RefObject<HTMLElement | null>;
  top?: number;
  /** Its name stands on it. */
  named?: boolean;
  onMoved: (bar: Dated, edge: Edge, days: number) => void;
}

/** A bar as it is while it is dragged. */
function draggedBar(bar: Dated, edge: Edge, days: number): Bar {
  const start = edge === "end" ? bar.start : addDays(bar.start, days);
  const end = edge === "start" ? bar.end : addDays(bar.end, days);
  return start <= end ? { start, end } : { start: bar.start, end: bar.end };
}

const ARROWS: Record<string, number> = { ArrowLeft: -TOWARDS, ArrowRight: TOWARDS };

export function TimeBar({ object, bar, scale, board, top, named, onMoved }: Props) {
  const dayPx = () => (board.current?.clientWidth ?? scale.days) / scale.days;
  const { drag, handlers, wasDragged } = useDrag(dayPx, (edge, days) => onMoved(bar, edge, days));
  const shown = drag ? draggedBar(bar, drag.edge, drag.days) : bar;
  const place = placeOf(scale, shown);
  if (!place) return null;
  const title = titleOf(object, bar.record);
  const dates =
    shown.start === shown.end
      ? formatDate(shown.start)
      : `${formatDate(shown.start)} – ${formatDate(shown.end)}`;
  const state = object.states?.list.find((one) => one.value === bar.record[object.states?.field ?? ""]);
  const words = [title, state?.label, dates].filter(Boolean).join(", ");
  const onKeyDown = (event: KeyboardEvent) => {
    const days = ARROWS[event.key];
    if (!days || !event.altKey || !bar.movable) return;
    event.preventDefault();
    if (!event.shiftKey) onMoved(bar, "both", days);
    else if (bar.sizable) onMoved(bar, "end", days);
  };
  return (
    <div
      className={`${classes.bar} ${state ? tones[toneOf(state.value, object.states?.initial)] : ""}`}
      data-dragging={drag ? true : undefined}
      style={{ insetInlineStart: `${place.left}%`, width: `${place.width}%`, top }}
    >
      <Link
        to={recordAddress(object.path, bar.record.id)}
        className={classes.name}
        draggable={false}
        title={words}
        aria-label={words}
        aria-keyshortcuts={bar.movable ? "Alt+ArrowLeft Alt+ArrowRight" : undefined}
        aria-description={bar.movable ? t(bar.sizable ? "timeline.keys.both" : "timeline.keys") : undefined}
        data-movable={bar.movable || undefined}
        onKeyDown={onKeyDown}
        onClick={(event) => {
          if (wasDragged()) event.preventDefault();
        }}
        {...(bar.movable && handlers("both"))}
      >
        <span>{drag ? dates : named && title}</span>
      </Link>
      {bar.sizable && (
        <>
          <span className={classes.edge} data-edge="start" aria-hidden {...handlers("start")} />
          <span className={classes.edge} data-edge="end" aria-hidden {...handlers("end")} />
        </>
      )}
    </div>
  );
}
