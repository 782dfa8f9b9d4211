/** Records that somebody keeps at hand, wherever they sign in. */
import { IconStar, IconStarFilled } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { createRecord, deleteRecord } from "../../api/commands";
import { listQuery } from "../../api/queries";
import type { MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { useChanges } from "../changes";
import { findByPath, findObject, useMeta } from "../meta";

const FAVOURITE = "core.favourite";

export interface Favourite {
  /** Of the favourite itself. */
  key: string;
  object: MetaObject;
  id: string;
}

export function useFavourites(): Favourite[] {
  const meta = useMeta();
  const kept = findObject(meta, FAVOURITE);
  const list = useInfiniteQuery({
    ...listQuery(kept?.path ?? "", { filter: "user == principal.user", sort: "position,created_at" }),
    enabled: kept !== undefined,
  });
  const records = list.data?.pages.flatMap((page) => page.data) ?? [];
  return records.flatMap(({ id, target }) => {
    if (typeof target !== "object" || target === null || Array.isArray(target)) return [];
    const object = findObject(meta, String(target.object));
    return object && !object.child ? [{ key: String(id), object, id: String(target.id) }] : [];
  });
}

/** Whether the record that is open is kept, and how that is changed; undefined where none is open. */
export function useFavouriteHere(): { kept: boolean; toggle: () => void } | undefined {
  const meta = useMeta();
  const changes = useChanges();
  const favourites = useFavourites();
  const { app, objects, id } = useParams({ strict: false });
  const path = findObject(meta, FAVOURITE)?.path;
  const object = findByPath(meta, `${app}/${objects}`)?.object;
  const found = favourites.find((one) => one.id === id && one.object.path === object?.path);
  const change = useMutation({
    mutationFn: async () => {
      if (!path || !object) throw new Error("no record is open");
      if (found) return (await deleteRecord(path, found.key)).run;
      const target = { object: `${app}.${object.name}`, id: id ?? "" };
      return (await createRecord(path, { target, position: favourites.length })).run;
    },
    onSuccess: (run) => changes.done(t(found ? "favourite.removed" : "favourite.added"), run),
    onError: changes.failed,
  });
  if (!path || !object || !id || id === "new") return undefined;
  return { kept: Boolean(found), toggle: () => !change.isPending && change.mutate() };
}

export function useFavouriteCommand() {
  const here = useFavouriteHere();
  if (!here) return undefined;
  const Star = here.kept ? IconStarFilled : IconStar;
  return {
    id: "favourite",
    label: t(here.kept ? "favourite.remove" : "favourite.add"),
    icon: <Star size={18} stroke={1.6} aria-hidden />,
    run: here.toggle,
  };
}
