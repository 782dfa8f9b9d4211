/** A report: its parameters, its rows, their totals, a chart where one helps. */

import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconDots, IconPrinter } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { Suspense, useMemo, useState } from "react";
import { reportQuery } from "../../api/queries";
import type { Json, JsonObject, MetaApp, MetaReport } from "../../api/types";
import { t } from "../../messages/t";
import { EmptyState } from "../../ui/EmptyState";
import { today } from "../../ui/format";
import { lazily } from "../../ui/lazily";
import { PageHeader } from "../../ui/PageHeader";
import { useDelayed } from "../../ui/useDelayed";
import { appAddress } from "../addresses";
import { explain } from "../changes";
import { FieldInput } from "../fields/FieldInput";
import { ListSkeleton } from "../list/ListSkeleton";
import { useMeta } from "../meta";
import { defaultsOf } from "../record/draft";
import { schemaFields } from "../record/schema";
import { NotFound } from "../shell/Failure";
import { usePageSearch } from "../useSearch";
import { Dashboard } from "./Dashboard";
import classes from "./Report.module.css";
import { ReportTable } from "./ReportTable";

const ReportChart = lazily(() => import("./ReportChart").then((it) => it.ReportChart), { ahead: false });

const COMPANY = "core.company";

export function ReportPage() {
  const { app: appName, report: reportName } = useParams({ strict: false });
  const app = useMeta().apps.find((candidate) => candidate.name === appName);
  const report = app?.reports.find((candidate) => candidate.name === reportName);
  if (!app || !report) return <NotFound />;
  const Body = report.tiles.length > 0 ? DashboardReport : Report;
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
      <Body key={`${app.name}/${report.name}`} app={app} report={report} />
    </div>
  );
}

interface Props {
  app: MetaApp;
  report: MetaReport;
}

function Failed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <EmptyState title={t("report.failed")} text={explain(error)}>
      <Button variant="default" onClick={onRetry}>
        {t("retry")}
      </Button>
    </EmptyState>
  );
}

function DashboardReport({ report }: Props) {
  return (
    <div className={classes.tiles}>
      <Dashboard tiles={report.tiles} />
    </div>
  );
}

/** A parameter as text for the address. */
const toText = (value: Json | undefined): string | undefined => {
  if (value === null || value === undefined || value === "") return undefined;
  if (typeof value === "object" && !Array.isArray(value)) return String(value.id ?? value.amount ?? "");
  return Array.isArray(value) ? value.join(",") : String(value);
};

function Report({ app, report }: Props) {
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
  const currency = meta.company?.currency ?? null;
  const rows = query.data?.rows ?? [];

  return (
    <>
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
      {query.isError && <Failed error={query.error} onRetry={() => void query.refetch()} />}
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
          <ReportTable columns={report.columns} rows={rows} totals={query.data?.totals} linked />
        </section>
      )}
    </>
  );
}
