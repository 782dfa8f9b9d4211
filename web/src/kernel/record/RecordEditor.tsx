/** One record open for work: form, state, actions, history. A failed save keeps what was typed. */

import { Alert, Button, Drawer, Group } from "@mantine/core";
import { useHotkeys, useMediaQuery } from "@mantine/hooks";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useBlocker, useNavigate } from "@tanstack/react-router";
import { Suspense, useCallback, useEffect, useRef, useState } from "react";
import { createRecord, updateRecord } from "../../api/commands";
import { Problem } from "../../api/http";
import type { MetaApp, MetaField, MetaObject, RecordData } from "../../api/types";
import { t } from "../../messages/t";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { isOverlayOpen } from "../../ui/overlay";
import { PageHeader } from "../../ui/PageHeader";
import { appAddress, listAddress, recordAddress } from "../addresses";
import { explain, useChanges } from "../changes";
import { can, titleOf, useMeta } from "../meta";
import { useRecents } from "../shell/recents";
import { surfaceOf } from "../surfaces";
import { usePageSearch } from "../useSearch";
import { rowsToSend, splitErrors, useDraft } from "./draft";
import { RecordActions } from "./RecordActions";
import { RecordForm, sectionsOf } from "./RecordForm";
import classes from "./RecordPage.module.css";
import { SidePanel } from "./SidePanel";
import { StateBar } from "./StateBar";
import { childColumns } from "./tables";

interface Props {
  app: MetaApp;
  object: MetaObject;
  record: RecordData;
  /** Absent while the record is new. */
  id?: string;
}

export function RecordEditor({ app, object, record, id }: Props) {
  const meta = useMeta();
  const navigate = useNavigate();
  const changes = useChanges();
  const [search, setSearch] = usePageSearch();
  const [, remember] = useRecents(meta.tenant.slug);
  const wide = useMediaQuery("(min-width: 75em)", undefined, { getInitialValueInEffect: false });
  const [problem, setProblem] = useState<string[] | null>(null);
  const [conflict, setConflict] = useState(false);
  const leaving = useRef(false);
  const columnsOf = useCallback((field: MetaField) => childColumns(meta, field, object), [meta, object]);
  const draft = useDraft(object, record, columnsOf);
  const { reset, setErrors } = draft;
  const title = id ? titleOf(object, record) : t("record.new", { name: object.label });
  const editable = can(object, id ? "update" : "create");
  const sections = sectionsOf(object);
  const panel = id ? search.panel : undefined;

  useEffect(() => {
    if (id) remember({ path: object.path, id, title });
  }, [id, object.path, title, remember]);

  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      draft.dirty && !leaving.current && current.pathname !== next.pathname,
    enableBeforeUnload: () => draft.dirty && !leaving.current,
    withResolver: true,
  });

  const save = useMutation({
    mutationFn: async () => {
      if (id) return updateRecord(object.path, id, draft.changes, record.version);
      const body: RecordData = { ...draft.changes };
      for (const field of object.fields) {
        const start = record[field.name];
        const isState = field.name === object.states?.field;
        if (isState || field.name in body || start === undefined || start === null) continue;
        body[field.name] = field.type === "table" ? rowsToSend(start, columnsOf(field)) : start;
      }
      return createRecord(object.path, body);
    },
    onSuccess: async ({ data, run }) => {
      setProblem(null);
      setConflict(false);
      await changes.done(id ? t("saved") : t("created", { name: object.label }), run);
      reset();
      if (!id) {
        leaving.current = true;
        await navigate({ to: recordAddress(object.path, data.id), replace: true });
      }
    },
    onError: (error) => {
      if (error instanceof Problem && error.status === 412) {
        setConflict(true);
        return;
      }
      const shown = new Set(sections.flatMap((section) => section.fields));
      const found = error instanceof Problem ? error.errors : [];
      const [errors, rest] = splitErrors(found, (name) => shown.has(name));
      setErrors(errors);
      setProblem(found.length === 0 ? [explain(error)] : rest);
      requestAnimationFrame(() =>
        document.querySelector<HTMLElement>("form[data-record] [aria-invalid='true']")?.focus(),
      );
    },
  });

  const mustSave = draft.dirty || !id;
  const submit = () => {
    if (mustSave && editable && !save.isPending) save.mutate();
  };
  useHotkeys(
    [
      ["mod+S", submit],
      ["mod+Enter", submit],
    ],
    [],
  );
  useHotkeys([["Escape", () => !isOverlayOpen() && void navigate({ to: listAddress(object.path) })]]);

  const discard = () => {
    reset();
    setProblem(null);
    setConflict(false);
    if (!id) void navigate({ to: listAddress(object.path) });
  };
  const states = object.states;
  const Above = surfaceOf(object.path);
  return (
    <div className={classes.page}>
      <PageHeader
        crumbs={[
          { label: app.label, href: appAddress(app.name) },
          { label: object.plural, href: listAddress(object.path) },
        ]}
        title={title}
      >
        {mustSave && editable && (
          <>
            <Button variant="default" onClick={discard}>
              {id ? t("discard") : t("cancel")}
            </Button>
            <Button onClick={submit} loading={save.isPending}>
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
            onPanel={() => setSearch({ panel: panel ? undefined : "history" }, true)}
            onDeleted={async () => {
              leaving.current = true;
              await navigate({ to: listAddress(object.path) });
            }}
          />
        )}
      </PageHeader>
      {id && states && (
        <StateBar object={object} states={states} record={record} id={id} busy={draft.dirty} />
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
            {conflict && (
              <Alert
                color="orange"
                variant="light"
                icon={<IconAlertTriangle />}
                title={t("conflict.title")}
                mb="lg"
                role="alert"
              >
                {t("conflict.text")}
                <Group mt="sm">
                  <Button
                    size="xs"
                    variant="default"
                    onClick={() => void changes.refresh().then(() => setConflict(false))}
                  >
                    {t("conflict.load")}
                  </Button>
                </Group>
              </Alert>
            )}
            {problem && problem.length > 0 && (
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
            />
            <button type="submit" hidden />
          </form>
        </div>
        {panel && id && wide && (
          <SidePanel
            object={object}
            record={record}
            id={id}
            tab={panel}
            onTab={(tab) => setSearch({ panel: tab }, true)}
          />
        )}
      </div>
      {id && !wide && (
        <Drawer.Root
          opened={Boolean(panel)}
          onClose={() => setSearch({ panel: undefined }, true)}
          position="right"
          size={360}
          padding={0}
        >
          <Drawer.Overlay />
          <Drawer.Content aria-label={t("panel")}>
            <SidePanel
              object={object}
              record={record}
              id={id}
              tab={panel ?? "history"}
              onTab={(tab) => setSearch({ panel: tab }, true)}
            />
          </Drawer.Content>
        </Drawer.Root>
      )}
      <ConfirmDialog
        opened={blocker.status === "blocked"}
        title={t("leave.title")}
        text={t("leave.text")}
        confirm={t("leave.confirm")}
        danger
        onConfirm={() => blocker.proceed?.()}
        onClose={() => blocker.reset?.()}
      />
    </div>
  );
}
