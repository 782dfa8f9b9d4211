/** What is late in any app, and what one has to do oneself in the days to come: asked for by the conditions that date
    fields declare. */
import { useQueries } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { get } from "../../api/http";
import type { ListReply, Meta, MetaField, MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { today } from "../../ui/format";
import { listAddress } from "../addresses";
import { Moment } from "../fields/Moment";
import { joinCel } from "../joinCel";
import { searchOf } from "../list/views";
import { companyFilter, pagesOf, titleOf, useMeta } from "../meta";
import classes from "./Hub.module.css";
import { Panel, Row } from "./Panel";

/** Rows that are shown; the rest is a click away. */
const SHOWN = 8;
const AHEAD_DAYS = 7;

interface Deadline {
  object: MetaObject;
  field: MetaField;
  filter: string;
}

/** What somebody is to do has an assignee: one's own is told of before it is late. */
function dueOf(object: MetaObject, field: MetaField): string {
  const assigned = object.fields.some(({ name, to }) => name === "assignee" && to === "core.user");
  const due = assigned
    ? `assignee == principal.user && ${field.name} <= today() + days(${AHEAD_DAYS})`
    : `${field.name} < today()`;
  return joinCel([field.due_when ?? undefined, due]) ?? "";
}

const deadlinesOf = (meta: Meta): Deadline[] =>
  meta.apps
    .flatMap(pagesOf)
    .flatMap((object) =>
      object.fields
        .filter((field) => field.due_when && field.type === "date" && field.in_filter)
        .map((field) => ({ object, field, filter: dueOf(object, field) })),
    );

export function Due() {
  const meta = useMeta();
  const deadlines = deadlinesOf(meta);
  const lists = useQueries({
    queries: deadlines.map(({ object, field, filter: due }) => {
      const filter = joinCel([companyFilter(meta, object), due]);
      return {
        queryKey: ["records", object.path, "due", field.name, filter],
        queryFn: ({ signal }: { signal: AbortSignal }) =>
          get<ListReply>(object.path, { filter, sort: field.name, limit: SHOWN, count: "capped" }, signal),
      };
    }),
  });
  const pending = lists.some((list) => list.isPending);
  const found = deadlines.flatMap((deadline, at) => {
    const reply = lists[at]?.data;
    return reply ? [{ ...deadline, reply }] : [];
  });
  const rows = found
    .flatMap(({ object, field, reply }) =>
      reply.data.map((record) => ({ object, record, day: String(record[field.name]), key: field.name })),
    )
    .toSorted((a, b) => a.day.localeCompare(b.day))
    .slice(0, SHOWN);
  const shown = (object: MetaObject, field: MetaField) =>
    rows.filter((row) => row.object === object && row.key === field.name).length;
  // Of the objects that have more than is shown, all is a click away.
  const further = found.filter(({ object, field, reply }) => (reply.count ?? 0) > shown(object, field));
  return (
    <Panel title={t("hub.due")} empty={t("hub.due.none")} pending={pending}>
      {pending
        ? []
        : [
            ...rows.map(({ object, record, day, key }) => (
              <Row
                key={`${record.id}/${key}`}
                object={object}
                id={String(record.id)}
                about={<Moment value={day} relative late={day < today()} />}
              >
                {titleOf(object, record)}
              </Row>
            )),
            ...further.map(({ object, field, filter, reply }) => (
              <li key={`${object.path}/${field.name}`}>
                <Link
                  to={listAddress(object.path)}
                  search={searchOf(object, filter, field.name)}
                  className={classes.row}
                >
                  <span className="quiet">
                    {t("overdue.all", { count: reply.count ?? 0, names: object.plural.toLowerCase() })}
                  </span>
                </Link>
              </li>
            )),
          ]}
    </Panel>
  );
}
