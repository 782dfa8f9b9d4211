/** One record open for work: form, state, actions, and what stands beside it. A failed save keeps what was typed. */

import { Alert, Button, Drawer } from "@mantine/core";
import { useHotkeys, useMediaQuery } from "@mantine/hooks";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useBlocker, useNavigate } from "@tanstack/react-router";
import { Suspense, useCallback, useEffect, useMemo, useRef } from "react";
import type { MetaApp, MetaField, MetaObject, RecordData } from "../../api/types";
import { t } from "../../messages/t";
import { LeaveDialog } from "../../ui/LeaveDialog";
import { isOverlayOpen } from "../../ui/overlay";
import { PageHeader } from "../../ui/PageHeader";
import { appAddress, recordAddress } from "../addresses";
import { placeOf } from "../list/place";
import { can, titleOf, useMeta } from "../meta";
import { useRecents } from "../shell/recents";
import { surfaceOf } from "../surfaces";
import { usePageSearch } from "../useSearch";
import { APPROVALS } from "../waiting";
import { ConflictView } from "./ConflictView";
import { useDraft } from "./draft";
import { useAbout } from "./hanging";
import { Neighbours } from "./Neighbours";
import { RecordActions } from "./RecordActions";
import { RecordForm, sectionsOf } from "./RecordForm";
import classes from "./RecordPage.module.css";
import { SidePanel } from "./SidePanel";
import { StateBar } from "./StateBar";
import { Tags } from "./Tags";
import { childColumns } from "./tables";
import { useLive } from "./useLive";
import { useSave } from "./useSave";
import { Waiting } from "./Waiting";

interface Props {
  app: MetaApp;
  object: MetaObject;
  record: RecordData;
  /** Absent while the record is new. */
  id?: string;
}

/** The tab that the panel opens with. */
const FIRST_TAB = "comments";

export function RecordEditor({ app, object, record, id }: Props) {
  const meta = useMeta();
  const navigate = useNavigate();
  const [search, setSearch] = usePageSearch();
  const [, remember] = useRecents(meta.tenant.slug);
  const wide = useMediaQuery("(min-width: 75em)", undefined, { getInitialValueInEffect: false });
  const leaving = useRef(false);
  const columnsOf = useCallback((field: MetaField) => childColumns(meta, field, object), [meta, object]);
  const draft = useDraft(object, record, columnsOf);
  useLive(object, record, id);
  const sections = useMemo(() => sectionsOf(object), [object]);
  const shown = useMemo(() => new Set(sections.flatMap((section) => section.fields)), [sections]);
  const title = id ? titleOf(object, record) : t("record.new", { name: object.label });
  const editable = can(object, id ? "update" : "create");
  const panel = id ? search.panel : undefined;
  const openPanel = (tab: string | undefined) => setSearch({ panel: tab }, true);

  useEffect(() => {
    if (id) remember({ path: object.path, id, title });
  }, [id, object.path, title, remember]);

  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      draft.dirty && !leaving.current && current.pathname !== next.pathname,
    enableBeforeUnload: () => draft.dirty && !leaving.current,
    withResolver: true,
  });
  const list = placeOf(object.path);
  const leaveFor = (place: { to: string; search?: Record<string, string>; replace?: boolean }) => {
    leaving.current = true;
    return navigate(place);
  };
  const { start, pending, problem, stale, clear } = useSave({
    object,
    record,
    id,
    draft,
    shown,
    columnsOf,
    onCreated: (data) => leaveFor({ to: recordAddress(object.path, data.id), replace: true }),
    onWaiting: (approval) => void leaveFor({ to: recordAddress(APPROVALS, approval) }),
    onRefused: () =>
      requestAnimationFrame(() =>
        document.querySelector<HTMLElement>("form[data-record] [aria-invalid='true']")?.focus(),
      ),
  });

  const mustSave = draft.dirty || !id;
  const submit = () => {
    if (mustSave && editable && !stale && !pending) start();
  };
  useHotkeys(
    [
      ["mod+S", submit],
      ["mod+Enter", submit],
    ],
    [],
  );
  useHotkeys([["Escape", () => !isOverlayOpen() && void navigate(list)]]);

  const discard = () => {
    draft.reset();
    clear();
    if (!id) void navigate(list);
  };
  const Above = surfaceOf(object.path);
  const side = panel && id && (
    <SidePanel object={object} record={record} id={id} tab={panel} onTab={openPanel} />
  );
  return (
    <div className={classes.page}>
      <PageHeader
        crumbs={[
          { label: app.label, href: appAddress(app.name) },
          { label: object.plural, href: list.to, search: list.search },
        ]}
        title={title}
        aside={id && <Aside object={object} id={id} />}
      >
        {id && <Neighbours object={object} id={id} />}
        {mustSave && editable && (
          <>
            <Button variant="default" onClick={discard}>
              {id ? t("discard") : t("cancel")}
            </Button>
            <Button onClick={submit} loading={pending} disabled={stale}>
              {t("save")}
            </Button>
          </>
        )}
        {id && (
          <RecordActions
            object={object}
            record={record}
            id={id}
            title={title}
            busy={draft.dirty}
            panel={Boolean(panel)}
            onPanel={() => openPanel(panel ? undefined : FIRST_TAB)}
            onDeleted={() => leaveFor(list)}
          />
        )}
      </PageHeader>
      {id && object.states && (
        <StateBar object={object} states={object.states} record={record} id={id} busy={draft.dirty} />
      )}
      <div className={classes.columns}>
        <div className={classes.body}>
          {Above && id && (
            <Suspense>
              <Above path={object.path} id={id} />
            </Suspense>
          )}
          <form
            data-record
            noValidate
            aria-label={title}
            className={classes.inner}
            onSubmit={(event) => {
              event.preventDefault();
              submit();
            }}
          >
            {id && object.path !== APPROVALS && <Waiting id={id} />}
            {stale && id && (
              <ConflictView
                object={object}
                id={id}
                theirs={record}
                draft={draft}
                columnsOf={columnsOf}
                pending={pending}
                onSave={start}
                onDiscard={discard}
              />
            )}
            {problem.length > 0 && (
              <Alert
                color="red"
                variant="light"
                icon={<IconAlertTriangle />}
                title={t("save.failed")}
                mb="lg"
                role="alert"
              >
                {problem.map((line) => (
                  <div key={line}>{line}</div>
                ))}
              </Alert>
            )}
            <RecordForm
              fields={object.fields}
              sections={sections}
              values={draft.values}
              errors={draft.errors}
              object={object}
              saved={Boolean(id)}
              readonly={!editable}
              onChange={draft.set}
              tab={search.tab}
              onTab={(tab) => setSearch({ tab }, true)}
            />
            <button type="submit" hidden />
          </form>
        </div>
        {wide && side}
      </div>
      {id && !wide && (
        <Drawer.Root
          opened={Boolean(panel)}
          onClose={() => openPanel(undefined)}
          position="right"
          size={420}
          padding={0}
        >
          <Drawer.Overlay />
          <Drawer.Content aria-label={t("panel")}>{side}</Drawer.Content>
        </Drawer.Root>
      )}
      <LeaveDialog blocker={blocker} />
    </div>
  );
}

/** Beside the title: its tags. */
function Aside({ object, id }: { object: MetaObject; id: string }) {
  const about = useAbout(object, id);
  const [tags, taggings] = [about.of("tag"), about.of("tagging")];
  return about.carries && tags && taggings && <Tags tags={tags} taggings={taggings} about={about} />;
}
