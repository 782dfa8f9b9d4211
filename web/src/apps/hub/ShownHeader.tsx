/** The head of a dashboard: whom it is shared with, arranging it, and what can be done with any record. */
import { Button, Menu } from "@mantine/core";
import { IconLayoutDashboard, IconLink, IconMail, IconPrinter, IconShare } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { updateRecord } from "../../api/commands";
import type { MetaApp, MetaObject, RecordData } from "../../api/types";
import { appAddress, listAddress } from "../../kernel/addresses";
import { useChanges } from "../../kernel/changes";
import { can, findObject, titleOf, useMeta } from "../../kernel/meta";
import { RecordActions } from "../../kernel/record/RecordActions";
import { usePageSearch } from "../../kernel/useSearch";
import { t } from "../../messages/t";
import { PageHeader } from "../../ui/PageHeader";
import { toast } from "../../ui/toast";

const MailDialog = lazy(() => import("./MailDialog").then((module) => ({ default: module.MailDialog })));

/** The action that mails a dashboard, and what runs it again and again. */
const SEND = "send";
const SCHEDULE = "core.schedule";

interface Props {
  app: MetaApp;
  object: MetaObject;
  record: RecordData;
  id: string;
}

export function ShownHeader({ app, object, record, id }: Props) {
  const meta = useMeta();
  const navigate = useNavigate();
  const changes = useChanges();
  const [search, setSearch] = usePageSearch();
  const title = titleOf(object, record);
  const owner =
    typeof record.owner === "object" && record.owner && !Array.isArray(record.owner)
      ? record.owner.id
      : record.owner;
  const own = can(object, "update") && (owner === meta.user.id || meta.user.roles.includes("administrator"));
  const share = useMutation({
    mutationFn: (shared: boolean) => updateRecord(object.path, id, { shared }, record.version),
    onSuccess: ({ run }, shared) =>
      changes.done(t(shared ? "board.shared" : "board.unshared", { name: title }), run),
    onError: changes.failed,
  });
  const copy = async () => {
    await navigator.clipboard.writeText(location.href);
    toast({ message: t("board.copied") });
  };
  const [mailing, setMailing] = useState(false);
  const send = object.actions.find((action) => action.name === SEND);
  const schedules = findObject(meta, SCHEDULE);
  // What the dashboard shows is on the page, and it is mailed from the menu: neither action has a button of its own.
  const plain = {
    ...object,
    actions: object.actions.filter((action) => action.effect !== "read" && action.name !== SEND),
  };
  return (
    <PageHeader
      crumbs={[
        { label: app.label, href: appAddress(app.name) },
        { label: object.plural, href: listAddress(object.path) },
      ]}
      title={title}
    >
      <Menu>
        <Menu.Target>
          <Button variant="default" leftSection={<IconShare size={16} stroke={1.6} />}>
            {t("board.share")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {own && (
            <Menu.CheckboxItem checked={record.shared === true} onChange={(shared) => share.mutate(shared)}>
              {t("board.share.all")}
            </Menu.CheckboxItem>
          )}
          <Menu.Item leftSection={<IconLink size={16} stroke={1.6} />} onClick={() => void copy()}>
            {t("board.copylink")}
          </Menu.Item>
          {send && schedules && (
            <Menu.Item leftSection={<IconMail size={16} stroke={1.6} />} onClick={() => setMailing(true)}>
              {t("mail")}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconPrinter size={16} stroke={1.6} />} onClick={() => window.print()}>
            {t("report.print")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense>
        {mailing && send && schedules && (
          <MailDialog
            object={object}
            action={send}
            id={id}
            title={title}
            schedules={schedules}
            onClose={() => setMailing(false)}
          />
        )}
      </Suspense>
      {own && (
        <Button
          variant="default"
          leftSection={<IconLayoutDashboard size={16} stroke={1.6} />}
          onClick={() => setSearch({ edit: "tiles", panel: undefined })}
        >
          {t("board.arrange")}
        </Button>
      )}
      <RecordActions
        object={plain}
        record={record}
        id={id}
        title={title}
        busy={false}
        panel={Boolean(search.panel)}
        onPanel={() => setSearch({ panel: search.panel ? undefined : "history" }, true)}
        onDeleted={async () => void (await navigate({ to: listAddress(object.path) }))}
      />
    </PageHeader>
  );
}
