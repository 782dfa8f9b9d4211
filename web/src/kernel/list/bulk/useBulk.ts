/** One action on all that is picked: in portions under one run, so that it shows how far it is and is undone as one. */
import { useCallback, useRef, useState } from "react";
import { runBulk } from "../../../api/commands";
import { get } from "../../../api/http";
import { PAGE_MOST } from "../../../api/queries";
import type { BulkReport, JsonObject, ListReply, MetaObject } from "../../../api/types";
import { t } from "../../../messages/t";
import { useChanges } from "../../changes";
import type { Asked } from "../table/rowCache";
import type { Picked } from "../table/usePicked";

export interface Job {
  action: string;
  input: JsonObject;
  /** What is said when it is done; `{count}` are the records. */
  done: (count: number) => string;
}

export interface Progress {
  done: number;
  total: number;
}

type Refused = BulkReport["refused"];

export interface Bulk {
  progress: Progress | null;
  /** The records that were refused, until somebody has seen it. */
  refused: Refused;
  forget: () => void;
  run: (job: Job) => Promise<void>;
  stop: () => void;
  /** What the job would do to the first of them. */
  preview: (action: string, input: JsonObject) => Promise<BulkReport>;
}

const PORTION = 200;
/** A preview looks at so many. */
const TRIED = 100;

/** The ids of all that a list has, however many. */
async function allIds(path: string, { where, q }: Asked): Promise<string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const page: ListReply = await get<ListReply>(path, {
      filter: where,
      q,
      fields: "id",
      limit: PAGE_MOST,
      after,
    });
    ids.push(...page.data.map((row) => String(row.id)));
    after = page.next ?? undefined;
  } while (after);
  return ids;
}

export function useBulk(object: MetaObject, picked: Picked, asked: Asked): Bulk {
  const changes = useChanges();
  const [progress, setProgress] = useState<Progress | null>(null);
  const [refused, setRefused] = useState<Refused>([]);
  const stopped = useRef(false);
  const { path } = object;
  const idsOf = async () =>
    picked.everything ? allIds(path, asked) : picked.rows.map((row) => String(row.id));

  const run = async ({ action, input, done }: Job) => {
    stopped.current = false;
    setProgress({ done: 0, total: picked.count });
    const failed: Refused = [];
    let [id, count]: [string | undefined, number] = [undefined, 0];
    try {
      const ids = await idsOf();
      for (let start = 0; start < ids.length && !stopped.current; start += PORTION) {
        setProgress({ done: start, total: ids.length });
        const { data } = await runBulk(path, {
          action,
          input,
          ids: ids.slice(start, start + PORTION),
          run: id,
        });
        id = data.run;
        count += data.done;
        failed.push(...data.refused);
      }
      setRefused(failed);
      if (failed.length === 0) picked.clear();
    } catch (error) {
      changes.failed(error);
    } finally {
      setProgress(null);
      // What was done before a failure can be undone as well.
      if (count > 0) await changes.done(done(count), id ?? null);
    }
  };
  return {
    progress,
    refused,
    forget: useCallback(() => setRefused([]), []),
    run,
    stop: () => {
      stopped.current = true;
    },
    preview: async (action, input) => {
      const ids = picked.rows.slice(0, TRIED).map((row) => String(row.id));
      return (await runBulk(path, { action, input, ids, preview: true })).data;
    },
  };
}

/** "12 leads", or "1 lead". */
export const countWords = (object: MetaObject, count: number): string =>
  t("bulk.count", { count, names: (count === 1 ? object.label : object.plural).toLowerCase() });
