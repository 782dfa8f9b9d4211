/** What waits for one to decide, and what one should know of, in short; the inbox has it whole. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { listQuery } from "../../api/queries";
import type { MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { inboxAddress } from "../addresses";
import { Moment } from "../fields/Moment";
import { APPROVAL, NOTIFICATION } from "../inbox/unread";
import { findObject, titleOf, useMeta, viewOf } from "../meta";
import classes from "./Hub.module.css";
import { Panel, Row } from "./Panel";

const SHOWN = 6;

/** As the inbox asks for it, so that both have the same answer. */
function useFirst(object: MetaObject | undefined) {
  const view = object && viewOf(object, "table");
  const sort = view?.sort ?? object?.sort ?? undefined;
  return useInfiniteQuery({
    ...listQuery(object?.path ?? "", { filter: view?.filter ?? undefined, sort }),
    enabled: object !== undefined,
  });
}

export function ForYou() {
  const meta = useMeta();
  const objects = [findObject(meta, APPROVAL), findObject(meta, NOTIFICATION)] as const;
  const lists = [useFirst(objects[0]), useFirst(objects[1])] as const;
  const rows = lists.flatMap(({ data }, at) => {
    const object = objects[at];
    const records = data?.pages[0]?.data ?? [];
    return object ? records.map((record) => ({ object, record })) : [];
  });
  return (
    <Panel
      title={t("hub.foryou")}
      empty={t("hub.foryou.none")}
      pending={lists.some((list) => list.isLoading)}
      aside={
        <Link to={inboxAddress} className={classes.more}>
          {t("inbox")}
        </Link>
      }
    >
      {rows.slice(0, SHOWN).map(({ object, record }) => (
        <Row
          key={String(record.id)}
          object={object}
          id={String(record.id)}
          about={<Moment value={String(record.created_at)} relative />}
        >
          {titleOf(object, record)}
        </Row>
      ))}
    </Panel>
  );
}
