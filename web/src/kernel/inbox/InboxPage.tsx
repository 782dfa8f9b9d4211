/** What waits for one to decide, and what one should know of: each leads to the record that it is about. */
import { Button } from "@mantine/core";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { runAction } from "../../api/commands";
import { listQuery } from "../../api/queries";
import type { MetaAction, MetaObject, RecordData } from "../../api/types";
import { t } from "../../messages/t";
import { EmptyState } from "../../ui/EmptyState";
import { PageHeader } from "../../ui/PageHeader";
import { useDelayed } from "../../ui/useDelayed";
import { listAddress } from "../addresses";
import { explain, useChanges } from "../changes";
import { ListSkeleton } from "../list/ListSkeleton";
import { searchOf } from "../list/views";
import { findObject, titleOf, useMeta, viewOf } from "../meta";
import { Decision } from "./Decision";
import classes from "./Inbox.module.css";
import { Notice } from "./Notice";
import { APPROVAL, NOTIFICATION } from "./unread";

export function InboxPage() {
  const meta = useMeta();
  const notifications = findObject(meta, NOTIFICATION);
  const approvals = findObject(meta, APPROVAL);
  return (
    <div className={classes.page}>
      <PageHeader crumbs={[]} title={t("inbox")} />
      {approvals && <Waiting object={approvals} />}
      {notifications && <Unread object={notifications} />}
    </div>
  );
}

/** The records of an object's first list. */
function useFirstList(object: MetaObject) {
  const view = viewOf(object, "table");
  const sort = view?.sort ?? object.sort ?? undefined;
  const list = useInfiniteQuery(listQuery(object.path, { filter: view?.filter ?? undefined, sort }));
  const records: RecordData[] = list.data?.pages.flatMap((page) => page.data) ?? [];
  return { list, records, waiting: useDelayed(list.isPending) };
}

type FirstList = ReturnType<typeof useFirstList>["list"];

function Failed({ list }: { list: FirstList }) {
  return (
    <EmptyState title={t("list.failed")} text={explain(list.error)}>
      <Button variant="default" onClick={() => void list.refetch()}>
        {t("retry")}
      </Button>
    </EmptyState>
  );
}

function More({ list }: { list: FirstList }) {
  if (!list.hasNextPage) return null;
  return (
    <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
      {t("show.more")}
    </Button>
  );
}

function Waiting({ object }: { object: MetaObject }) {
  const { list, records } = useFirstList(object);
  if (list.isError) return <Failed list={list} />;
  if (records.length === 0) return null;
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting" className={classes.heading}>
        {t("inbox.waiting")}
      </h2>
      <ul className={classes.list}>
        {records.map((record) => (
          <Decision key={String(record.id)} object={object} record={record} />
        ))}
      </ul>
      <More list={list} />
    </section>
  );
}

function Unread({ object }: { object: MetaObject }) {
  const { list, records, waiting } = useFirstList(object);
  const changes = useChanges();
  const action = (name: string) => object.actions.find((one) => one.name === name);
  const [read, readAll] = [action("mark-read"), action("mark-all-read")];
  const run = useMutation({
    mutationFn: ({ target }: { target: string; action: MetaAction }) => runAction(target, {}),
    onSuccess: (reply, { action: done }) => changes.done(t("action.done", { name: done.label }), reply.run),
    onError: changes.failed,
  });
  const all = t("inbox.all", { names: object.plural.toLowerCase() });
  return (
    <section aria-labelledby="unread">
      <div className={classes.head}>
        <h2 id="unread" className={classes.heading}>
          {object.plural}
        </h2>
        <Link to={listAddress(object.path)} search={searchOf(object)} className={classes.all}>
          {all}
        </Link>
        {readAll && records.length > 0 && (
          <Button
            size="xs"
            variant="default"
            loading={run.isPending}
            onClick={() => run.mutate({ target: `${object.path}/${readAll.name}`, action: readAll })}
          >
            {readAll.label}
          </Button>
        )}
      </div>
      {waiting && <ListSkeleton />}
      {list.isError && <Failed list={list} />}
      {list.isSuccess && records.length === 0 && (
        <EmptyState title={t("inbox.empty")} text={t("inbox.empty.text")} />
      )}
      <ul className={classes.list}>
        {records.map((record) => (
          <Notice
            key={String(record.id)}
            record={record}
            title={titleOf(object, record)}
            action={read}
            onRead={(done) =>
              run.mutate({ target: `${object.path}/${String(record.id)}/${done.name}`, action: done })
            }
          />
        ))}
      </ul>
      <More list={list} />
    </section>
  );
}
