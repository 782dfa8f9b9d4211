/** Records with their first and last day in a part of time, and what puts them off. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { severalQuery } from "../../api/queries";
import type { JsonObject, MetaField, MetaObject, RecordData } from "../../api/types";
import { withinRange } from "../figures/conditions";
import { joinCel } from "../joinCel";
import { expandOf, fieldOf } from "../meta";
import { dayOf, shifted } from "./period";
import { mayReschedule, useReschedule } from "./useReschedule";

export interface Dated {
  record: RecordData;
  /** As the record has it: a day or a moment. */
  first: string;
  last: string;
  /** Their days. */
  start: string;
  end: string;
  /** Whether somebody may move it, and each of its ends by itself. */
  movable: boolean;
  sizable: boolean;
}

/** What of a record is moved. */
export type Edge = "both" | "start" | "end";

const textOf = (record: RecordData, field: MetaField | undefined): string | null => {
  const value = field && record[field.name];
  return typeof value === "string" && value ? value : null;
};

function datedOf(object: MetaObject, record: RecordData, start: MetaField, end?: MetaField): Dated | null {
  const [given, until] = [textOf(record, start), textOf(record, end)];
  const one = given ?? until;
  if (one === null) return null;
  const other = until ?? one;
  const [first, last] = dayOf(one) <= dayOf(other) ? [one, other] : [other, one];
  const may = (field: MetaField | undefined) => !field || mayReschedule(object, record, field);
  const movable = may(start) && may(end);
  const sizable = movable && given !== null && until !== null;
  return { record, first, last, start: dayOf(first), end: dayOf(last), movable, sizable };
}

interface Asked {
  object: MetaObject;
  start: string;
  end: string | null;
  /** The part of time: its first day, and the one after its last. */
  from: string;
  to: string;
  card: string[];
  filter: string | undefined;
  q: string | undefined;
}

export function useDated({ object, start: startName, end: endName, from, to, card, filter, q }: Asked) {
  const start = fieldOf(object, startName) ?? { name: startName, label: startName, type: "date" as const };
  const end = endName ? fieldOf(object, endName) : undefined;
  const query = useQuery(
    severalQuery(object.path, {
      filter: joinCel([filter, withinRange(start, end, from, to)]),
      q,
      sort: start.name,
      expand: expandOf(object, card),
    }),
  );
  const data = query.data?.data;
  const items = useMemo(
    () => (data ?? []).flatMap((record) => datedOf(object, record, start, end) ?? []),
    [data, object, start, end],
  );
  const reschedule = useReschedule(object);
  const move = (item: Dated, edge: Edge, days: number, milliseconds = 0, failed?: () => void) => {
    const values: JsonObject = {};
    const put = (field: MetaField | undefined) => {
      const value = textOf(item.record, field);
      if (field && value) values[field.name] = shifted(value, days, milliseconds);
    };
    if (edge !== "end") put(start);
    if (edge !== "start") put(end);
    const next = datedOf(object, { ...item.record, ...values }, start, end);
    // An end that is dragged over the beginning is nothing that a record could have.
    const turned = edge !== "both" && textOf({ ...item.record, ...values }, start) !== next?.first;
    if (turned) failed?.();
    else reschedule.mutate({ record: item.record, values }, { onError: failed });
  };
  return { query, items, move, start, end };
}
