/** An object's figures as a picture, the same figures below it; both lead to the records behind them. */
import { NativeSelect } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { t } from "../../../messages/t";
import { listAddress } from "../../addresses";
import { groupOf } from "../../figures/ask";
import { Chart } from "../../figures/Chart";
import { conditionsOf } from "../../figures/conditions";
import type { Drawing } from "../../figures/drawn";
import classes from "../../figures/Figures.module.css";
import { PickMenu } from "../../figures/PickMenu";
import { PivotTable } from "../../figures/PivotTable";
import { useDrawing } from "../../figures/useDrawing";
import { usePivot } from "../../figures/usePivot";
import { joinCel } from "../../joinCel";
import { searchOf } from "../../list/views";
import type { View } from "../../meta";
import { usePageSearch } from "../../useSearch";
import type { ViewProps } from "../props";
import { ViewState } from "../ViewState";
import { askedNames, groupOptions, measureOptions, namesText } from "./asked";

const KINDS = ["bar", "line", "area", "pie"] as const;

export function ChartView({ object, view, filter, asked, q }: ViewProps<View<"chart">>) {
  const [search, setSearch] = usePageSearch();
  const navigate = useNavigate();
  const by = askedNames(search.by, view.by);
  const [measure = view.measure] = askedNames(search.measure, [view.measure]);
  const kind: Drawing["kind"] = KINDS.find((one) => one === search.chart) ?? view.chart;
  const [first = "", ...beside] = by;
  const pivot = usePivot(object, { rows: [first], columns: beside, measures: [measure] }, { filter, q });
  const drawing = useDrawing(object, { kind, by, measure }, pivot.leaves);
  const groups = by.map((group) => groupOf(object, group));
  return (
    <>
      <div className={classes.controls}>
        <PickMenu
          label={t("figures.by")}
          options={groupOptions(object, by)}
          chosen={by}
          least={1}
          most={2}
          onChange={(next) => setSearch({ by: namesText(next) })}
        />
        <PickMenu
          label={t("figures.measure")}
          options={measureOptions(object, [measure])}
          chosen={[measure]}
          least={1}
          most={1}
          onChange={(next) => setSearch({ measure: next[0] })}
        />
        <NativeSelect
          size="xs"
          aria-label={t("figures.drawn")}
          data={KINDS.map((one) => ({ value: one, label: t(`figures.drawn.${one}`) }))}
          value={kind}
          onChange={(event) => setSearch({ chart: event.currentTarget.value })}
        />
      </div>
      <ViewState
        pending={pivot.pending}
        error={pivot.error}
        empty={pivot.leaves.length === 0}
        onRetry={pivot.retry}
      >
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
        <section className={classes.scroller} tabIndex={0} aria-label={view.label}>
          <div className={classes.chart}>
            <Chart
              drawing={drawing}
              rows={pivot.leaves}
              height={320}
              onPick={(x, series) => {
                const values = series === undefined ? [x] : [x, series];
                const condition = joinCel([asked, conditionsOf(groups.slice(0, values.length), values)]);
                void navigate({
                  to: listAddress(object.path),
                  search: { ...searchOf(object, condition), ...(q && { q }) },
                });
              }}
            />
          </div>
          <PivotTable object={object} pivot={pivot} measures={[measure]} filter={asked} q={q} />
        </section>
      </ViewState>
    </>
  );
}
