/** A report: its parameters, its rows, their totals, a chart where one helps. */

import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconDots, IconPrinter } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { lazy, Suspense, useMemo, useState } from "react";
import { reportQuery } from "../../api/queries";
import type { Json, JsonObject, MetaApp, MetaField, MetaReport } from "../../api/types";
import { t } from "../../messages/t";
import { EmptyState } from "../../ui/EmptyState";
import { today } from "../../ui/format";
import { PageHeader } from "../../ui/PageHeader";
import { useDelayed } from "../../ui/useDelayed";
import { appAddress } from "../addresses";
import { explain } from "../changes";
import { FieldInput } from "../fields/FieldInput";
import { Value } from "../fields/Value";
import { ListSkeleton } from "../list/ListSkeleton";
import { findObject, isNumeric, useMeta } from "../meta";
import { defaultsOf } from "../record/draft";
import { schemaFields } from "../record/schema";
import { NotFound } from "../shell/Failure";
import { usePageSearch } from "../useSearch";
import classes from "./Report.module.css";

const ReportChart = lazy(() => import("./ReportChart").then((module) => ({ default: module.ReportChart })));

const COMPANY = "core.company";

export function ReportPage() {
  const { app: appName, report: reportName } = useParams({ strict: false });
  const app = useMeta().apps.find((candidate) => candidate.name === appName);
  const report = app?.reports.find((candidate) => candidate.name === reportName);
  if (!app || !report) return <NotFound />;
  return <Report key={`${app.name}/${report.name}`} app={app} report={report} />;
}

/** A parameter as text for the address. */
const toText = (value: Json | undefined): string | undefined => {
  if (value === null || value === undefined || value === "") return undefined;
  if (typeof value === "object" && !Array.isArray(value)) return String(value.id ?? value.amount ?? "");
  return Array.isArray(value) ? value.join(",") : String(value);
};

function Report({ app, report }: { app: MetaApp; report: MetaReport }) {
  const meta = useMeta();
  const [search, setSearch] = usePageSearch();
  const one = meta.companies.length < 2;
  const fields = useMemo(
    () => schemaFields(report.params).filter((field) => !(one && field.to === COMPANY)),
    [report, one],
  );
  // A report as of a day is first shown as of today, and always for the company that is worked in.
  const company = meta.company?.id ?? null;
  const start: JsonObject = useMemo(() => {
    const values: JsonObject = {};
    for (const field of fields) {
      if (field.name === "at" && field.type === "date") values.at = today();
      if (field.to === COMPANY) values[field.name] = company;
    }
    return { ...values, ...defaultsOf(fields) };
  }, [fields, company]);
  const [values, setValues] = useState<JsonObject>({});
  const params: Record<string, string> = {};
  for (const field of fields) {
    const value = search[field.name] ?? toText(start[field.name]);
    if (value) params[field.name] = value;
  }
  const query = useQuery(reportQuery(app.name, report.name, params));
  const waiting = useDelayed(query.isPending);
  const columns: MetaField[] = report.columns.map((column) => ({
    name: column.key,
    label: column.label,
    type: column.type,
    to: column.to,
    of: column.of,
  }));
  // A link comes with its title alone; it is shown as a record that has nothing else.
  const told = (column: MetaField, value: Json | undefined): Json | undefined => {
    const linked =
      column.type === "link" && typeof value === "object" && value !== null && !Array.isArray(value);
    const target = linked && findObject(meta, column.to);
    return target ? { id: value.id ?? null, [target.title]: value.title ?? null } : value;
  };
  const currency = meta.company?.currency ?? null;
  const rows = query.data?.rows ?? [];
  const totals = query.data?.totals;
  const hasTotals = totals && columns.some((column) => totals[column.name] !== undefined);

  return (
    <div className={classes.page}>
      <PageHeader crumbs={[{ label: app.label, href: appAddress(app.name) }]} title={report.label}>
        <Menu>
          <Menu.Target>
            <ActionIcon variant="default" aria-label={t("report.menu")}>
              <IconDots size={18} stroke={1.6} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPrinter size={16} stroke={1.6} />} onClick={() => window.print()}>
              {t("report.print")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </PageHeader>
      {report.about && <p className={classes.about}>{report.about}</p>}
      {fields.length > 0 && (
        <form
          className={classes.params}
          aria-label={t("report.params")}
          onSubmit={(event) => {
            event.preventDefault();
            const next = Object.fromEntries(
              fields.map((field) => [field.name, toText(values[field.name] ?? params[field.name])]),
            );
            setSearch(next);
          }}
        >
          {fields.map((field) => (
            <div key={field.name} className={classes.param}>
              <FieldInput
                field={{ ...field, help: null }}
                value={field.name in values ? values[field.name] : (params[field.name] ?? null)}
                required={field.required}
                currency={currency}
                onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
              />
            </div>
          ))}
          <Button type="submit" variant="default">
            {t("report.show")}
          </Button>
        </form>
      )}
      {waiting && <ListSkeleton />}
      {query.isError && (
        <EmptyState title={t("report.failed")} text={explain(query.error)}>
          <Button variant="default" onClick={() => void query.refetch()}>
            {t("retry")}
          </Button>
        </EmptyState>
      )}
      {query.isSuccess && rows.length === 0 && (
        <EmptyState title={t("report.empty")} text={t("report.empty.text")} />
      )}
      {rows.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        <section className={classes.body} tabIndex={0} aria-label={report.label}>
          {report.chart && (
            <div className={classes.chart}>
              <Suspense>
                <ReportChart report={report} rows={rows} />
              </Suspense>
            </div>
          )}
          <table className={classes.table}>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column.name} scope="col" data-numeric={isNumeric(column) || undefined}>
                    {column.label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows of a report have no identity
                <tr key={at}>
                  {columns.map((column) => (
                    <td key={column.name} data-numeric={isNumeric(column) || undefined}>
                      {row[column.name] === null ? (
                        <span className="quiet">–</span>
                      ) : (
                        <Value
                          field={column}
                          value={told(column, row[column.name])}
                          currency={currency}
                          linked
                        />
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
            {hasTotals && (
              <tfoot>
                <tr>
                  {columns.map((column, at) => (
                    <td key={column.name} data-numeric={isNumeric(column) || undefined}>
                      {totals[column.name] !== undefined ? (
                        <Value field={column} value={totals[column.name]} currency={currency} />
                      ) : (
                        at === 0 && t("report.total")
                      )}
                    </td>
                  ))}
                </tr>
              </tfoot>
            )}
          </table>
        </section>
      )}
    </div>
  );
}
