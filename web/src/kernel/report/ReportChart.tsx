/** A report as a picture; a table beside it carries the same figures for everyone. */
import "@mantine/charts/styles.css";
import { AreaChart, BarChart, LineChart, PieChart } from "@mantine/charts";
import { ColorSwatch } from "@mantine/core";
import type { Json, JsonObject, MetaReport } from "../../api/types";
import { amountOf, formatCompact, formatDate, formatDecimal } from "../../ui/format";
import classes from "./Report.module.css";

/** Colours of what stands beside each other; further ones begin anew. */
const COLOURS = ["accent.6", "teal.6", "orange.6", "grape.6", "cyan.6", "pink.6", "lime.7", "gray.6"];

function figure(value: Json | undefined): number {
  const amount = amountOf(value);
  return amount ? Number(amount.amount) : 0;
}

const colour = (at: number): string => COLOURS[at % COLOURS.length] ?? "accent.6";

/** What stands beside each other under one heading. */
interface Series {
  key: string;
  label: string;
}

/** What of a report its chart is made from. */
type Drawn = Pick<MetaReport, "columns" | "chart">;

/** The points of a chart by their `key`: records of one title stay apart, and so do amounts of two currencies. */
export function drawn(report: Drawn, rows: JsonObject[]) {
  const chart = report.chart;
  const label = (key: string | null | undefined, row: JsonObject): string => {
    const value = key ? row[key] : undefined;
    const column = report.columns.find((candidate) => candidate.key === key);
    if (value === null || value === undefined || value === "") return "–";
    if (typeof value === "object" && !Array.isArray(value)) return String(value.title ?? "–");
    if (column?.type === "date") return formatDate(String(value));
    return column?.of.find((choice) => choice.value === value)?.label ?? String(value);
  };
  const identity = (key: string | null | undefined, row: JsonObject): string => {
    const value = key ? row[key] : undefined;
    const record = typeof value === "object" && value !== null && !Array.isArray(value);
    return JSON.stringify((record ? value.id : value) ?? null);
  };
  const heading = report.columns.find((column) => column.key === chart?.y)?.label ?? "";
  const currency = (row: JsonObject) => amountOf(row[chart?.y ?? ""])?.currency ?? null;
  const several = new Set(rows.map(currency).filter(Boolean)).size > 1;
  const points = new Map<string, Record<string, number | string>>();
  const series = new Map<string, Series>();
  for (const row of rows) {
    const unit = several ? currency(row) : null;
    const at = `${identity(chart?.x, row)} ${unit ?? ""}`;
    const x = unit ? `${label(chart?.x, row)} (${unit})` : label(chart?.x, row);
    const point = points.get(at) ?? { key: at, x };
    // A name that is also the key of x would hide it.
    const key = `y:${chart?.series ? identity(chart.series, row) : ""}`;
    point[key] = Number(point[key] ?? 0) + figure(row[chart?.y ?? ""]);
    points.set(at, point);
    series.set(key, { key, label: chart?.series ? label(chart.series, row) : heading });
  }
  return { data: [...points.values()], series: [...series.values()] };
}

export function ReportChart({ report, rows }: { report: Drawn; rows: JsonObject[] }) {
  const chart = report.chart;
  if (!chart) return null;
  const { data, series } = drawn(report, rows);
  const named = series.map(({ key, label }, at) => ({ name: key, label, color: colour(at) }));
  const shared = {
    h: 220,
    data,
    dataKey: "x",
    series: named,
    withLegend: named.length > 1,
    valueFormatter: (value: number) => formatDecimal(String(value)),
    yAxisProps: { width: 44, tickFormatter: (value: number) => formatCompact(value) },
    tickLine: "none",
    gridAxis: "x",
  } as const;
  const still = { isAnimationActive: false } as const;
  switch (chart.kind) {
    case "pie": {
      const slices = data.map((point, at) => ({
        key: String(point.key),
        name: String(point.x),
        value: series.reduce((sum, { key }) => sum + Number(point[key] ?? 0), 0),
        color: colour(at),
      }));
      return (
        <div aria-hidden className={classes.pie}>
          <PieChart
            h={220}
            size={180}
            data={slices}
            withLabels
            withLabelsLine
            labelsType="value"
            withTooltip
            tooltipDataSource="segment"
            pieProps={{ ...still, rootTabIndex: -1 }}
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
        <div aria-hidden>
          <LineChart {...shared} lineProps={still} lineChartProps={{ accessibilityLayer: false }} />
        </div>
      );
    case "area":
      return (
        <div aria-hidden>
          <AreaChart
            {...shared}
            type="stacked"
            areaProps={still}
            areaChartProps={{ accessibilityLayer: false }}
          />
        </div>
      );
    default:
      return (
        <div aria-hidden>
          <BarChart
            {...shared}
            type={named.length > 1 ? "stacked" : "default"}
            barChartProps={{ accessibilityLayer: false }}
            barProps={{ radius: named.length > 1 ? 0 : 3, isAnimationActive: false, maxBarSize: 48 }}
          />
        </div>
      );
  }
}
