/** What one has done, run by run in words, to be taken back later; or why that cannot be. */
import { Button, Skeleton } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { runsQuery } from "../../api/queries";
import type { FieldChange, HistoryEntry, Json, MetaObject, Run } from "../../api/types";
import { t } from "../../messages/t";
import { EmptyState } from "../../ui/EmptyState";
import { formatDate } from "../../ui/format";
import { PageHeader } from "../../ui/PageHeader";
import { explain } from "../changes";
import { Moment } from "../fields/Moment";
import { LinkTitle } from "../fields/Value";
import { fieldOf, findObject, isTextual, useMeta } from "../meta";
import { runWords } from "../record/changeWords";
import { FieldLine } from "../record/FieldLine";
import { plainText } from "../record/grid";
import history from "../record/History.module.css";
import classes from "./Runs.module.css";
import { grouped, standingOf } from "./runs";
import { UndoDialog } from "./UndoDialog";

/** Records of one run that are told of at first. */
const SHOWN = 3;

export function RunsPage() {
  const log = useInfiniteQuery(runsQuery);
  const runs = log.data?.pages.flatMap((page) => page.data) ?? [];
  const [undoing, setUndoing] = useState<Run | null>(null);
  const days = grouped(runs, (run) => run.at.slice(0, 10));
  return (
    <div className={classes.page}>
      <PageHeader crumbs={[]} title={t("runs")} />
      <div className={classes.body}>
        {log.isPending && <Skeleton h={120} aria-label={t("loading")} />}
        {log.isError && (
          <EmptyState title={t("runs.failed")} text={explain(log.error)}>
            <Button variant="default" onClick={() => void log.refetch()}>
              {t("retry")}
            </Button>
          </EmptyState>
        )}
        {log.isSuccess && runs.length === 0 && !log.hasNextPage && (
          <EmptyState icon={<IconHistory />} title={t("runs.empty")} text={t("runs.empty.text")} />
        )}
        {days.map(([day, list]) => (
          <section key={day} aria-label={formatDate(day)}>
            <h2 className={classes.day}>{formatDate(day)}</h2>
            <ol className={classes.runs}>
              {list.map((run) => (
                <RunItem
                  key={run.id}
                  run={run}
                  own={runs.some(({ id }) => id === run.undone_by)}
                  onUndo={() => setUndoing(run)}
                />
              ))}
            </ol>
          </section>
        ))}
        {log.hasNextPage && (
          <Button
            variant="default"
            size="xs"
            loading={log.isFetchingNextPage}
            onClick={() => void log.fetchNextPage()}
          >
            {t("show.more")}
          </Button>
        )}
      </div>
      {undoing && <UndoDialog run={undoing.id} onClose={() => setUndoing(null)} />}
    </div>
  );
}

/** The events of each record of the run, one after the other. */
const byRecord = (events: HistoryEntry[]) =>
  grouped(events, (event) => event.record).map(([, group]) => group);

/** Where a run stands on the page. */
const anchorOf = (run: string) => `run-${run}`;

interface ItemProps {
  run: Run;
  /** Whether what took it back was one's own: that is newer, and so on the page. */
  own: boolean;
  onUndo: () => void;
}

function RunItem(props: ItemProps) {
  const { run } = props;
  const [whole, setWhole] = useState(false);
  const records = byRecord(run.events);
  return (
    <li id={anchorOf(run.id)} tabIndex={-1} className={classes.run}>
      <div className={classes.changes}>
        {records.length === 0 && <div className={classes.told}>{run.label}</div>}
        {records.slice(0, whole ? undefined : SHOWN).map((events) => (
          <Told key={events[0]?.seq} events={events} />
        ))}
        {records.length > SHOWN && !whole && (
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setWhole(true)}>
            {t("runs.more", { count: records.length - SHOWN })}
          </Button>
        )}
        {run.more && (whole || records.length <= SHOWN) && <p className={classes.quiet}>{t("runs.rest")}</p>}
      </div>
      <span className={`quiet ${classes.at}`}>
        <Moment value={run.at} relative />
      </span>
      <StandingOf {...props} />
    </li>
  );
}

/** Takes it back, or says by what it was, or why it cannot be. */
function StandingOf({ run, own, onUndo }: ItemProps) {
  const standing = standingOf(run);
  if (standing === "undoable") {
    return (
      <Button size="xs" variant="default" onClick={onUndo} aria-label={t("runs.undo")}>
        {t("undo")}
      </Button>
    );
  }
  if (standing !== "undone" || !own) {
    const reason = standing === "undone" ? "undone.other" : standing;
    return <span className={`quiet ${classes.at}`}>{t(`runs.${reason}`)}</span>;
  }
  const by = anchorOf(run.undone_by ?? "");
  return (
    <a
      href={`#${by}`}
      className={classes.at}
      onClick={(event) => {
        event.preventDefault();
        document.getElementById(by)?.focus();
      }}
    >
      {t("undone")}
    </a>
  );
}

/** Whether what its title field holds is a name, and not an id or a choice. */
function isNamed(object: MetaObject | undefined): object is MetaObject {
  const field = object && fieldOf(object, object.title);
  return field !== undefined && isTextual(field);
}

/** What something hung on, also once it is gone. */
const targetOf = (change: FieldChange | undefined): Json => change?.to ?? change?.from ?? null;

/** What a dynamic link leads to. */
function leadOf(value: Json): { object: string; id: string } | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  return { object: String(value.object), id: String(value.id) };
}

function Told({ events }: { events: HistoryEntry[] }) {
  const meta = useMeta();
  const [first] = events;
  const last = events.at(-1);
  if (!first || !last) return null;
  const name = `${first.app}.${first.object}`;
  const object = findObject(meta, name);
  const fields = events
    .flatMap((event) => event.fields)
    .filter((change) => !object?.fields.find((field) => field.name === change.field)?.system);
  const changeOf = (name: string) => fields.findLast((change) => change.field === name);
  const gone = last.verb === "delete";
  const titled = object && changeOf(object.title);
  const hung = object?.hangs_on ? leadOf(targetOf(changeOf(object.hangs_on))) : null;
  const changes = first.verb === "create" || gone ? [] : fields;
  return (
    <div className={classes.told}>
      <div>
        {runWords(object, gone ? last : first)} <span className="quiet">{object?.label ?? first.object}</span>{" "}
        {gone ? (
          // What is deleted cannot be asked for its title.
          <strong>{plainText(titled?.from ?? null)}</strong>
        ) : (
          isNamed(object) && (
            <LinkTitle
              to={name}
              value={first.record}
              linked
              otherwise={titled ? plainText(titled.to) : undefined}
            />
          )
        )}
        {hung && (
          <>
            {" "}
            {t("runs.on")} <LinkTitle to={hung.object} value={hung.id} linked />
          </>
        )}
      </div>
      {object && changes.length > 0 && (
        <dl className={history.changes}>
          {changes.slice(0, SHOWN * 2).map((change, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one run may change a field twice, in this order
            <FieldLine key={`${at}:${change.field}`} object={object} change={change} />
          ))}
        </dl>
      )}
    </div>
  );
}
