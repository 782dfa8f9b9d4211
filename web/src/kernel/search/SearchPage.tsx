/** What all apps have of some words: narrowed by app, kind, owner and time, with the record beside its hit. */
import { Button, TextInput } from "@mantine/core";
import { useDebouncedCallback, useMediaQuery } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { searchQuery } from "../../api/queries";
import type { SearchHit } from "../../api/types";
import { t } from "../../messages/t";
import { EmptyState } from "../../ui/EmptyState";
import { Icon } from "../../ui/Icon";
import { PageHeader } from "../../ui/PageHeader";
import { useDelayed } from "../../ui/useDelayed";
import { recordAddress } from "../addresses";
import { explain } from "../changes";
import { Moment } from "../fields/Moment";
import { ListSkeleton } from "../list/ListSkeleton";
import { findObject, useMeta } from "../meta";
import { usePageSearch } from "../useSearch";
import { Facets } from "./Facets";
import { RecordPreview } from "./RecordPreview";
import classes from "./Search.module.css";
import { Snippet } from "./Snippet";
import { within } from "./times";

const TYPING_MS = 200;

export function SearchPage() {
  const meta = useMeta();
  const [search, setSearch] = usePageSearch();
  const [typed, setTyped] = useState(search.q ?? "");
  const [shown, setShown] = useState<SearchHit | null>(null);
  const wide = useMediaQuery("(min-width: 75em)", undefined, { getInitialValueInEffect: false });
  const ask = useDebouncedCallback((q: string) => setSearch({ q }, true), TYPING_MS);
  const { q = "", app, object, owner, time } = search;
  const found = useInfiniteQuery(searchQuery({ q, app, object, owner, ...within(time, Date.now()) }));
  const waiting = useDelayed(found.isPending && q.trim().length > 1);
  const hits = found.data?.pages.flatMap((page) => page.data) ?? [];
  const first = found.data?.pages[0];
  const open = shown && hits.some((hit) => hit.id === shown.id) ? shown : hits[0];
  const openObject = open && findObject(meta, `${open.app}.${open.object}`);
  return (
    <div className={classes.page}>
      <PageHeader crumbs={[]} title={t("search")} />
      <div className={classes.ask}>
        <TextInput
          type="search"
          data-search
          autoFocus={!search.q}
          aria-label={t("search.words")}
          placeholder={t("search.words")}
          leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            ask(event.currentTarget.value);
          }}
        />
        <p role="status" className={classes.quiet}>
          {first && t(first.capped ? "search.capped" : "search.found", { count: first.count })}
        </p>
      </div>
      <div className={classes.columns}>
        <Facets facets={first?.facets} />
        <div className={classes.hits}>
          {waiting && <ListSkeleton />}
          {found.isError && <EmptyState title={t("list.failed")} text={explain(found.error)} />}
          {first && hits.length === 0 && <EmptyState title={t("search.none")} text={t("search.none.text")} />}
          <ul aria-label={t("palette.records")}>
            {hits.map((hit) => (
              <Hit
                key={hit.id}
                hit={hit}
                current={hit === open && wide === true}
                onShow={() => setShown(hit)}
              />
            ))}
          </ul>
          {found.hasNextPage && (
            <Button
              variant="default"
              loading={found.isFetchingNextPage}
              onClick={() => void found.fetchNextPage()}
            >
              {t("show.more")}
            </Button>
          )}
        </div>
        {wide && (
          <section aria-label={t("search.preview")} className={classes.preview}>
            {open && openObject && <RecordPreview object={openObject} id={open.id} />}
          </section>
        )}
      </div>
    </div>
  );
}

function Hit({ hit, current, onShow }: { hit: SearchHit; current: boolean; onShow: () => void }) {
  const object = findObject(useMeta(), `${hit.app}.${hit.object}`);
  if (!object) return null;
  return (
    <li>
      <Link
        to={recordAddress(object.path, hit.id)}
        className={classes.hit}
        data-shown={current || undefined}
        onFocus={onShow}
        onMouseEnter={onShow}
      >
        <Icon name={object.icon} />
        <span className={classes.words}>
          <span className={classes.title}>{hit.title}</span>
          <span className={classes.quiet}>
            {[object.label, hit.subtitle].filter(Boolean).join(" · ")} · <Moment value={hit.at} relative />
          </span>
          {hit.snippet && (
            <span className={classes.snippet}>
              <Snippet html={hit.snippet} />
            </span>
          )}
        </span>
      </Link>
    </li>
  );
}
