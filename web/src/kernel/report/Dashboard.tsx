/** Tiles in a grid: each says what it was asked for, or why it says nothing, and leads to the whole of it. */
import { Skeleton } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useQueries } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useId } from "react";
import type { JsonObject, MetaObject, ShownTile } from "../../api/types";
import { t } from "../../messages/t";
import { useDelayed } from "../../ui/useDelayed";
import { Value } from "../fields/Value";
import { Cell } from "../list/Cell";
import { findObject, isNumeric, useMeta } from "../meta";
import { titleQuery } from "../titles";
import classes from "./Dashboard.module.css";
import { ReportTable } from "./ReportTable";
import { chartOf, figuresOf, listedOf, measureOf, reportOf, rowsOf, wholeOf } from "./tiles";

const ReportChart = lazy(() => import("./ReportChart").then((module) => ({ default: module.ReportChart })));

export function Dashboard({ tiles }: { tiles: ShownTile[] }) {
  return (
    <div className={classes.page}>
      <div className={classes.grid}>
        {tiles.map((tile, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: tiles stand in the order that they are declared in
          <TileCard key={at} tile={tile} />
        ))}
      </div>
    </div>
  );
}

function TileCard({ tile }: { tile: ShownTile }) {
  const heading = useId();
  const whole = wholeOf(useMeta(), tile);
  return (
    <article className={classes.tile} data-kind={tile.kind} aria-labelledby={heading}>
      <h2 id={heading} className={classes.title}>
        {whole ? (
          <Link to={whole.to} search={whole.search} className={classes.whole}>
            {tile.title}
          </Link>
        ) : (
          tile.title
        )}
      </h2>
      <Content tile={tile} heading={heading} />
    </article>
  );
}

function Content({ tile, heading }: { tile: ShownTile; heading: string }) {
  const meta = useMeta();
  const pending = tile.data === undefined && tile.refused === undefined;
  const waiting = useDelayed(pending);
  if (tile.refused !== undefined) {
    return (
      <p className={classes.refused}>
        <IconLock size={14} stroke={1.6} aria-label={t("tile.refused")} role="img" /> {tile.refused}
      </p>
    );
  }
  if (pending) return waiting ? <Waiting tile={tile} /> : null;
  if (tile.kind === "report") return <ReportTile tile={tile} heading={heading} />;
  const object = findObject(meta, tile.source);
  if (!object) return <Empty />;
  switch (tile.kind) {
    case "chart":
      return <ChartTile object={object} tile={tile} />;
    case "list":
      return <ListTile object={object} tile={tile} heading={heading} />;
    default:
      return <Figure object={object} tile={tile} />;
  }
}

const Empty = () => <p className={classes.quiet}>{t("tile.empty")}</p>;

function Waiting({ tile }: { tile: ShownTile }) {
  return (
    <div aria-busy="true">
      <span className="sr-only" role="status">
        {t("loading")}
      </span>
      <Skeleton h={tile.kind === "figure" ? 32 : 180} />
    </div>
  );
}

interface Props {
  object: MetaObject;
  tile: ShownTile;
}

function Figure({ object, tile }: Props) {
  const currency = useMeta().company?.currency;
  const measure = measureOf(object, tile.measure);
  const figures = figuresOf(tile.data);
  if (figures.length === 0) return <p className={classes.figure}>–</p>;
  return figures.map((value) => (
    <p key={JSON.stringify(value)} className={classes.figure}>
      <Value field={measure} value={value} currency={currency} />
    </p>
  ));
}

/** Rows whose linked records carry their titles, as rows of a report do. */
function useTitled(object: MetaObject, tile: ShownTile): JsonObject[] {
  const meta = useMeta();
  const rows = rowsOf(tile.data);
  const asked = chartOf(object, tile)
    .columns.filter((column) => column.type === "link")
    .flatMap(({ key, to }) => rows.map((row) => ({ key, to, id: row[key] })))
    .filter((link): link is typeof link & { id: string } => typeof link.id === "string");
  const titles = useQueries({ queries: asked.map(({ to, id }) => titleQuery(findObject(meta, to), id)) });
  return rows.map((row) => {
    const links = asked.flatMap(({ key, id }, at) =>
      row[key] === id ? [[key, { id, title: titles[at]?.data ?? t("link.hidden") }] as const] : [],
    );
    return { ...row, ...Object.fromEntries(links) };
  });
}

function ChartTile({ object, tile }: Props) {
  const drawn = chartOf(object, tile);
  const rows = useTitled(object, tile);
  if (rows.length === 0) return <Empty />;
  return (
    <>
      <div className={classes.chart}>
        <Suspense>
          <ReportChart report={drawn} rows={rows} />
        </Suspense>
      </div>
      <div className="sr-only">
        <ReportTable columns={drawn.columns} rows={rows} />
      </div>
    </>
  );
}

/** A table that is wider or longer than its tile is reached by keyboard. */
function Scroller({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={classes.scroller} tabIndex={0} aria-labelledby={heading}>
      {children}
    </section>
  );
}

function ListTile({ object, tile, heading }: Props & { heading: string }) {
  const columns = listedOf(object, tile);
  const records = rowsOf(tile.data);
  if (records.length === 0) return <Empty />;
  return (
    <Scroller heading={heading}>
      <table className={classes.table}>
        <thead>
          <tr>
            {columns.map((field) => (
              <th key={field.name} scope="col" data-numeric={isNumeric(field) || undefined}>
                {field.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <tr key={String(record.id)}>
              {columns.map((field, at) => (
                <td key={field.name} data-numeric={isNumeric(field) || undefined}>
                  <Cell object={object} field={field} record={record} opens={at === 0} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}

function ReportTile({ tile, heading }: { tile: ShownTile; heading: string }) {
  const found = reportOf(useMeta(), tile);
  const [answer] = rowsOf([tile.data ?? null]);
  const rows = rowsOf(answer?.rows);
  const [totals] = rowsOf([answer?.totals ?? null]);
  if (!found || rows.length === 0) return <Empty />;
  return (
    <Scroller heading={heading}>
      <ReportTable columns={found.report.columns} rows={rows} totals={totals} linked />
    </Scroller>
  );
}
