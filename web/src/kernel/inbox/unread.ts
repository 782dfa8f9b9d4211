/** What somebody should know of and has not read, as the first list of notifications has it. */
import { useQuery } from "@tanstack/react-query";
import { aggregateQuery } from "../../api/queries";
import { findObject, useMeta, viewOf } from "../meta";

export const NOTIFICATION = "core.notification";
export const APPROVAL = "core.approval";

const COUNT = "count()";
/** How often the count is asked for again while nothing is changed here. */
const EVERY_MS = 60_000;

export function useUnread(): number {
  const object = findObject(useMeta(), NOTIFICATION);
  const filter = (object && viewOf(object, "table")?.filter) ?? undefined;
  const figures = useQuery({
    ...aggregateQuery(object?.path ?? "", "", COUNT, { filter }),
    enabled: object !== undefined,
    refetchInterval: EVERY_MS,
  });
  return Number(figures.data?.data[0]?.[COUNT] ?? 0);
}
