/** What can be done with the selected rows at once: one transaction, one undo. */
import { Button, Menu } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { runBatch } from "../../api/commands";
import type { JsonObject, MetaObject, RecordData } from "../../api/types";
import { t } from "../../messages/t";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { useChanges } from "../changes";
import { can } from "../meta";
import classes from "./List.module.css";

interface Props {
  object: MetaObject;
  rows: RecordData[];
  onClear: () => void;
}

interface Bulk {
  verb: "update" | "delete";
  input: JsonObject;
  done: string;
}

export function SelectionBar({ object, rows, onClear }: Props) {
  const changes = useChanges();
  const [deleting, setDeleting] = useState(false);
  const [app] = object.path.split("/");
  const run = useMutation({
    mutationFn: ({ verb, input }: Bulk) =>
      runBatch(
        rows.map((row) => ({ action: `${app}.${verb}_${object.name}`, record: String(row.id), input })),
      ),
    onSuccess: async ({ run: id }, { done }) => {
      setDeleting(false);
      onClear();
      await changes.done(done, id);
    },
    onError: (error) => {
      setDeleting(false);
      changes.failed(error);
    },
  });
  const count = rows.length;
  const states = object.states;
  const current = states?.list.filter((state) => rows.some((row) => row[states.field] === state.value)) ?? [];
  const targets =
    states && can(object, "update")
      ? states.list.filter((state) => !state.by && current.every((from) => from.to.includes(state.value)))
      : [];
  return (
    <section className={classes.selection} aria-label={t("selection")}>
      <span role="status">{t("selection.count", { count })}</span>
      {targets.length > 0 && (
        <Menu position="top-start">
          <Menu.Target>
            <Button size="xs" variant="default" loading={run.isPending}>
              {t("kanban.move")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {targets.map((state) => (
              <Menu.Item
                key={state.value}
                onClick={() =>
                  run.mutate({
                    verb: "update",
                    input: { [states?.field ?? ""]: state.value },
                    done: t("selection.moved", { count, state: state.label }),
                  })
                }
              >
                {state.label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {can(object, "delete") && (
        <Button size="xs" variant="default" onClick={() => setDeleting(true)}>
          {t("delete")}
        </Button>
      )}
      <Button size="xs" variant="subtle" color="gray" onClick={onClear}>
        {t("selection.clear")}
      </Button>
      <ConfirmDialog
        opened={deleting}
        title={t("selection.delete", { count })}
        text={t("selection.delete.text")}
        confirm={t("delete")}
        danger
        onConfirm={() => run.mutate({ verb: "delete", input: {}, done: t("selection.deleted", { count }) })}
        onClose={() => setDeleting(false)}
      />
    </section>
  );
}
