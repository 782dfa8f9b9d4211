/** Keeps the look of a list, gives it to others, and hands out its address. */
import { Button, Menu } from "@mantine/core";
import {
  IconArrowBackUp,
  IconBookmark,
  IconDeviceFloppy,
  IconLink,
  IconPencil,
  IconTrash,
} from "@tabler/icons-react";
import { Suspense, useState } from "react";
import { deleteRecord, updateRecord } from "../../../api/commands";
import type { MetaObject } from "../../../api/types";
import { t } from "../../../messages/t";
import { lazily } from "../../../ui/lazily";
import { toast } from "../../../ui/toast";
import { useChanges } from "../../changes";
import { can, findObject, useMeta } from "../../meta";
import { lookToSend, SAVED_VIEWS } from "../savedViews";
import type { ListState } from "../useListState";
import { shareLink } from "./shareLink";

const ViewDialog = lazily(() => import("./ViewDialog").then((it) => it.ViewDialog));

interface Props {
  object: MetaObject;
  state: ListState;
}

const icon = (Shape: typeof IconLink) => <Shape size={16} stroke={1.6} aria-hidden />;

export function ViewMenu({ object, state }: Props) {
  const meta = useMeta();
  const changes = useChanges();
  const [dialog, setDialog] = useState<"new" | "change" | null>(null);
  const views = findObject(meta, "core.saved_view");
  const { saved, view } = state.tab;
  const mine = saved !== null && saved.owner === meta.user.id;
  const keep = async () => {
    if (!saved) return;
    try {
      const { run } = await updateRecord(
        SAVED_VIEWS,
        saved.id,
        lookToSend(meta, view, state.look),
        saved.version,
      );
      state.reset();
      await changes.done(t("view.saved", { name: saved.name }), run);
    } catch (error) {
      changes.failed(error);
    }
  };
  const remove = async () => {
    if (!saved) return;
    try {
      const { run } = await deleteRecord(SAVED_VIEWS, saved.id);
      const [first] = state.tabs;
      if (first) state.choose(first);
      await changes.done(t("deleted", { name: saved.name }), run);
    } catch (error) {
      changes.failed(error);
    }
  };
  const share = async () => {
    const link = shareLink(state);
    // Without a secure context there is no clipboard: the link is shown instead.
    const copied = await navigator.clipboard?.writeText(link).then(
      () => true,
      () => false,
    );
    toast({ message: copied ? t("view.copied") : link });
  };
  return (
    <>
      <Menu>
        <Menu.Target>
          <Button
            variant={state.changed ? "light" : "default"}
            leftSection={<IconBookmark size={16} stroke={1.6} />}
          >
            {t("view")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {mine && state.changed && (
            <Menu.Item leftSection={icon(IconDeviceFloppy)} onClick={() => void keep()}>
              {t("view.keep", { name: saved.name })}
            </Menu.Item>
          )}
          {views && can(views, "create") && (
            <Menu.Item leftSection={icon(IconBookmark)} onClick={() => setDialog("new")}>
              {t("view.new")}
            </Menu.Item>
          )}
          <Menu.Item leftSection={icon(IconLink)} onClick={() => void share()}>
            {t("view.link")}
          </Menu.Item>
          {state.changed && (
            <Menu.Item leftSection={icon(IconArrowBackUp)} onClick={state.reset}>
              {t("view.reset")}
            </Menu.Item>
          )}
          {mine && (
            <>
              <Menu.Divider />
              <Menu.Item leftSection={icon(IconPencil)} onClick={() => setDialog("change")}>
                {t("view.change")}
              </Menu.Item>
              <Menu.Item leftSection={icon(IconTrash)} onClick={() => void remove()}>
                {t("view.delete")}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <Suspense>
        {dialog && (
          <ViewDialog
            object={object}
            state={state}
            saved={dialog === "change" ? saved : null}
            onClose={() => setDialog(null)}
          />
        )}
      </Suspense>
    </>
  );
}
