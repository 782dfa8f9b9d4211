/** What the palette offers for what is typed; with nothing typed, what is likely to be wanted. */
import { IconSearch } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { recordQuery, searchQuery } from "../../api/queries";
import type { Meta, MetaAction, MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { searchAddress } from "../addresses";
import { expandOf, findByPath, useMeta } from "../meta";
import { useRecents } from "../shell/recents";
import { useFavouriteCommand } from "../shell/useFavourites";
import {
  actionsOf,
  type Command,
  type Group,
  hitsOf,
  newsOf,
  placesOf,
  ranked,
  recentsOf,
  recordActionsOf,
} from "./commands";
import { useSettings } from "./settings";

/** Commands of a group that are shown. */
const SHOWN = 6;
const HITS = 6;
/** How well a command fits that goes before records. */
const EXACT = 0.6;

/** Actions of the record that is open, if one is. */
function useRecordActions(meta: Meta): Command[] {
  const { app, objects, id } = useParams({ strict: false });
  const object = findByPath(meta, `${app}/${objects}`)?.object;
  const open = object && id && id !== "new";
  const record = useQuery({
    ...recordQuery(object?.path ?? "", id ?? "", object ? expandOf(object) : ""),
    enabled: Boolean(open),
  });
  return open && record.data ? recordActionsOf(object, record.data) : [];
}

/** `asked` is what was typed a moment ago, of which the server is asked. */
export function useGroups(
  q: string,
  asked: string,
  onRun: (object: MetaObject, action: MetaAction) => void,
): { groups: Group[]; fetching: boolean } {
  const meta = useMeta();
  const navigate = useNavigate();
  const [recents] = useRecents(meta.tenant.slug);
  const search = useInfiniteQuery(searchQuery({ q: asked, limit: HITS }));
  const [places, news, actions] = useMemo(() => {
    const go = (path: string) => void navigate({ to: path });
    return [placesOf(meta, go), newsOf(meta, go), actionsOf(meta, onRun)];
  }, [meta, navigate, onRun]);
  const settings = useSettings();
  const favourite = useFavouriteCommand();
  const onRecord = [...useRecordActions(meta), ...(favourite ? [favourite] : [])];
  const go = (path: string) => void navigate({ to: path });
  if (!q.trim()) {
    const groups = [
      { label: t("palette.actions"), commands: onRecord.slice(0, SHOWN) },
      { label: t("hub.recent"), commands: recentsOf(meta, recents, go).slice(0, SHOWN) },
      { label: t("palette.go"), commands: places.slice(0, SHOWN) },
      { label: t("palette.new"), commands: news.slice(0, SHOWN) },
    ];
    return { groups: groups.filter(({ commands }) => commands.length > 0), fetching: false };
  }
  const groups = ranked(
    [
      { label: t("palette.actions"), commands: [...onRecord, ...actions] },
      { label: t("palette.go"), commands: places },
      { label: t("palette.new"), commands: news },
      { label: t("preferences"), commands: settings },
    ],
    q,
    SHOWN,
  );
  const hits = asked.length > 1 ? hitsOf(meta, search.data?.pages[0]?.data ?? [], go) : [];
  const everywhere: Command = {
    id: "everywhere",
    label: t("palette.everywhere", { q: q.trim() }),
    icon: <IconSearch size={18} stroke={1.6} aria-hidden />,
    run: () => void navigate({ to: searchAddress, search: { q: q.trim() } }),
  };
  const records = hits.length > 0 ? [{ label: t("palette.records"), commands: hits }] : [];
  // A command that is what was typed comes before what merely has the words.
  const [best, ...rest] = groups;
  const found = best && best.fit >= EXACT ? [best, ...records, ...rest] : [...records, ...groups];
  return {
    groups: [...found, { label: t("search"), commands: [everywhere] }],
    fetching: search.isFetching || asked !== q.trim(),
  };
}
