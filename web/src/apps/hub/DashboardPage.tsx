/** A dashboard that somebody keeps: what its tiles say now, or the same tiles being arranged. */
import { Drawer } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Problem } from "../../api/http";
import { recordQuery } from "../../api/queries";
import type { MetaApp, MetaObject } from "../../api/types";
import { listAddress } from "../../kernel/addresses";
import { can, expandOf } from "../../kernel/meta";
import { SidePanel } from "../../kernel/record/SidePanel";
import { Dashboard } from "../../kernel/report/Dashboard";
import { tilesOf } from "../../kernel/report/tiles";
import { Failure, NotFound } from "../../kernel/shell/Failure";
import { usePageSearch } from "../../kernel/useSearch";
import { t } from "../../messages/t";
import { EmptyState } from "../../ui/EmptyState";
import { Arranged } from "./Arranged";
import classes from "./Hub.module.css";
import { ShownHeader } from "./ShownHeader";

interface Props {
  app: MetaApp;
  object: MetaObject;
  id?: string;
}

export function DashboardPage({ app, object, id }: Props) {
  if (!id) return <Arranged app={app} object={object} record={{}} />;
  return <Kept app={app} object={object} id={id} />;
}

function Kept({ app, object, id }: Required<Props>) {
  const [search, setSearch] = usePageSearch();
  const wide = useMediaQuery("(min-width: 75em)", undefined, { getInitialValueInEffect: false });
  const { data: record, error } = useQuery(recordQuery(object.path, id, expandOf(object)));
  if (error instanceof Problem && error.status === 404) {
    return <NotFound list={{ href: listAddress(object.path), label: object.plural }} />;
  }
  if (error) return <Failure error={error} />;
  if (!record) return null;
  if (search.edit && can(object, "update")) return <Arranged app={app} object={object} record={record} />;
  const tiles = tilesOf(record);
  const side = (
    <SidePanel
      object={object}
      record={record}
      id={id}
      tab={search.panel ?? "history"}
      onTab={(panel) => setSearch({ panel }, true)}
    />
  );
  return (
    <div className={classes.page}>
      <ShownHeader app={app} object={object} record={record} id={id} />
      <div className={classes.columns}>
        <div className={classes.body}>
          {tiles.length > 0 ? (
            <Dashboard tiles={tiles} />
          ) : (
            <EmptyState title={t("board.empty")} text={t("board.empty.text")} />
          )}
        </div>
        {search.panel && wide && side}
      </div>
      {!wide && (
        <Drawer.Root
          opened={Boolean(search.panel)}
          onClose={() => setSearch({ panel: undefined }, true)}
          position="right"
          size={360}
          padding={0}
        >
          <Drawer.Overlay />
          <Drawer.Content aria-label={t("panel")}>{side}</Drawer.Content>
        </Drawer.Root>
      )}
    </div>
  );
}
