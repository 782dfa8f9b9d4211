/** Records one below the other over time: parts under their whole, with arrows from what must be done before. */
import { Link } from "@tanstack/react-router";
import { t } from "../../../messages/t";
import { recordAddress } from "../../addresses";
import { withoutDate } from "../../figures/conditions";
import { fullNameOf, titleOf, type View } from "../../meta";
import { PeriodBar, usePeriod } from "../PeriodBar";
import type { ViewProps } from "../props";
import { useDated } from "../useDated";
import { ViewState } from "../ViewState";
import { Arrows } from "./Arrows";
import { outlineOf } from "./outline";
import { scaleOf } from "./scale";
import { TimeBar } from "./TimeBar";
import { TimeBoard } from "./TimeBoard";
import classes from "./Timeline.module.css";
import { SPANS } from "./TimelineView";

const ROW_PX = 36;
const INDENT_PX = 16;

export function GanttView({ object, view, filter, asked, q }: ViewProps<View<"gantt">>) {
  const [period, setPeriod] = usePeriod(SPANS, "season");
  const scale = scaleOf(period.span, period.date);
  const dated = useDated({ ...view, object, from: scale.from, to: scale.to, filter, q });
  const { query, items: bars, move, start, end } = dated;
  const rows = outlineOf(
    bars.map((bar) => ({
      id: String(bar.record.id),
      above: object.tree ? bar.record[object.tree] : null,
      bar,
    })),
  );
  // What an object's records are done after is a list of others of its kind.
  const after = object.fields.find((field) => field.type === "links" && field.to === fullNameOf(object));
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
          over={(shown) =>
            after && (
              <Arrows bars={rows.map((row) => row.bar)} after={after.name} scale={scale} rows={shown} />
            )
          }
          rows={(board) =>
            rows.map(({ id, depth, bar }) => ({
              key: id,
              height: ROW_PX,
              head: (
                <Link
                  to={recordAddress(object.path, id)}
                  className={classes.rowName}
                  style={{ paddingInlineStart: depth * INDENT_PX }}
                >
                  <span className="truncate">{titleOf(object, bar.record)}</span>
                </Link>
              ),
              bars: () => (
                <TimeBar object={object} bar={bar} scale={scale} board={board} top={4} onMoved={move} />
              ),
            }))
          }
        />
      </ViewState>
    </>
  );
}
