/** The lists that are in memory, changed record by record: nothing moves that did not change. */
import type { QueryClient } from "@tanstack/react-query";
import { get } from "../../../api/http";
import type { ListReply, RecordData } from "../../../api/types";
import { joinCel } from "../../joinCel";

/** A condition that names more records than this is too long for the server. */
const NAMED_MOST = 100;

type Cached = ListReply | { pages: ListReply[]; pageParams: unknown[] };
type Change = (record: RecordData) => RecordData | null;

function changePage(page: ListReply, change: Change): ListReply {
  let same = true;
  const data = page.data.flatMap((record) => {
    const next = change(record);
    same &&= next === record;
    return next ? [next] : [];
  });
  if (same) return page;
  const gone = page.data.length - data.length;
  return { ...page, data, ...(page.count !== undefined && { count: Math.max(0, page.count - gone) }) };
}

/** Changes records wherever a list of `path` holds them; null takes one out. */
export function changeRows(client: QueryClient, path: string, change: Change): void {
  for (const kind of ["list", "rows"]) {
    client.setQueriesData<Cached>({ queryKey: ["records", path, kind] }, (cached) => {
      if (!cached) return cached;
      if (!("pages" in cached)) return changePage(cached, change);
      const pages = cached.pages.map((page) => changePage(page, change));
      return pages.every((page, at) => page === cached.pages[at]) ? cached : { ...cached, pages };
    });
  }
}

export interface Asked {
  where?: string;
  q?: string;
  expand?: string;
}

/** Those of the records `ids` that the list would show, as they are now. */
export async function freshRows(path: string, ids: string[], asked: Asked): Promise<Map<string, RecordData>> {
  const found = new Map<string, RecordData>();
  for (let start = 0; start < ids.length; start += NAMED_MOST) {
    const some = ids.slice(start, start + NAMED_MOST).map((id) => JSON.stringify(id));
    const filter = joinCel([asked.where, `id in [${some.join(", ")}]`]);
    const reply = await get<ListReply>(path, {
      filter,
      q: asked.q,
      expand: asked.expand,
      limit: NAMED_MOST,
    });
    for (const record of reply.data) found.set(String(record.id), record);
  }
  return found;
}
