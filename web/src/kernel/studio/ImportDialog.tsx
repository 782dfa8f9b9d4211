/** Files of an export brought into force: all of them as one change that can be taken back, or none. */
import { Alert, Badge, Button, FileInput, Group, Modal, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { previewBatch, runBatch } from "../../api/commands";
import { metaQuery } from "../../api/queries";
import { t } from "../../messages/t";
import { explain, useChanges } from "../changes";
import dialog from "../record/Dialog.module.css";
import { callsFor, type Declared, declaredBy, standingOf } from "./files";
import { fileOf, type Own } from "./manifests";
import classes from "./Studio.module.css";

/** What the chosen files declare; an archive is looked into. */
async function read(files: File[]): Promise<Declared[]> {
  const texts: [string, string][] = [];
  for (const file of files) {
    if (file.name.endsWith(".zip")) {
      const { strFromU8, unzipSync } = await import("fflate");
      const inside = unzipSync(new Uint8Array(await file.arrayBuffer()));
      for (const [path, bytes] of Object.entries(inside)) texts.push([path, strFromU8(bytes)]);
    } else texts.push([file.webkitRelativePath || file.name, await file.text()]);
  }
  return texts.map(([path, text]) => declaredBy(path, text)).filter((one) => one !== null);
}

const STANDING = {
  new: "studio.import.new",
  changed: "studio.import.changed",
  same: "studio.import.same",
} as const;

export function ImportDialog({ owns, onClose }: { owns: Own[]; onClose: () => void }) {
  const client = useQueryClient();
  const changes = useChanges();
  const [declared, setDeclared] = useState<Declared[]>([]);
  const calls = callsFor(declared, owns);
  /** The server says whether all of it fits before anything is brought into force. */
  const check = useMutation({
    mutationFn: async (files: File[]) => {
      const found = await read(files);
      setDeclared(found);
      const wanted = callsFor(found, owns);
      if (wanted.length > 0) await previewBatch(wanted);
    },
  });
  const apply = useMutation({
    mutationFn: () => runBatch(calls),
    onSuccess: async ({ run }) => {
      await client.invalidateQueries(metaQuery);
      onClose();
      await changes.done(t("studio.imported", { count: calls.length }), run);
    },
  });
  const error = check.error ?? apply.error;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("studio.import")}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Stack gap="md">
        <FileInput
          label={t("studio.import.files")}
          description={t("studio.import.about")}
          accept=".toml,.zip"
          multiple
          onChange={(files) => check.mutate(files)}
        />
        {declared.length > 0 && (
          <ul className={classes.rows} aria-label={t("preview.title")}>
            {declared.map((one) => (
              <li key={fileOf(one)} className={classes.state}>
                <code className={classes.stateName}>{fileOf(one)}</code>
                <Badge variant="light" color={standingOf(one, owns) === "same" ? "gray" : undefined}>
                  {t(STANDING[standingOf(one, owns)])}
                </Badge>
              </li>
            ))}
          </ul>
        )}
        {check.isSuccess && calls.length === 0 && <Text size="sm">{t("studio.import.nothing")}</Text>}
        {error && (
          <Alert color="red" variant="light" role="alert" title={t("studio.refused")}>
            {explain(error)}
          </Alert>
        )}
        <Group justify="flex-end" gap="sm" className={dialog.foot}>
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button
            disabled={!check.isSuccess || calls.length === 0}
            loading={apply.isPending || check.isPending}
            onClick={() => apply.mutate()}
          >
            {t("studio.import.do")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
