/** What is late in any app, on the first page: asked for by the conditions that date fields declare. */
import { useQueries } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { get } from "../../api/http";
import type { ListReply, Meta, MetaField, MetaObject, RecordData } from "../../api/types";
import { t } from "../../messages/t";
import { Icon } from "../../ui/Icon";
import { listAddress, recordAddress } from "../addresses";
import { Moment } from "../fields/Moment";
import { joinCel } from "../joinCel";
import { searchOf } from "../list/views";
import { companyFilter, pagesOf, titleOf, useMeta } from "../meta";
import classes from "./Hub.module.css";

/** Rows of one field that are shown; the rest is a click away. */
const SHOWN = 3;

interface Deadline {
  object: MetaObject;
  field: MetaField;
  filter: string;
}

function deadlinesOf(meta: Meta): Deadline[] {
  return meta.apps.flatMap(pagesOf).flatMap((object) =>
    object.fields
      .filter((field) => field.due_when && field.type === "date" && field.in_filter)
      .map((field) => ({
        object,
        field,
        filter: joinCel([field.due_when ?? undefined, `${field.name} < today()`]) ?? "",
      })),
  );
}

export function Overdue() {
  const meta = useMeta();
  const deadlines = deadlinesOf(meta);
  const lists = useQueries({
    queries: deadlines.map(({ object, field, filter: late }) => {
      const filter = joinCel([companyFilter(meta, object), late]);
      return {
        queryKey: ["records", object.path, "overdue", field.name, filter],
        queryFn: ({ signal }: { signal: AbortSignal }) =>
          get<ListReply>(object.path, { filter, sort: field.name, limit: SHOWN, count: "capped" }, signal),
      };
    }),
  });
  const found = deadlines
    .map((deadline, at) => ({ ...deadline, reply: lists[at]?.data }))
    .filter(({ reply }) => reply && reply.data.length > 0);
  // Shown when all have answered, so that nothing moves under the pointer.
  if (found.length === 0 || lists.some((list) => list.isPending)) return null;
  return (
    <section aria-labelledby="overdue" className={classes.recents}>
      <h2 id="overdue" className={classes.heading}>
        {t("overdue")}
      </h2>
      <ul>
        {found.map(({ object, field, filter, reply }) => (
          <li key={`${object.path}/${field.name}`}>
            <ul aria-label={`${object.plural}: ${field.label}`}>
              {reply?.data.map((record: RecordData) => (
                <li key={String(record.id)}>
                  <Link to={recordAddress(object.path, record.id)} className={classes.recent}>
                    <Icon name={object.icon} size={16} />
                    <span className="truncate">{titleOf(object, record)}</span>
                    <span className={classes.kind}>
                      {field.label} <Moment value={String(record[field.name])} relative late />
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
            {reply?.count !== undefined && reply.count > SHOWN && (
              <Link
                to={listAddress(object.path)}
                search={searchOf(object, filter, field.name)}
                className={classes.recent}
              >
                <span className="quiet">
                  {t("overdue.all", { count: reply.count, names: object.plural.toLowerCase() })}
                </span>
              </Link>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
