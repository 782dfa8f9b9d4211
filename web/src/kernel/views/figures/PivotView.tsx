/** An object's figures told apart on two sides, which the reader chooses; each leads to its records. */
import { t } from "../../../messages/t";
import classes from "../../figures/Figures.module.css";
import { PickMenu } from "../../figures/PickMenu";
import { PivotTable } from "../../figures/PivotTable";
import { usePivot } from "../../figures/usePivot";
import type { View } from "../../meta";
import { usePageSearch } from "../../useSearch";
import type { ViewProps } from "../props";
import { ViewState } from "../ViewState";
import { askedNames, groupOptions, measureOptions, namesText } from "./asked";

/** Groups on a side, and figures in a cell, that can still be read. */
const MOST = 3;

export function PivotView({ object, view, filter, asked, q }: ViewProps<View<"pivot">>) {
  const [search, setSearch] = usePageSearch();
  const rows = askedNames(search.rows, view.rows);
  const columns = askedNames(search.cols, view.columns);
  const measures = askedNames(search.measures, view.measures);
  const pivot = usePivot(object, { rows, columns, measures }, { filter, q });
  const options = groupOptions(object, [...rows, ...columns]);
  const others = (taken: string[]) => options.filter((option) => !taken.includes(option.value));
  return (
    <>
      <div className={classes.controls}>
        <PickMenu
          label={t("figures.rows")}
          options={others(columns)}
          chosen={rows}
          least={1}
          most={MOST}
          onChange={(next) => setSearch({ rows: namesText(next), closed: undefined })}
        />
        <PickMenu
          label={t("figures.columns")}
          options={others(rows)}
          chosen={columns}
          most={MOST}
          onChange={(next) => setSearch({ cols: namesText(next) })}
        />
        <PickMenu
          label={t("figures.measures")}
          options={measureOptions(object, measures)}
          chosen={measures}
          least={1}
          most={MOST}
          onChange={(next) => setSearch({ measures: namesText(next) })}
        />
      </div>
      <ViewState
        pending={pivot.pending}
        error={pivot.error}
        empty={pivot.below("rows", []).length === 0}
        onRetry={pivot.retry}
      >
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
        <section className={classes.scroller} tabIndex={0} aria-label={view.label}>
          <PivotTable
            object={object}
            pivot={pivot}
            measures={measures}
            filter={asked}
            q={q}
            closed={search.closed ? search.closed.split(",") : []}
            onClosed={(closed) => setSearch({ closed: closed.join(",") || undefined }, true)}
          />
        </section>
      </ViewState>
    </>
  );
}
