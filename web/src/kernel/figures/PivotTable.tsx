/** Figures told apart on two sides, with their totals; each of them leads to the records behind it. */
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { listAddress } from "../addresses";
import { Value } from "../fields/Value";
import { joinCel } from "../joinCel";
import { searchOf } from "../list/views";
import { useMeta } from "../meta";
import { type Group, measureLabel, measureOf } from "./ask";
import { conditionsOf } from "./conditions";
import classes from "./Figures.module.css";
import type { Path } from "./pivot";
import type { Pivot } from "./usePivot";

interface Props {
  object: MetaObject;
  pivot: Pivot;
  measures: string[];
  /** What the figures are narrowed to, for the records behind them. */
  filter: string | undefined;
  q?: string;
  /** Outer rows that are closed, by their words in the address. */
  closed?: string[];
  onClosed?: (closed: string[]) => void;
}

const INDENT_PX = 20;

/** Every column from left to right; one without a path is the total. */
function leavesOf(pivot: Pivot): Path[] {
  const open = (path: Path): Path[] =>
    path.length === pivot.columns.length
      ? [path]
      : pivot.below("columns", path).flatMap((value) => open([...path, value]));
  return pivot.columns.length > 0 ? open([]) : [];
}

/** Headings of one level of columns: neighbours of one value share theirs. */
function spansOf(leaves: Path[], level: number): { path: Path; span: number }[] {
  const spans: { path: Path; span: number }[] = [];
  for (const leaf of leaves) {
    const path = leaf.slice(0, level + 1);
    const last = spans[spans.length - 1];
    if (last && JSON.stringify(last.path) === JSON.stringify(path)) last.span += 1;
    else spans.push({ path, span: 1 });
  }
  return spans;
}

export function PivotTable({ object, pivot, measures, filter, q, closed = [], onClosed }: Props) {
  const currency = useMeta().company?.currency;
  const leaves = leavesOf(pivot);
  const sides = [...leaves, []] as Path[];
  const several = measures.length > 1;
  const label = (group: Group | undefined, path: Path) =>
    group ? pivot.words(group, path[path.length - 1]) : t("report.total");

  const figure = (rows: Path, columns: Path, measure: string) => {
    const values = pivot.cells.of(rows, columns, measure);
    if (values.length === 0) return <span className="quiet">–</span>;
    const condition = joinCel([filter, conditionsOf(pivot.rows, rows), conditionsOf(pivot.columns, columns)]);
    const shown = values.map((value) => (
      <Value
        key={JSON.stringify(value)}
        field={measureOf(object, measure)}
        value={value}
        currency={currency}
        rounded
      />
    ));
    if (object.child) return shown;
    const name = [
      label(pivot.rows[rows.length - 1], rows),
      columns.length > 0 && label(pivot.columns[columns.length - 1], columns),
    ];
    return (
      <Link
        to={listAddress(object.path)}
        search={{ ...searchOf(object, condition), ...(q && { q }) }}
        className={classes.figure}
        title={t("figures.behind", { name: name.filter(Boolean).join(", ") })}
      >
        {shown}
      </Link>
    );
  };

  const cells = (path: Path) =>
    sides.flatMap((side) =>
      measures.map((measure) => (
        <td key={JSON.stringify([side, measure])} data-total={side.length === 0 || undefined}>
          {figure(path, side, measure)}
        </td>
      )),
    );

  const line = (path: Path): React.ReactNode[] => {
    const group = pivot.rows[path.length - 1];
    const words = label(group, path);
    const opens = path.length < pivot.rows.length && onClosed !== undefined;
    const key = String(path[0]);
    const shut = path.length === 1 && closed.includes(key);
    const below = path.length < pivot.rows.length && !shut ? pivot.below("rows", path) : [];
    const toggle = () => onClosed?.(shut ? closed.filter((one) => one !== key) : [...closed, key]);
    return [
      <tr key={JSON.stringify(path)} data-outer={path.length < pivot.rows.length || undefined}>
        <th
          scope="row"
          style={{ paddingInlineStart: `calc(var(--edge, 24px) + ${(path.length - 1) * INDENT_PX}px)` }}
        >
          {opens && path.length === 1 ? (
            <button type="button" className={classes.opener} aria-expanded={!shut} onClick={toggle}>
              {shut ? <IconChevronRight size={14} aria-hidden /> : <IconChevronDown size={14} aria-hidden />}
              {words}
            </button>
          ) : (
            words
          )}
        </th>
        {cells(path)}
      </tr>,
      ...below.flatMap((value) => line([...path, value])),
    ];
  };

  const heads = Math.max(pivot.columns.length, 1);
  return (
    <table className={classes.table}>
      <thead>
        {Array.from({ length: heads }, (_, level) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the levels stand in their order
          <tr key={level}>
            {level === 0 && (
              <th scope="col" rowSpan={heads + Number(several)} className={classes.corner}>
                {pivot.rows.map((group) => group.label).join(", ")}
              </th>
            )}
            {spansOf(leaves, level).map(({ path, span }) => (
              <th key={JSON.stringify(path)} scope="colgroup" colSpan={span * measures.length}>
                {label(pivot.columns[level], path)}
              </th>
            ))}
            {level === 0 && (
              <th scope="colgroup" rowSpan={heads} colSpan={measures.length} data-total>
                {leaves.length === 0 && !several
                  ? measureLabel(object, measures[0] ?? "")
                  : t("report.total")}
              </th>
            )}
          </tr>
        ))}
        {several && (
          <tr>
            {sides.flatMap((side) =>
              measures.map((measure) => (
                <th
                  key={JSON.stringify([side, measure])}
                  scope="col"
                  data-total={side.length === 0 || undefined}
                >
                  {measureLabel(object, measure)}
                </th>
              )),
            )}
          </tr>
        )}
      </thead>
      <tbody>{pivot.below("rows", []).flatMap((value) => line([value]))}</tbody>
      <tfoot>
        <tr>
          <th scope="row">{t("report.total")}</th>
          {cells([])}
        </tr>
      </tfoot>
    </table>
  );
}
