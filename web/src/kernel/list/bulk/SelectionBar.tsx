/** What can be done with the picked rows at once: one run, one undo. */
import { Button, Menu, Progress } from "@mantine/core";
import { IconDots, IconPencil, IconTrash } from "@tabler/icons-react";
import { Suspense, useState } from "react";
import { COUNT_CAP } from "../../../api/queries";
import type { MetaAction, MetaObject } from "../../../api/types";
import { t } from "../../../messages/t";
import { ConfirmDialog } from "../../../ui/ConfirmDialog";
import { formatDecimal } from "../../../ui/format";
import { lazily } from "../../../ui/lazily";
import { holds } from "../../cel";
import { can } from "../../meta";
import type { Asked } from "../table/rowCache";
import type { Picked } from "../table/usePicked";
import classes from "./Bulk.module.css";
import { RefusedDialog } from "./RefusedDialog";
import { countWords, useBulk } from "./useBulk";

const BulkEditDialog = lazily(() => import("./BulkEditDialog").then((it) => it.BulkEditDialog));
const BulkActionDialog = lazily(() => import("./BulkActionDialog").then((it) => it.BulkActionDialog));

interface Props {
  object: MetaObject;
  picked: Picked;
  asked: Asked;
  /** Rows of the whole list, as far as they are counted. */
  total: number | undefined;
}

/** Actions that fit every picked record, as far as the page can tell. */
const actionsFor = (object: MetaObject, { rows }: Picked): MetaAction[] =>
  object.actions.filter(
    (action) =>
      action.on === "record" &&
      action.effect !== "read" &&
      action.name !== "merge" &&
      rows.every((row) => holds(action.when, object.fields, row, true)),
  );

export function SelectionBar({ object, picked, asked, total }: Props) {
  const bulk = useBulk(object, picked, asked);
  const [dialog, setDialog] = useState<"delete" | "edit" | MetaAction | null>(null);
  const { rows, everything } = picked;
  const capped = (total ?? 0) >= COUNT_CAP;
  const whole = `${formatDecimal(total ?? rows.length)}${capped ? "+" : ""}`;
  const count = everything ? whole : formatDecimal(rows.length);
  const states = object.states;
  const current = states?.list.filter((state) => rows.some((row) => row[states.field] === state.value)) ?? [];
  const targets =
    states && can(object, "update")
      ? states.list.filter((state) => !state.by && current.every((from) => from.to.includes(state.value)))
      : [];
  const actions = actionsFor(object, picked);
  const close = () => setDialog(null);
  if (bulk.progress) {
    const { done, total: all } = bulk.progress;
    return (
      <section className={classes.bar} aria-label={t("selection")}>
        <span role="status">
          {t("bulk.progress", { done: formatDecimal(done), total: formatDecimal(all) })}
        </span>
        <Progress
          className={classes.progress}
          value={all ? (100 * done) / all : 0}
          aria-label={t("bulk.working")}
        />
        <Button size="xs" variant="default" onClick={bulk.stop}>
          {t("bulk.stop")}
        </Button>
      </section>
    );
  }
  return (
    <section className={classes.bar} aria-label={t("selection")}>
      <span role="status">{t("selection.count", { count })}</span>
      {picked.whole && !everything && (total ?? 0) > rows.length && (
        <Button size="xs" variant="subtle" onClick={picked.takeEverything}>
          {t("selection.everything", { count: whole })}
        </Button>
      )}
      {can(object, "update") && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPencil size={14} aria-hidden />}
          onClick={() => setDialog("edit")}
        >
          {t("bulk.edit")}
        </Button>
      )}
      {targets.length > 0 && (
        <Menu position="top-start">
          <Menu.Target>
            <Button size="xs" variant="default">
              {t("kanban.move")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {targets.map((state) => (
              <Menu.Item
                key={state.value}
                onClick={() =>
                  void bulk.run({
                    action: "update",
                    input: { [states?.field ?? ""]: state.value },
                    done: (moved) => t("selection.moved", { count: moved, state: state.label }),
                  })
                }
              >
                {state.label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {actions.length > 0 && (
        <Menu position="top-start">
          <Menu.Target>
            <Button size="xs" variant="default" leftSection={<IconDots size={14} aria-hidden />}>
              {t("bulk.actions")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {actions.map((action) => (
              <Menu.Item key={action.name} onClick={() => setDialog(action)}>
                {action.label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {can(object, "delete") && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconTrash size={14} aria-hidden />}
          onClick={() => setDialog("delete")}
        >
          {t("delete")}
        </Button>
      )}
      <Button size="xs" variant="subtle" color="gray" onClick={picked.clear}>
        {t("selection.clear")}
      </Button>
      <ConfirmDialog
        opened={dialog === "delete"}
        title={t("selection.delete", { count })}
        text={t("selection.delete.text")}
        confirm={t("delete")}
        danger
        onConfirm={() => {
          close();
          void bulk.run({
            action: "delete",
            input: {},
            done: (gone) => t("selection.deleted", { count: gone }),
          });
        }}
        onClose={close}
      />
      <Suspense>
        {dialog === "edit" && (
          <BulkEditDialog object={object} rows={rows} count={count} bulk={bulk} onClose={close} />
        )}
        {dialog !== null && typeof dialog === "object" && (
          <BulkActionDialog
            action={dialog}
            title={everything ? `${whole} ${object.plural}` : countWords(object, rows.length)}
            bulk={bulk}
            onClose={close}
          />
        )}
      </Suspense>
      {bulk.refused.length > 0 && <RefusedDialog refused={bulk.refused} onClose={bulk.forget} />}
    </section>
  );
}
