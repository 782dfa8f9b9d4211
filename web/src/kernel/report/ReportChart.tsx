/** The chart that a report declares. */
import type { Json, JsonObject, MetaColumn, MetaReport } from "../../api/types";
import { formatDate } from "../../ui/format";
import { inOrder } from "../figures/ask";
import { Chart } from "../figures/Chart";
import type { Axis } from "../figures/drawn";

function axisOf(columns: MetaColumn[], key: string): Axis {
  const column = columns.find((candidate) => candidate.key === key);
  const words = (value: Json | undefined): string => {
    if (value === null || value === undefined || value === "") return "–";
    if (typeof value === "object" && !Array.isArray(value)) return String(value.title ?? "–");
    if (column?.type === "date") return formatDate(String(value));
    return column?.of.find((choice) => choice.value === value)?.label ?? String(value);
  };
  // A report says in which order its rows stand; only what is declared elsewhere has one of its own.
  return { key, words, order: column && column.of.length > 0 ? inOrder(column) : undefined };
}

const HEIGHT_PX = 260;

export function ReportChart({ report, rows }: { report: MetaReport; rows: JsonObject[] }) {
  const { chart, columns } = report;
  if (!chart) return null;
  const y = columns.find((column) => column.key === chart.y);
  const drawing = {
    kind: chart.kind,
    x: axisOf(columns, chart.x),
    series: chart.series ? axisOf(columns, chart.series) : null,
    y: chart.y,
    heading: y?.label ?? "",
    money: y?.type === "money",
  };
  return <Chart drawing={drawing} rows={rows} height={HEIGHT_PX} />;
}
