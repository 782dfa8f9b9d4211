/** What is about a record: what hangs on it, as comments do, and what leads to it. */
import { queryOptions } from "@tanstack/react-query";
import { get } from "../../api/http";
import type { JsonObject, ListReply, MetaObject } from "../../api/types";
import { joinCel } from "../joinCel";
import { findObject, fullNameOf, useMeta } from "../meta";

export interface AboutParams {
  filter?: string;
  sort?: string;
  expand?: string;
  limit?: number;
  count?: "capped";
}

const MOST = 100;

/** The records at `path` whose `field` leads to the record `id`. */
export function aboutQuery(path: string, field: string, id: string, params: AboutParams = {}) {
  const filter = joinCel([`${field} == ${JSON.stringify(id)}`, params.filter]);
  return queryOptions({
    queryKey: ["records", path, "about", field, id, params],
    queryFn: ({ signal }) => get<ListReply>(path, { limit: MOST, ...params, filter }, signal),
  });
}

export interface About {
  /** The record, as a dynamic link names it. */
  target: JsonObject & { object: string; id: string };
  /** Whether things hang on it: nothing hangs on what hangs itself. */
  carries: boolean;
  /** An object of what people do around records, where this person sees it. */
  of: (name: string) => MetaObject | undefined;
}

export function useAbout(object: MetaObject, id: string): About {
  const meta = useMeta();
  return {
    target: { object: fullNameOf(object), id },
    carries: object.hangs_on === null && !object.child,
    of: (name) => findObject(meta, `core.${name}`),
  };
}
