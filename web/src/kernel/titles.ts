/** Titles of linked records: asked for one by one, fetched together in one request per object. */
import { queryOptions } from "@tanstack/react-query";
import { get } from "../api/http";
import type { ListReply, MetaObject, RecordData } from "../api/types";
import { titleOf } from "./meta";

interface Waiting {
  id: string;
  resolve: (record: RecordData | null) => void;
  reject: (error: unknown) => void;
}

const PER_REQUEST = 100;
const queues = new Map<string, Waiting[]>();

async function flush(path: string): Promise<void> {
  const waiting = queues.get(path) ?? [];
  queues.delete(path);
  for (let start = 0; start < waiting.length; start += PER_REQUEST) {
    const batch = waiting.slice(start, start + PER_REQUEST);
    const ids = [...new Set(batch.map((one) => one.id))];
    try {
      const filter = `id in [${ids.map((id) => JSON.stringify(id)).join(", ")}]`;
      const reply = await get<ListReply>(path, { filter, limit: PER_REQUEST });
      const found = new Map(reply.data.map((record) => [record.id, record]));
      for (const one of batch) one.resolve(found.get(one.id) ?? null);
    } catch (error) {
      for (const one of batch) one.reject(error);
    }
  }
}

function load(path: string, id: string): Promise<RecordData | null> {
  return new Promise((resolve, reject) => {
    const queue = queues.get(path);
    if (queue) {
      queue.push({ id, resolve, reject });
      return;
    }
    queues.set(path, [{ id, resolve, reject }]);
    setTimeout(() => void flush(path), 5);
  });
}

/** What the record `id` of `object` is called; null when it is not visible. */
export function titleQuery(object: MetaObject | undefined, id: string) {
  return queryOptions({
    queryKey: ["titles", object?.path, id],
    queryFn: async () => {
      const record = object ? await load(object.path, id) : null;
      return record && object ? titleOf(object, record) : null;
    },
    enabled: Boolean(object && id),
    staleTime: 60_000,
    retry: false,
  });
}
