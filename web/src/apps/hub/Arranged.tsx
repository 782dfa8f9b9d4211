/** A dashboard that is being arranged: its name, its tiles, and Save, which keeps them all at once. */
import { Alert, Button, TextInput } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { useBlocker, useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { createRecord, updateRecord } from "../../api/commands";
import { newKey } from "../../api/http";
import type { JsonObject, MetaApp, MetaObject, RecordData } from "../../api/types";
import { appAddress, listAddress, recordAddress } from "../../kernel/addresses";
import { explain, useChanges } from "../../kernel/changes";
import { findObject, useMeta } from "../../kernel/meta";
import { type Kept, TILE } from "../../kernel/report/edit/board";
import { EditBoard } from "../../kernel/report/edit/EditBoard";
import { tilesOf } from "../../kernel/report/tiles";
import { usePageSearch } from "../../kernel/useSearch";
import { t } from "../../messages/t";
import { LeaveDialog } from "../../ui/LeaveDialog";
import { PageHeader } from "../../ui/PageHeader";
import classes from "./Hub.module.css";

interface Props {
  app: MetaApp;
  object: MetaObject;
  /** Empty while it is new. */
  record: RecordData;
}

export function Arranged({ app, object, record }: Props) {
  const meta = useMeta();
  const navigate = useNavigate();
  const changes = useChanges();
  const [, setSearch] = usePageSearch();
  const id = record.id === undefined ? undefined : String(record.id);
  const [start] = useState(() => ({
    name: typeof record.name === "string" ? record.name : "",
    tiles: tilesOf(record).map((tile): Kept => ({ ...tile, key: tile.id ?? newKey() })),
    version: record.version,
  }));
  const [name, setName] = useState(start.name);
  const [tiles, setTiles] = useState(start.tiles);
  const leaving = useRef(false);
  const dirty = name !== start.name || tiles !== start.tiles;
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => dirty && !leaving.current && current.pathname !== next.pathname,
    enableBeforeUnload: () => dirty && !leaving.current,
    withResolver: true,
  });

  // Rows have what their object keeps: a server may know less of a tile than this page.
  const kept = findObject(meta, TILE)?.fields.filter((field) => !field.system && !field.readonly) ?? [];
  const rowOf = (tile: Kept): JsonObject => {
    const row: JsonObject = tile.id ? { id: tile.id } : {};
    for (const field of kept) {
      const value = (tile as unknown as JsonObject)[field.name];
      if (value !== undefined) row[field.name] = value;
    }
    return row;
  };
  const save = useMutation({
    mutationFn: () => {
      const body = { name: name.trim(), tiles: tiles.map(rowOf) };
      return id ? updateRecord(object.path, id, body, start.version) : createRecord(object.path, body);
    },
    onSuccess: async ({ data, run }) => {
      leaving.current = true;
      if (id) setSearch({ edit: undefined }, true);
      else await navigate({ to: recordAddress(object.path, data.id), replace: true });
      await changes.done(id ? t("saved") : t("created", { name: object.label }), run);
    },
  });
  const submit = () => {
    if (name.trim() && !save.isPending) save.mutate();
  };
  useHotkeys([["mod+S", submit]], []);
  const cancel = () =>
    id ? setSearch({ edit: undefined }, true) : void navigate({ to: listAddress(object.path) });

  return (
    <div className={classes.page}>
      <PageHeader
        crumbs={[
          { label: app.label, href: appAddress(app.name) },
          { label: object.plural, href: listAddress(object.path) },
        ]}
        title={id ? t("board.arranging", { name: start.name }) : t("record.new", { name: object.label })}
      >
        <Button variant="default" onClick={cancel}>
          {t("cancel")}
        </Button>
        <Button onClick={submit} loading={save.isPending} disabled={!name.trim()}>
          {t("save")}
        </Button>
      </PageHeader>
      <div className={classes.body}>
        <TextInput
          className={classes.name}
          label={t("board.name")}
          required
          withAsterisk={false}
          data-autofocus={!id || undefined}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {save.error && (
          <Alert color="red" variant="light" role="alert" title={t("save.failed")} mb="md">
            {explain(save.error)}
          </Alert>
        )}
        <EditBoard tiles={tiles} onTiles={setTiles} />
      </div>
      <LeaveDialog blocker={blocker} />
    </div>
  );
}
