/** The bars of a report; the table below carries the same figures for everyone. */
import "@mantine/charts/styles.css";
import { BarChart } from "@mantine/charts";
import type { Json, JsonObject, MetaReport } from "../../api/types";
import { amountOf, formatCompact, formatDate, formatDecimal } from "../../ui/format";

function figure(value: Json | undefined): number {
  const amount = amountOf(value);
  return amount ? Number(amount.amount) : 0;
}

export function ReportChart({ report, rows }: { report: MetaReport; rows: JsonObject[] }) {
  const chart = report.chart;
  if (!chart) return null;
  const label = report.columns.find((column) => column.key === chart.y)?.label ?? chart.y;
  const x = report.columns.find((column) => column.key === chart.x);
  const data = rows.map((row) => {
    const value = String(row[chart.x] ?? "–");
    return { x: x?.type === "date" ? formatDate(value) : value, y: figure(row[chart.y]) };
  });
  return (
    <div aria-hidden>
      <BarChart
        h={220}
        data={data}
        dataKey="x"
        series={[{ name: "y", label, color: "accent.6" }]}
        valueFormatter={(value) => formatDecimal(String(value))}
        yAxisProps={{ width: 44, tickFormatter: (value: number) => formatCompact(value) }}
        tickLine="none"
        gridAxis="x"
        barChartProps={{ accessibilityLayer: false }}
        barProps={{ radius: 3, isAnimationActive: false, maxBarSize: 48 }}
      />
    </div>
  );
}
