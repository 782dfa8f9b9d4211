/** What can be done with a record: the first fitting action stands out, the rest is in a menu. */
import { ActionIcon, Button, Menu, Tooltip } from "@mantine/core";
import { useWindowEvent } from "@mantine/hooks";
import {
  IconDots,
  IconLayoutSidebarRight,
  IconPlayerPlay,
  IconPrinter,
  IconTrash,
} from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { Suspense, useState } from "react";
import { deleteRecord, runAction } from "../../api/commands";
import { apiUrl } from "../../api/http";
import type { MetaAction, MetaObject, RecordData } from "../../api/types";
import { t } from "../../messages/t";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { useChanges } from "../changes";
import { can, useMeta } from "../meta";
import { ActionDialog } from "./ActionDialog";
import { fittingActions, isFrozen } from "./fitting";
import { type Further, FurtherDialog, useFurther } from "./further";
import { needsDialog } from "./schema";

interface Props {
  object: MetaObject;
  record: RecordData;
  id: string;
  title: string;
  /** Something is typed and not saved: actions wait. */
  busy: boolean;
  /** Whether the panel is open. */
  panel: boolean;
  onPanel: () => void;
  onDeleted: () => Promise<void>;
}

export function RecordActions({ object, record, id, title, busy, panel, onPanel, onDeleted }: Props) {
  const changes = useChanges();
  const [dialog, setDialog] = useState<MetaAction | null>(null);
  const [deleting, setDeleting] = useState(false);
  const [open, setOpen] = useState<Further | null>(null);
  const further = useFurther(object, record, id);
  const meta = useMeta();
  const currency = typeof record.currency === "string" ? record.currency : (meta.company?.currency ?? null);
  const [first, ...rest] = fittingActions(object, record);
  const target = (action: MetaAction) => `${object.path}/${id}/${action.name}`;
  const run = useMutation({
    mutationFn: (action: MetaAction) => runAction(target(action), {}),
    onSuccess: (reply, action) => changes.done(t("action.done", { name: action.label }), reply.run),
    onError: changes.failed,
  });
  const remove = useMutation({
    mutationFn: () => deleteRecord(object.path, id, record.version),
    onSuccess: async (reply) => {
      setDeleting(false);
      await onDeleted();
      await changes.done(t("deleted", { name: title }), reply.run);
    },
    onError: (error) => {
      setDeleting(false);
      changes.failed(error);
    },
  });
  const start = (action: MetaAction) => {
    if (busy) return;
    if (needsDialog(action)) setDialog(action);
    else run.mutate(action);
  };
  useWindowEvent("nexus:action", (event) => {
    const name: unknown = (event as CustomEvent<unknown>).detail;
    const action = fittingActions(object, record).find((one) => one.name === name);
    if (action) start(action);
  });
  // What the books have is reversed, not deleted.
  const deletable = can(object, "delete") && !(object.ledger && isFrozen(object, record));
  const inMenu = busy && first ? [first, ...rest] : rest;
  return (
    <>
      {first && !busy && (
        <Button onClick={() => start(first)} loading={run.isPending} title={first.about ?? undefined}>
          {first.label}
        </Button>
      )}
      <Menu>
        <Menu.Target>
          <ActionIcon variant="default" aria-label={t("record.menu")}>
            <IconDots size={18} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {inMenu.map((action) => (
            <Menu.Item
              key={action.name}
              leftSection={<IconPlayerPlay size={16} stroke={1.6} />}
              disabled={busy}
              onClick={() => start(action)}
            >
              {action.label}
            </Menu.Item>
          ))}
          {object.prints?.map((print) => (
            <Menu.Item
              key={print.name}
              component="a"
              href={apiUrl(`${object.path}/${id}/print/${print.name}`)}
              target="_blank"
              rel="noreferrer"
              leftSection={<IconPrinter size={16} stroke={1.6} />}
            >
              {t("print", { name: print.label })}
            </Menu.Item>
          ))}
          <Menu.Item leftSection={<IconPrinter size={16} stroke={1.6} />} onClick={() => window.print()}>
            {t("print.page")}
          </Menu.Item>
          <Menu.Divider />
          {further.map(({ name, label, Icon, run: start }) => (
            <Menu.Item
              key={name}
              leftSection={<Icon size={16} stroke={1.6} />}
              disabled={busy}
              onClick={() => (start ? start() : setOpen(name))}
            >
              {label}
            </Menu.Item>
          ))}
          {deletable && <Menu.Divider />}
          {deletable && (
            <Menu.Item
              color="var(--mantine-color-error)"
              leftSection={<IconTrash size={16} stroke={1.6} />}
              onClick={() => setDeleting(true)}
            >
              {t("delete")}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Tooltip label={t("panel")}>
        <ActionIcon variant="default" aria-label={t("panel.open")} aria-expanded={panel} onClick={onPanel}>
          <IconLayoutSidebarRight size={18} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      {dialog && (
        <ActionDialog
          action={dialog}
          target={target(dialog)}
          title={title}
          onClose={() => setDialog(null)}
          currency={currency}
        />
      )}
      <Suspense>
        {open && (
          <FurtherDialog
            name={open}
            object={object}
            record={record}
            id={id}
            title={title}
            onClose={() => setOpen(null)}
          />
        )}
      </Suspense>
      <ConfirmDialog
        opened={deleting}
        title={t("delete.title", { name: title })}
        text={t("delete.text")}
        confirm={t("delete")}
        danger
        pending={remove.isPending}
        onConfirm={() => remove.mutate()}
        onClose={() => setDeleting(false)}
      />
    </>
  );
}
