/** What a tile says now: it asks under the rights of whoever looks, and says so in its place where they have none. */
import { Button, Skeleton } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { type UseQueryResult, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, Suspense } from "react";
import { Problem } from "../../api/http";
import { aggregateQuery, listQuery, reportQuery } from "../../api/queries";
import type { JsonObject, MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { lazily } from "../../ui/lazily";
import { useDelayed } from "../../ui/useDelayed";
import { listAddress } from "../addresses";
import { explain } from "../changes";
import { Value } from "../fields/Value";
import { COUNT, groupOf, measureOf, namesOf } from "../figures/ask";
import { conditionsOf } from "../figures/conditions";
import { PivotTable } from "../figures/PivotTable";
import { useDrawing } from "../figures/useDrawing";
import { usePivot } from "../figures/usePivot";
import { joinCel } from "../joinCel";
import { Cell } from "../list/Cell";
import { searchOf } from "../list/views";
import { expandOf, isNumeric, useMeta } from "../meta";
import classes from "./Dashboard.module.css";
import { ReportTable } from "./ReportTable";
import { type BoardTile, listedOf, reportOf } from "./tiles";

const Chart = lazily(() => import("../figures/Chart").then((it) => it.Chart), { ahead: false });

/** Records of a list. */
const RECORDS = 10;
interface Props {
  tile: BoardTile;
  /** None of a report, or where its records are not to be seen. */
  object: MetaObject | undefined;
  /** What it is narrowed to, and the same with the company that is worked in. */
  asked: string | undefined;
  filter: string | undefined;
  heading: string;
}

export function TileContent(props: Props) {
  const { tile, object } = props;
  if (tile.kind === "report") return <ReportTile {...props} />;
  if (!object) return <Refused>{t("tile.refused.text")}</Refused>;
  switch (tile.kind) {
    case "chart":
      return tile.table ? <PivotTile {...props} object={object} /> : <ChartTile {...props} object={object} />;
    case "list":
      return <ListTile {...props} object={object} />;
    default:
      return <FigureTile {...props} object={object} />;
  }
}

type OfObject = Props & { object: MetaObject };

const Empty = () => <p className={classes.quiet}>{t("tile.empty")}</p>;

function Refused({ children }: { children: ReactNode }) {
  return (
    <p className={classes.refused}>
      <IconLock size={14} stroke={1.6} aria-label={t("tile.refused")} role="img" /> {children}
    </p>
  );
}

type Asking = Pick<UseQueryResult, "isPending" | "error" | "refetch">;

/** Waits for an answer in the shape that it will have, and says why there is none. */
function Answer({ query, tile, children }: { query: Asking; tile: BoardTile; children: () => ReactNode }) {
  const waiting = useDelayed(query.isPending);
  if (query.error instanceof Problem && query.error.status === 403) {
    return <Refused>{explain(query.error)}</Refused>;
  }
  if (query.error) {
    return (
      <div className={classes.quiet} role="alert">
        {explain(query.error)}{" "}
        <Button variant="subtle" size="compact-xs" onClick={() => void query.refetch()}>
          {t("retry")}
        </Button>
      </div>
    );
  }
  if (!query.isPending) return children();
  if (!waiting) return null;
  return (
    <div aria-busy="true">
      <span className="sr-only" role="status">
        {t("loading")}
      </span>
      <Skeleton h={tile.kind === "figure" ? 32 : 180} />
    </div>
  );
}

function FigureTile({ tile, object, filter }: OfObject) {
  const currency = useMeta().company?.currency;
  const measure = tile.measure || COUNT;
  const query = useQuery(aggregateQuery(object.path, "", measure, { filter }));
  // Money has a row for each currency.
  const figures = (query.data?.data ?? [])
    .map((row) => row[measure] ?? null)
    .filter((value) => value !== null);
  return (
    <Answer query={query} tile={tile}>
      {() =>
        figures.length === 0 ? (
          <p className={classes.figure}>–</p>
        ) : (
          figures.map((value) => (
            <p key={JSON.stringify(value)} className={classes.figure}>
              <Value field={measureOf(object, measure)} value={value} currency={currency} rounded />
            </p>
          ))
        )
      }
    </Answer>
  );
}

function ChartTile({ tile, object, asked, filter }: OfObject) {
  const navigate = useNavigate();
  const by = namesOf(tile.group);
  const measure = tile.measure || COUNT;
  const [first = "", ...beside] = by;
  const pivot = usePivot(
    object,
    { rows: [first], columns: beside.slice(0, 1), measures: [measure] },
    { filter },
  );
  const drawing = useDrawing(object, { kind: tile.chart ?? "bar", by, measure }, pivot.leaves);
  const query = { isPending: pivot.pending, error: pivot.error, refetch: pivot.retry } as Asking;
  const open = (values: Parameters<typeof conditionsOf>[1]) => {
    const condition = joinCel([
      asked,
      conditionsOf(
        by.map((group) => groupOf(object, group)),
        values,
      ),
    ]);
    void navigate({ to: listAddress(object.path), search: searchOf(object, condition) });
  };
  return (
    <Answer query={query} tile={tile}>
      {() =>
        pivot.leaves.length === 0 ? (
          <Empty />
        ) : (
          <>
            <div className={classes.chart}>
              <Suspense>
                <Chart
                  drawing={drawing}
                  rows={pivot.leaves}
                  onPick={
                    object.child ? undefined : (x, series) => open(series === undefined ? [x] : [x, series])
                  }
                />
              </Suspense>
            </div>
            <div className={classes.spoken}>
              <PivotTable object={object} pivot={pivot} measures={[measure]} filter={asked} />
            </div>
          </>
        )
      }
    </Answer>
  );
}

/** Figures in a table: the last of its groups stands across. */
function PivotTile({ tile, object, asked, filter, heading }: OfObject) {
  const by = namesOf(tile.group);
  const measures = [tile.measure || COUNT];
  const [rows, columns] = by.length > 1 ? [by.slice(0, -1), by.slice(-1)] : [by, []];
  const pivot = usePivot(object, { rows, columns, measures }, { filter });
  const query = { isPending: pivot.pending, error: pivot.error, refetch: pivot.retry } as Asking;
  return (
    <Answer query={query} tile={tile}>
      {() =>
        pivot.leaves.length === 0 ? (
          <Empty />
        ) : (
          <Scroller heading={heading}>
            <PivotTable object={object} pivot={pivot} measures={measures} filter={asked} />
          </Scroller>
        )
      }
    </Answer>
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

function ListTile({ tile, object, filter, heading }: OfObject) {
  const columns = listedOf(object, tile);
  const names = columns.map((column) => column.name);
  const params = { filter, sort: tile.sort || undefined, limit: RECORDS, expand: expandOf(object, names) };
  const query = useInfiniteQuery(listQuery(object.path, params));
  const records = query.data?.pages[0]?.data ?? [];
  return (
    <Answer query={query as Asking} tile={tile}>
      {() =>
        records.length === 0 ? (
          <Empty />
        ) : (
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
        )
      }
    </Answer>
  );
}

function ReportTile({ tile, heading }: Props) {
  const found = reportOf(useMeta(), tile);
  if (!found) return <Refused>{t("tile.refused.text")}</Refused>;
  return <FoundReport tile={tile} heading={heading} {...found} />;
}

type Found = NonNullable<ReturnType<typeof reportOf>>;

function FoundReport({ tile, heading, app, report }: Found & Pick<Props, "tile" | "heading">) {
  const query = useQuery(reportQuery(app, report.name, {}));
  const rows: JsonObject[] = query.data?.rows ?? [];
  return (
    <Answer query={query} tile={tile}>
      {() =>
        rows.length === 0 ? (
          <Empty />
        ) : (
          <Scroller heading={heading}>
            <ReportTable columns={report.columns} rows={rows} totals={query.data?.totals} linked />
          </Scroller>
        )
      }
    </Answer>
  );
}
