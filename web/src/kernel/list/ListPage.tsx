/** The page of an object: views, search, filter, and the records as table, cards or board. */

import { Button, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { lazy, Suspense, useMemo, useState } from "react";
import { COUNT_CAP, listQuery } from "../../api/queries";
import type { MetaApp, MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { EmptyState } from "../../ui/EmptyState";
import { Icon } from "../../ui/Icon";
import { PageHeader } from "../../ui/PageHeader";
import { useDelayed } from "../../ui/useDelayed";
import { appAddress, newAddress } from "../addresses";
import { explain } from "../changes";
import { joinCel } from "../joinCel";
import { can, companyFilter, expandOf, findByPath, useMeta } from "../meta";
import { NotFound } from "../shell/Failure";
import { PHONE } from "../shell/phone";
import { usePageSearch } from "../useSearch";
import { columnsOf } from "./columns";
import { FilterBar } from "./FilterBar";
import classes from "./List.module.css";
import { ListMenu } from "./ListMenu";
import { ListSkeleton } from "./ListSkeleton";
import { RecordCards } from "./RecordCards";
import { RecordTable } from "./RecordTable";
import { ALL, listViews } from "./views";

const KanbanBoard = lazy(() =>
  import("../kanban/KanbanBoard").then((module) => ({ default: module.KanbanBoard })),
);
const ImportDialog = lazy(() =>
  import("./ImportDialog").then((module) => ({ default: module.ImportDialog })),
);

export function ListPage() {
  const { app, objects } = useParams({ strict: false });
  const meta = useMeta();
  const found = findByPath(meta, `${app}/${objects}`);
  if (!found || found.object.child) return <NotFound />;
  return <ObjectList key={found.object.path} app={found.app} object={found.object} />;
}

function ObjectList({ app, object }: { app: MetaApp; object: MetaObject }) {
  const [search, setSearch] = usePageSearch();
  const [importing, setImporting] = useState(false);
  const phone = useMediaQuery(PHONE, undefined, { getInitialValueInEffect: false });
  const views = listViews(object, search.view);
  const view = views.find((candidate) => candidate.name === search.view) ?? views[0] ?? ALL;
  const filter = joinCel([companyFilter(useMeta(), object), view.filter ?? undefined, search.filter]);
  const q = search.q?.trim() || undefined;
  const sort = search.sort ?? view.sort ?? undefined;
  const columns = useMemo(() => columnsOf(object, view), [object, view]);
  const expand = expandOf(
    object,
    columns.map((column) => column.name),
  );
  const isTable = view.kind === "table";
  const list = useInfiniteQuery({ ...listQuery(object.path, { filter, q, sort, expand }), enabled: isTable });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.data) ?? [], [list.data]);
  const first = list.data?.pages[0];
  const waiting = useDelayed(isTable && list.isPending);
  const filtered = Boolean(search.filter || search.q);
  const newButton = can(object, "create") && (
    <Button component={Link} to={newAddress(object.path)} leftSection={<IconPlus size={16} />}>
      {t("list.new", { name: object.label })}
    </Button>
  );

  const body = () => {
    if (!isTable) {
      return (
        <Suspense fallback={<ListSkeleton />}>
          <KanbanBoard object={object} view={view} filter={filter} q={q} />
        </Suspense>
      );
    }
    if (list.isPending) return waiting ? <ListSkeleton /> : null;
    if (list.isError) {
      return (
        <EmptyState title={t("list.failed")} text={explain(list.error)}>
          <Button variant="default" onClick={() => void list.refetch()}>
            {t("retry")}
          </Button>
          {filtered && (
            <Button variant="default" onClick={() => setSearch({ filter: undefined, q: undefined })}>
              {t("filter.clear")}
            </Button>
          )}
        </EmptyState>
      );
    }
    if (rows.length === 0 && filtered) {
      return (
        <EmptyState title={t("list.nomatch")} text={t("list.nomatch.text")}>
          <Button variant="default" onClick={() => setSearch({ filter: undefined, q: undefined })}>
            {t("filter.clear")}
          </Button>
        </EmptyState>
      );
    }
    if (rows.length === 0) {
      return (
        <EmptyState
          icon={<Icon name={object.icon} size={32} />}
          title={t("list.empty", { names: object.plural.toLowerCase() })}
          text={object.about ?? app.about ?? undefined}
        >
          {newButton}
          {can(object, "create") && (
            <Button variant="default" onClick={() => setImporting(true)}>
              {t("import.button")}
            </Button>
          )}
        </EmptyState>
      );
    }
    const more = () => {
      if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
    };
    return phone ? (
      <RecordCards object={object} columns={columns} rows={rows} onEnd={more} />
    ) : (
      <RecordTable
        object={object}
        columns={columns}
        rows={rows}
        sort={sort}
        onSort={(next) => setSearch({ sort: next })}
        onEnd={more}
        loadingMore={list.isFetchingNextPage}
      />
    );
  };

  const count = first?.count;
  const counted = count === undefined ? "" : `${count.toLocaleString()}${count >= COUNT_CAP ? "+" : ""}`;
  return (
    <div className={classes.page}>
      <PageHeader
        crumbs={[{ label: app.label, href: appAddress(app.name) }]}
        title={object.plural}
        aside={
          counted && (
            <Text
              size="sm"
              c="dimmed"
              className="num"
              aria-label={t("list.count", { count: counted })}
              role="note"
            >
              {counted}
            </Text>
          )
        }
      >
        <ListMenu object={object} filter={filter} q={q} onImport={() => setImporting(true)} />
        {newButton}
      </PageHeader>
      <FilterBar object={object} views={views} view={view} />
      {body()}
      <Suspense>{importing && <ImportDialog object={object} onClose={() => setImporting(false)} />}</Suspense>
    </div>
  );
}
