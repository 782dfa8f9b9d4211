/** What can be done with an object of one's own as a whole: it is named otherwise, or goes. */
import { ActionIcon, Menu } from "@mantine/core";
import { IconDots, IconPencil, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { deleteRecord } from "../../api/commands";
import { metaQuery } from "../../api/queries";
import type { MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { useChanges } from "../changes";
import type { Own } from "./manifests";
import { studioAddress } from "./may";
import { ObjectDialog } from "./ObjectDialog";
import { MANIFESTS } from "./own";

export function OwnMenu({ object, own }: { object: MetaObject; own: Own }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const changes = useChanges();
  const [open, setOpen] = useState<"edit" | "take" | null>(null);
  const take = useMutation({
    mutationFn: () => deleteRecord(MANIFESTS, own.id),
    onSuccess: async ({ run }) => {
      await navigate({ to: studioAddress });
      await client.invalidateQueries(metaQuery);
      await changes.done(t("studio.taken", { name: object.label }), run);
    },
    // Records of it are named by the server: they go first.
    onError: changes.failed,
    onSettled: () => setOpen(null),
  });
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon variant="default" aria-label={t("studio.object.menu")}>
            <IconDots size={18} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} stroke={1.6} />} onClick={() => setOpen("edit")}>
            {t("studio.object.change", { name: object.label })}
          </Menu.Item>
          <Menu.Item
            color="var(--mantine-color-error)"
            leftSection={<IconTrash size={16} stroke={1.6} />}
            onClick={() => setOpen("take")}
          >
            {t("studio.take", { name: object.label })}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open === "edit" && <ObjectDialog object={object} own={own.entries} onClose={() => setOpen(null)} />}
      <ConfirmDialog
        opened={open === "take"}
        title={t("studio.take", { name: object.label })}
        text={t("studio.object.take.text")}
        confirm={t("studio.take.do")}
        danger
        onConfirm={() => take.mutate()}
        onClose={() => setOpen(null)}
      />
    </>
  );
}
