/** The columns as they are drawn: those that are pinned first, as wide as they hold or as somebody made them. */
import { useMemo, useState } from "react";
import { PAGE_SIZE } from "../../../api/queries";
import type { MetaField, MetaObject, RecordData } from "../../../api/types";
import { findObject, titleOf, useMeta } from "../../meta";
import { type WordsOf, widthsOf } from "../columns";
import { boundWidth, type ColumnLayout } from "../layout";

const ROOMY_PX = 220;

interface Sizing {
  name: string;
  px: number;
}

/** Where a cell of a pinned column stays. */
export const pinOf = (at: number, pinned: number) =>
  at < pinned ? { insetInlineStart: `var(--pin-${at})` } : undefined;

/** The last of the pinned columns has the line behind which the others scroll. */
export const pinnedAs = (at: number, pinned: number) =>
  at < pinned ? (at === pinned - 1 ? "last" : "yes") : undefined;

export interface Columns {
  columns: MetaField[];
  /** How many of the first stay in sight. */
  pinned: number;
  widths: { px: number; grows: boolean }[];
  /** The room that all need. */
  minimum: number;
  /** Nothing takes the room that is left. */
  fixed: boolean;
  /** Where each pinned column stands, for the style of the table. */
  pins: Record<string, string>;
  setSizing: (sizing: Sizing | null) => void;
}

export function useColumns(
  object: MetaObject,
  fields: MetaField[],
  layout: ColumnLayout[],
  rows: RecordData[],
): Columns {
  const meta = useMeta();
  const [sizing, setSizing] = useState<Sizing | null>(null);
  const columns = useMemo(() => {
    const isPinned = (field: MetaField) => layout.some((one) => one.name === field.name && one.pinned);
    return [...fields.filter(isPinned), ...fields.filter((field) => !isPinned(field))];
  }, [fields, layout]);
  const pinned = layout.filter((one) => one.pinned).length;
  // The first page decides, so that columns stand still while more rows arrive.
  const page = rows.slice(0, PAGE_SIZE);
  // biome-ignore lint/correctness/useExhaustiveDependencies: as said above
  const natural = useMemo(() => {
    const wordsOf: WordsOf = (field, value) => {
      const target = findObject(meta, field.to);
      if (value && typeof value === "object" && !Array.isArray(value))
        return target ? titleOf(target, value) : "";
      return String(value ?? "");
    };
    return widthsOf(object, columns, page, wordsOf);
  }, [object, columns, page[0]?.id, page.length]);

  const widths = columns.map((field, at) => {
    const given =
      sizing?.name === field.name ? sizing.px : layout.find((one) => one.name === field.name)?.width;
    const own = natural[at] ?? { px: 128, grows: false };
    if (given) return { px: boundWidth(given), grows: false };
    // What stays in sight takes no part in the room that is left.
    return at < pinned ? { px: own.grows ? Math.max(own.px, ROOMY_PX) : own.px, grows: false } : own;
  });
  const minimum = widths.reduce((sum, width) => sum + width.px, 0);
  let start = 0;
  const pins: Record<string, string> = {};
  for (const [at, width] of widths.slice(0, pinned).entries()) {
    pins[`--pin-${at}`] = `${start}px`;
    start += width.px;
  }
  return {
    columns,
    pinned,
    widths,
    minimum,
    fixed: !widths.some((width) => width.grows),
    pins,
    setSizing,
  };
}
