/** What a list shows: the address says it, over what the saved or declared view says. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useEvents } from "../../api/events";
import { savedViewsQuery } from "../../api/queries";
import type { MetaField, MetaObject } from "../../api/types";
import { joinCel } from "../joinCel";
import { companyFilter, fieldOf, fullNameOf, useMeta } from "../meta";
import { usePageSearch } from "../useSearch";
import { columnsOf } from "./columns";
import {
  type ColourRule,
  type ColumnLayout,
  readColumns,
  readRules,
  writeColumns,
  writeRules,
} from "./layout";
import { type Look, type SavedView, savedViewOf } from "./savedViews";
import { ALL, type ListView, listViews, VIEW_STATE } from "./views";

/** What the address says where it takes away what the view has. */
const NOTHING = "none";
/** The condition that lets everything through. */
const EVERYTHING = "true";

export interface Tab {
  /** What the address calls it. */
  key: string;
  label: string;
  view: ListView;
  saved: SavedView | null;
}

export interface ListState {
  tabs: Tab[];
  tab: Tab;
  /** The filter that people see and change. */
  filter: string;
  /** What the view and people ask for, without the company that every list adds by itself. */
  own: string | undefined;
  /** All that narrows the list, for the server. */
  where: string | undefined;
  q: string | undefined;
  sort: string | undefined;
  group: MetaField | null;
  layout: ColumnLayout[];
  columns: MetaField[];
  rules: ColourRule[];
  /** The look as it would be kept. */
  look: Look;
  /** It differs from what the view says. */
  changed: boolean;
  choose: (tab: Tab) => void;
  setFilter: (filter: string) => void;
  setSort: (sort: string | undefined) => void;
  setGroup: (name: string | null) => void;
  setLayout: (layout: ColumnLayout[]) => void;
  setRules: (rules: ColourRule[]) => void;
  /** Back to what the view says. */
  reset: () => void;
}

const ALL_TAB: Tab = { key: ALL.name, label: ALL.label, view: ALL, saved: null };

const CHANGES = {
  filter: undefined,
  sort: undefined,
  group: undefined,
  columns: undefined,
  colours: undefined,
};

/** The declared views, then those that people keep; one whose kind is not declared cannot be drawn. */
function tabsOf(object: MetaObject, asked: string | undefined, saved: SavedView[]): Tab[] {
  const declared = listViews(object, asked);
  const own = declared.map((view): Tab => ({ key: view.name, label: view.label, view, saved: null }));
  const kept = saved.flatMap((one): Tab[] => {
    const alike = declared.filter((view) => view.kind === one.kind);
    const view = alike.find((candidate) => "by" in candidate && candidate.by === one.group) ?? alike[0];
    if (!view) return [];
    // Its filter is the whole filter: what the declared view adds was taken into it.
    return [{ key: one.id, label: one.name, view: { ...view, filter: null }, saved: one }];
  });
  return [...own, ...kept];
}

export function useListState(object: MetaObject): ListState {
  const meta = useMeta();
  const client = useQueryClient();
  const [search, setSearch] = usePageSearch();
  const name = fullNameOf(object);
  const { data } = useQuery(savedViewsQuery(name));
  useEvents("core.saved_view", () => void client.invalidateQueries(savedViewsQuery(name)));

  const tabs = useMemo(
    () => tabsOf(object, search.view, (data ?? []).map(savedViewOf)),
    [object, search.view, data],
  );
  const tab = tabs.find((one) => one.key === search.view) ?? tabs[0] ?? ALL_TAB;
  const { saved, view } = tab;

  const asked = search.filter ?? saved?.filter ?? "";
  const filter = asked === EVERYTHING ? "" : asked;
  const own = joinCel([view.filter ?? undefined, filter || undefined]);
  const where = joinCel([companyFilter(meta, object), own]);
  const sort = search.sort ?? (saved?.sort || view.sort) ?? undefined;
  const grouped = search.group ?? saved?.group;
  const group = (grouped && grouped !== NOTHING && fieldOf(object, grouped)) || null;
  const columnText = search.columns ?? saved?.columns ?? "";
  const colourText = search.colours === NOTHING ? "" : (search.colours ?? saved?.colours ?? "");
  const standard = useMemo(() => columnsOf(object, view), [object, view]);
  const layout = useMemo(() => {
    const read = readColumns(columnText).filter(({ name: column }) => fieldOf(object, column));
    return read.length > 0 ? read : standard.map((field): ColumnLayout => ({ name: field.name }));
  }, [object, columnText, standard]);
  const columns = useMemo(
    () => layout.map((one) => fieldOf(object, one.name)).filter((field) => field !== undefined),
    [layout, object],
  );
  const rules = useMemo(() => readRules(colourText), [colourText]);

  const choose = useCallback(
    (next: Tab) =>
      setSearch({
        ...CHANGES,
        ...VIEW_STATE,
        // What was asked for goes along from one declared view to the next.
        ...(!next.saved && !saved && { filter: search.filter }),
        view: next.key === tabs[0]?.key ? undefined : next.key,
      }),
    [setSearch, saved, search.filter, tabs],
  );
  const setFilter = useCallback(
    (next: string) => {
      const same = next === (saved?.filter ?? "");
      setSearch({ filter: same ? undefined : next || (saved?.filter ? EVERYTHING : undefined) });
    },
    [setSearch, saved],
  );
  const setLayout = useCallback(
    (next: ColumnLayout[]) => {
      const text = writeColumns(next);
      const plain = standard.map((field) => field.name).join(",");
      setSearch({ columns: text === (saved?.columns || plain) ? undefined : text }, true);
    },
    [setSearch, saved, standard],
  );
  return {
    tabs,
    tab,
    filter,
    own,
    where,
    q: search.q?.trim() || undefined,
    sort,
    group,
    layout,
    columns,
    rules,
    look: {
      filter: own,
      sort,
      group: group?.name,
      columns: writeColumns(layout),
      colours: writeRules(rules),
    },
    changed: Object.keys(CHANGES).some((key) => search[key] !== undefined),
    choose,
    setFilter,
    setSort: useCallback((next) => setSearch({ sort: next }), [setSearch]),
    setGroup: useCallback(
      (next) => setSearch({ group: next === (saved?.group || null) ? undefined : (next ?? NOTHING) }),
      [setSearch, saved],
    ),
    setLayout,
    setRules: useCallback(
      (next) => {
        const text = writeRules(next);
        const same = text === (saved?.colours ?? "");
        setSearch({ colours: same ? undefined : text || NOTHING }, true);
      },
      [setSearch, saved],
    ),
    reset: useCallback(() => setSearch(CHANGES), [setSearch]),
  };
}
