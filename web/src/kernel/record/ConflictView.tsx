/** A record that somebody else saved meanwhile: both versions side by side, and which of them stands, field by field. */
import { Alert, Button, Group, Radio, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { historyQuery } from "../../api/queries";
import type { Json, JsonObject, MetaField, MetaObject, RecordData } from "../../api/types";
import { t } from "../../messages/t";
import { Moment } from "../fields/Moment";
import classes from "./Conflict.module.css";
import { type Draft, plain, rowsToSend } from "./draft";
import { FieldWords, labelOfPath } from "./FieldWords";
import { merge, type Side } from "./merge";
import type { Decided } from "./useSave";

interface Props {
  object: MetaObject;
  id: string;
  /** As somebody else saved it. */
  theirs: RecordData;
  draft: Draft;
  columnsOf: (field: MetaField) => MetaField[];
  pending: boolean;
  onSave: (decided: Decided) => void;
  onDiscard: () => void;
}

export function ConflictView({ object, id, theirs, draft, columnsOf, pending, onSave, onDiscard }: Props) {
  const [choices, setChoices] = useState<Record<string, Side>>({});
  const history = useInfiniteQuery(historyQuery(object.path, id));
  const last = history.data?.pages[0]?.data[0];
  const merged = useMemo(() => {
    const fields = object.fields.filter((field) => !field.system);
    const sent = (record: RecordData): JsonObject =>
      Object.fromEntries(
        fields
          .filter((field) => field.name in record)
          .map((field) => [
            field.name,
            field.type === "table"
              ? rowsToSend(record[field.name] ?? null, columnsOf(field))
              : plain(record[field.name], field),
          ]),
      );
    const columns = Object.fromEntries(
      fields
        .filter((field) => field.type === "table")
        .map((field) => [field.name, columnsOf(field).map((column) => column.name)]),
    );
    return merge(sent(draft.base), draft.changes, sent(theirs), columns, choices);
  }, [object, draft.base, draft.changes, theirs, columnsOf, choices]);

  const words = (path: string, value: Json) => <FieldWords object={object} path={path} value={value} />;
  const all = (side: Side) =>
    setChoices(Object.fromEntries(merged.clashes.map(({ path }) => [path, side] as const)));
  return (
    <Alert
      color="orange"
      variant="light"
      icon={<IconAlertTriangle />}
      title={t("conflict.title")}
      mb="lg"
      role="region"
      aria-label={t("conflict.title")}
    >
      <Text size="sm" role="alert">
        {last ? (
          <>
            {t("conflict.by", { name: last.user.name || t("history.system") })}{" "}
            <Moment value={last.at} relative />. {t("conflict.kept")}
          </>
        ) : (
          t("conflict.text")
        )}
      </Text>
      {merged.clashes.length > 0 && (
        <div className={classes.scroller}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{t("conflict.field")}</th>
                <th scope="col">
                  <button type="button" className={classes.all} onClick={() => all("mine")}>
                    {t("conflict.mine")}
                  </button>
                </th>
                <th scope="col">
                  <button type="button" className={classes.all} onClick={() => all("theirs")}>
                    {t("conflict.theirs")}
                  </button>
                </th>
              </tr>
            </thead>
            <tbody>
              {merged.clashes.map((clash) => {
                const label = labelOfPath(object, clash.path, columnsOf);
                return (
                  <tr key={clash.path}>
                    <th scope="row">{label}</th>
                    {(["mine", "theirs"] as const).map((side) => (
                      <td key={side} data-chosen={(choices[clash.path] ?? "mine") === side || undefined}>
                        <Radio
                          size="sm"
                          name={`conflict-${clash.path}`}
                          checked={(choices[clash.path] ?? "mine") === side}
                          onChange={() => setChoices((before) => ({ ...before, [clash.path]: side }))}
                          aria-label={`${label}: ${t(`conflict.${side}`)}`}
                          label={words(clash.path, clash[side])}
                        />
                      </td>
                    ))}
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {merged.told.length > 0 && (
        <>
          <Text size="xs" c="dimmed" mt="sm">
            {t("conflict.also")}
          </Text>
          <ul className={classes.told}>
            {merged.told.map(({ path, from, to }) => (
              <li key={path}>
                {labelOfPath(object, path, columnsOf)}: {words(path, from)} → {words(path, to)}
              </li>
            ))}
          </ul>
        </>
      )}
      <Group mt="md" gap="sm">
        <Button size="xs" loading={pending} onClick={() => onSave({ changes: merged.changes, over: theirs })}>
          {t(merged.clashes.length > 0 ? "conflict.save" : "conflict.saveBoth")}
        </Button>
        <Button size="xs" variant="default" onClick={onDiscard}>
          {t("conflict.discard")}
        </Button>
      </Group>
    </Alert>
  );
}
