/** One record, for whoever has its link: nobody signs in, and nothing else is told. */
import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { get } from "../../api/http";
import type { Json, SharedRecord } from "../../api/types";
import { t } from "../../messages/t";
import { EmptyState } from "../../ui/EmptyState";
import { amountOf, formatAmount, formatDate, formatDateTime } from "../../ui/format";
import { PageHeader } from "../../ui/PageHeader";
import { explain } from "../changes";
import { addressLines } from "../fields/addresses";
import classes from "./Shared.module.css";

/** What says nothing to somebody from outside. */
const HIDDEN = new Set(["id", "version", "created_at", "updated_at", "created_by", "company"]);
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const labelOf = (name: string): string => {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** A value in words; null where it says nothing without the record that it leads to. */
function words(value: Json): string | null {
  if (value === null || value === "" || value === false) return null;
  if (value === true) return t("yes");
  if (typeof value === "number") return String(value);
  if (typeof value === "string") {
    if (ID.test(value)) return null;
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return formatDate(value);
    if (/^\d{4}-\d{2}-\d{2}T/.test(value)) return formatDateTime(value);
    return value;
  }
  if (Array.isArray(value)) return value.map(words).filter(Boolean).join(", ") || null;
  const amount = "amount" in value ? amountOf(value) : null;
  if (amount) return `${formatAmount(amount)} ${amount.currency ?? ""}`.trim();
  return addressLines(value).join(", ") || null;
}

const isRows = (value: Json): value is { [key: string]: Json }[] =>
  Array.isArray(value) && value.length > 0 && value.every((row) => typeof row === "object" && row !== null);

export function SharedPage() {
  const { token = "" } = useParams({ strict: false });
  const shared = useQuery({
    queryKey: ["shared", token],
    queryFn: ({ signal }) => get<SharedRecord>(`shared/${token}`, {}, signal),
    retry: false,
  });
  if (shared.isPending) return <Skeleton h={120} m="lg" aria-label={t("loading")} />;
  if (shared.isError) {
    return (
      <main>
        <EmptyState page title={t("shared.over")} text={explain(shared.error)}>
          <Button component="a" href="/" variant="default">
            {t("signin")}
          </Button>
        </EmptyState>
      </main>
    );
  }
  const { label, title, record, expires_at: end } = shared.data;
  const fields = Object.entries(record).filter(([name]) => !HIDDEN.has(name));
  const plain = fields.filter(([, value]) => !isRows(value));
  return (
    <main className={classes.page}>
      <PageHeader crumbs={[]} title={title} aside={<span className="quiet">{label}</span>} />
      <div className={classes.body}>
        <dl className={classes.fields}>
          {plain.map(([name, value]) => {
            const text = words(value);
            return (
              text && (
                <div key={name}>
                  <dt>{labelOf(name)}</dt>
                  <dd>{text}</dd>
                </div>
              )
            );
          })}
        </dl>
        {fields.map(([name, value]) => isRows(value) && <Rows key={name} name={name} rows={value} />)}
        <p className="quiet">{end ? t("shared.until", { at: formatDateTime(end) }) : t("shared.by")}</p>
      </div>
    </main>
  );
}

function Rows({ name, rows }: { name: string; rows: { [key: string]: Json }[] }) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter(
    (column) =>
      !HIDDEN.has(column) && column !== "position" && rows.some((row) => words(row[column] ?? null)),
  );
  return (
    <section aria-label={labelOf(name)} className={classes.scroller}>
      <h2>{labelOf(name)}</h2>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {labelOf(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={String(row.id)}>
              {columns.map((column) => (
                <td key={column}>{words(row[column] ?? null)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
