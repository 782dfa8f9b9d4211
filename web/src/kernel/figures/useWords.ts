/** Words for the values of groups; linked records are called by their titles as soon as these are known. */
import { useQueries } from "@tanstack/react-query";
import type { Json, JsonObject } from "../../api/types";
import { findObject, useMeta } from "../meta";
import { titleQuery } from "../titles";
import { type Group, groupWords } from "./ask";

export type WordsOf = (group: Group, value: Json | undefined) => string;

export function useWords(groups: Group[], rows: JsonObject[]): WordsOf {
  const meta = useMeta();
  const links = groups.filter((group) => group.type === "link");
  const asked = links.flatMap(({ name, to }) =>
    [...new Set(rows.map((row) => row[name]))]
      .filter((id): id is string => typeof id === "string")
      .map((id) => ({ name, to, id })),
  );
  const titles = useQueries({ queries: asked.map(({ to, id }) => titleQuery(findObject(meta, to), id)) });
  const known = new Map(asked.map(({ name, id }, at) => [`${name} ${id}`, titles[at]]));
  return (group, value) => {
    const title = known.get(`${group.name} ${String(value)}`);
    if (group.type === "link" && title?.isPending) return "…";
    return groupWords(group, value, title?.data);
  };
}
