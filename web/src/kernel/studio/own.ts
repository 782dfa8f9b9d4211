/** What the company has declared for itself: records of `core.manifest`, read as the TOML that they are. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { get } from "../../api/http";
import { PAGE_MOST } from "../../api/queries";
import type { JsonObject, ListReply } from "../../api/types";
import { entriesOf, type Own } from "./manifests";
import { OWN_APP } from "./names";
import { table, texts } from "./sets";

export const MANIFESTS = "core/manifests";

export const ownQuery = queryOptions({
  queryKey: ["records", MANIFESTS, "own"],
  queryFn: async ({ signal }) => {
    const [{ parse }, page] = await Promise.all([
      import("smol-toml"),
      get<ListReply>(MANIFESTS, { limit: PAGE_MOST, sort: "name" }, signal),
    ]);
    return page.data.map((record): Own => {
      const text = String(record.text);
      return {
        id: String(record.id),
        kind: String(record.kind),
        name: String(record.name),
        text,
        entries: parse(text) as JsonObject,
      };
    });
  },
});

export const useOwn = () => useQuery(ownQuery);

/** Roles that somebody has, most of them of the apps. */
export const rolesQuery = queryOptions({
  queryKey: ["records", "core/users", "roles"],
  queryFn: async ({ signal }) => {
    const page = await get<ListReply>("core/users", { limit: PAGE_MOST, fields: "roles" }, signal);
    return [...new Set(page.data.flatMap((user) => texts(user.roles)))].toSorted();
  },
});

/** Every role that is known here: one's own first. */
export function useRoles(): string[] {
  const held = useQuery(rolesQuery).data ?? [];
  const own = Object.keys(table(entriesOf(useOwn().data, OWN_APP).roles));
  return [...own, ...held.filter((role) => !own.includes(role))];
}
