/** The page of an object: views, search, filter, and the records as table, cards or board. */

import { Button, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { Link, useParams } from "@tanstack/react-router";
import { Suspense, useEffect, useState } from "react";
import { COUNT_CAP } from "../../api/queries";
import type { MetaApp, MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { EmptyState } from "../../ui/EmptyState";
import { formatCount } from "../../ui/format";
import { Icon } from "../../ui/Icon";
import { lazily } from "../../ui/lazily";
import { PageHeader } from "../../ui/PageHeader";
import { appAddress, newAddress } from "../addresses";
import { can, findByPath, useMeta } from "../meta";
import { NotFound } from "../shell/Failure";
import { PHONE } from "../shell/phone";
import { usePageSearch } from "../useSearch";
import { OtherView } from "../views/OtherView";
import { ListBar } from "./bar/ListBar";
import classes from "./List.module.css";
import { ListMenu } from "./ListMenu";
import { keepPlace } from "./place";
import { TableView } from "./TableView";
import { useListState } from "./useListState";

const ImportWizard = lazily(() => import("./import/ImportWizard").then((it) => it.ImportWizard));

export function ListPage() {
  const { app, objects } = useParams({ strict: false });
  const meta = useMeta();
  const found = findByPath(meta, `${app}/${objects}`);
  if (!found || found.object.child) return <NotFound />;
  return <ObjectList key={found.object.path} app={found.app} object={found.object} />;
}

function ObjectList({ app, object }: { app: MetaApp; object: MetaObject }) {
  const state = useListState(object);
  const [search] = usePageSearch();
  useEffect(() => keepPlace(object.path, search), [object.path, search]);
  const [importing, setImporting] = useState(false);
  const [count, setCount] = useState<number>();
  const phone = useMediaQuery(PHONE, undefined, { getInitialValueInEffect: false });
  const { view } = state.tab;
  const newButton = can(object, "create") && (
    <Button component={Link} to={newAddress(object.path)} leftSection={<IconPlus size={16} />}>
      {t("list.new", { name: object.label })}
    </Button>
  );
  const empty = (
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
  const counted =
    count === undefined || view.kind !== "table"
      ? ""
      : `${formatCount(count)}${count >= COUNT_CAP ? "+" : ""}`;
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
        <ListMenu object={object} state={state} onImport={() => setImporting(true)} />
        {newButton}
      </PageHeader>
      <ListBar object={object} state={state} table={view.kind === "table" && !phone} />
      {view.kind === "table" ? (
        <TableView object={object} state={state} phone={phone} empty={empty} onCount={setCount} />
      ) : (
        <OtherView
          key={view.name}
          object={object}
          view={view}
          filter={state.where}
          asked={state.own}
          q={state.q}
        />
      )}
      <Suspense>{importing && <ImportWizard object={object} onClose={() => setImporting(false)} />}</Suspense>
    </div>
  );
}
