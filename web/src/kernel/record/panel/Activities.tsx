/** What is to be done about a record: open ones first, each done by a click, the next one planned in place. */
import { Button, Checkbox, Skeleton, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { runAction } from "../../../api/commands";
import type { MetaObject, RecordData } from "../../../api/types";
import { t } from "../../../messages/t";
import { recordAddress } from "../../addresses";
import { useChanges } from "../../changes";
import { Moment } from "../../fields/Moment";
import { LinkTitle, Value } from "../../fields/Value";
import { can, fieldOf, titleOf } from "../../meta";
import { CreateDialog } from "../CreateDialog";
import { type About, aboutQuery } from "../hanging";
import { Failed } from "./Comments";
import classes from "./Panel.module.css";

export function Activities({ activities, about }: { activities: MetaObject; about: About }) {
  const [planning, setPlanning] = useState(false);
  const query = useQuery(aboutQuery(activities.path, "target", about.target.id, { sort: "due" }));
  const all = query.data?.data ?? [];
  const isOpen = (one: RecordData) => one.done_at === null || one.done_at === undefined;
  const done = all.filter((one) => !isOpen(one));
  const open = all.filter(isOpen);
  return (
    <div className={classes.stack}>
      {can(activities, "create") && (
        <div>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} stroke={1.6} />}
            onClick={() => setPlanning(true)}
          >
            {t("activity.plan")}
          </Button>
        </div>
      )}
      {query.isPending && <Skeleton h={48} aria-label={t("loading")} />}
      {query.isError && <Failed error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && all.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("activity.empty")}
        </Text>
      )}
      <ul className={classes.activities} aria-label={t("activity.open")}>
        {open.map((one) => (
          <Activity key={String(one.id)} activities={activities} record={one} />
        ))}
      </ul>
      {done.length > 0 && (
        <>
          <h3 className={classes.heading}>{t("activity.done")}</h3>
          <ul className={classes.activities} aria-label={t("activity.done")}>
            {done.map((one) => (
              <Activity key={String(one.id)} activities={activities} record={one} done />
            ))}
          </ul>
        </>
      )}
      {planning && (
        <CreateDialog
          object={activities}
          title=""
          preset={{ target: about.target }}
          onClose={() => setPlanning(false)}
          onCreated={() => setPlanning(false)}
        />
      )}
    </div>
  );
}

interface ActivityProps {
  activities: MetaObject;
  record: RecordData;
  done?: boolean;
}

function Activity({ activities, record, done }: ActivityProps) {
  const changes = useChanges();
  const kind = fieldOf(activities, "kind");
  const action = activities.actions.find((one) => one.name === (done ? "reopen" : "done"));
  const run = useMutation({
    mutationFn: () => runAction(`${activities.path}/${String(record.id)}/${action?.name}`, {}),
    onSuccess: (reply) => changes.done(t("action.done", { name: action?.label ?? "" }), reply.run),
    onError: changes.failed,
  });
  const title = titleOf(activities, record);
  return (
    <li className={classes.activity}>
      <Checkbox
        size="xs"
        checked={Boolean(done) !== run.isPending}
        disabled={!action || run.isPending}
        aria-label={t(done ? "activity.reopen" : "activity.finish", { name: title })}
        onChange={() => run.mutate()}
      />
      <div className={classes.fileWords}>
        <Link to={recordAddress(activities.path, record.id)} data-done={done || undefined}>
          {title}
        </Link>
        <span className="quiet">
          {kind && <Value field={kind} value={record.kind ?? null} object={activities} />}
          {record.due && (
            <>
              {" · "}
              <Moment value={String(record.due)} relative late={!done && record.overdue === true} />
            </>
          )}
          {record.assignee && (
            <>
              {" · "}
              <LinkTitle to="core.user" value={record.assignee} />
            </>
          )}
        </span>
      </div>
    </li>
  );
}
