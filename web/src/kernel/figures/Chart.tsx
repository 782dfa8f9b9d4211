/** Figures as a picture; a table beside it carries the same figures for everyone. */
import "@mantine/charts/styles.css";
import { AreaChart, BarChart, LineChart, PieChart } from "@mantine/charts";
import { ColorSwatch } from "@mantine/core";
import type { Json, JsonObject } from "../../api/types";
import { formatAmount, formatCompact, formatDecimal } from "../../ui/format";
import classes from "./Chart.module.css";
import { type Drawing, drawn } from "./drawn";
import { ticksOf } from "./ticks";

/** Colours of what stands beside each other; further ones begin anew. */
const COLOURS = ["accent.6", "teal.6", "orange.6", "grape.6", "cyan.6", "pink.6", "lime.7", "gray.6"];
const colour = (at: number): string => COLOURS[at % COLOURS.length] ?? "accent.6";

const PIE_PX = 220;

/** How far what stands at one place reaches: each figure by itself, or what is above and below the axis together. */
function heights(figures: number[], stacked: boolean): number[] {
  if (!stacked) return figures;
  const sum = (side: number[]) => side.reduce((before, one) => before + one, 0);
  return [sum(figures.filter((one) => one > 0)), sum(figures.filter((one) => one < 0))];
}

interface Props {
  drawing: Drawing;
  rows: JsonObject[];
  /** As high as its frame when left out. */
  height?: number;
  /** What was pointed at: the value on the axis, and of what stands beside each other. */
  onPick?: (x: Json, series: Json | undefined) => void;
}

export function Chart({ drawing, rows, height, onPick }: Props) {
  const { points, series, currency } = drawn(drawing, rows);
  const named = series.map(({ key, words }, at) => ({ name: key, label: words, color: colour(at) }));
  const format = (value: number): string => {
    if (!drawing.money) return formatDecimal(String(Number(value.toFixed(6))));
    const text = formatAmount({ amount: value.toFixed(6), currency }, true);
    return currency ? `${text} ${currency}` : text;
  };
  const pick = (at: number | undefined, key?: string) => {
    const point = at === undefined ? undefined : points[at];
    const one = series.find((candidate) => candidate.key === key);
    if (point) onPick?.(point.x.value, drawing.series ? one?.value : undefined);
  };
  const stacked = drawing.kind === "area" || (drawing.kind === "bar" && named.length > 1);
  const ticks = ticksOf(points.flatMap(({ figures }) => heights(Object.values(figures), stacked)));
  const shared = {
    h: height ?? "100%",
    data: points.map((point) => ({ x: point.x.words, ...point.figures })),
    dataKey: "x",
    series: named,
    withLegend: named.length > 1,
    // As they stand beside each other, not by their letters.
    legendProps: { itemSorter: null },
    valueFormatter: format,
    yAxisProps: {
      width: 52,
      ticks,
      domain: [ticks[0] ?? 0, ticks.at(-1) ?? 1],
      tickFormatter: (value: number) => formatCompact(value),
    },
    tickLine: "none",
    gridAxis: "x",
  } as const;
  const still = { isAnimationActive: false } as const;
  const page = {
    accessibilityLayer: false,
    onClick: (state: { activeTooltipIndex?: number | string | null }) =>
      pick(state.activeTooltipIndex == null ? undefined : Number(state.activeTooltipIndex)),
  };
  const frame = `${classes.frame} ${onPick ? classes.picks : ""}`;
  switch (drawing.kind) {
    case "pie": {
      const slices = points.map((point, at) => ({
        key: point.key,
        name: point.x.words,
        value: Object.values(point.figures).reduce((sum, figure) => sum + figure, 0),
        color: colour(at),
      }));
      return (
        <div aria-hidden className={`${classes.pie} ${frame}`}>
          <PieChart
            h={height ?? PIE_PX}
            size={(height ?? PIE_PX) - 40}
            data={slices}
            withLabels
            withLabelsLine
            labelsType="value"
            withTooltip
            tooltipDataSource="segment"
            valueFormatter={format}
            pieProps={{ ...still, rootTabIndex: -1, onClick: (_slice: unknown, at: number) => pick(at) }}
            pieChartProps={{ accessibilityLayer: false }}
          />
          <ul className={classes.legend}>
            {slices.map((slice) => (
              <li key={slice.key}>
                <ColorSwatch size={10} color={`var(--mantine-color-${slice.color.replace(".", "-")})`} />
                {slice.name}
              </li>
            ))}
          </ul>
        </div>
      );
    }
    case "line":
      return (
        <div aria-hidden className={frame}>
          <LineChart {...shared} lineProps={still} lineChartProps={page} />
        </div>
      );
    case "area":
      return (
        <div aria-hidden className={frame}>
          <AreaChart {...shared} type="stacked" areaProps={still} areaChartProps={page} />
        </div>
      );
    default:
      return (
        <div aria-hidden className={frame}>
          <BarChart
            {...shared}
            type={stacked ? "stacked" : "default"}
            barChartProps={{ accessibilityLayer: false }}
            barProps={(one) => ({
              radius: named.length > 1 ? 0 : 3,
              isAnimationActive: false,
              maxBarSize: 48,
              onClick: (_bar: unknown, at: number) => pick(at, String(one.name)),
            })}
          />
        </div>
      );
  }
}
