/** The files of a record: dropped or chosen, with how much has arrived, seen small, opened and taken away. */
import { ActionIcon, Button, Progress, Skeleton, Text } from "@mantine/core";
import { IconDownload, IconFile, IconTrash, IconUpload, IconX } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { createRecord, deleteRecord } from "../../../api/commands";
import type { MetaObject, RecordData } from "../../../api/types";
import { t } from "../../../messages/t";
import { useChanges } from "../../changes";
import { Moment } from "../../fields/Moment";
import { contentOf, isPicture, thumbnailOf } from "../../fields/upload";
import { useDrop } from "../../fields/useDrop";
import { useUploads } from "../../fields/useUploads";
import { can, titleOf, useMeta } from "../../meta";
import { type About, aboutQuery } from "../hanging";
import { Failed } from "./Comments";
import classes from "./Panel.module.css";

export function Files({ attachments, about }: { attachments: MetaObject; about: About }) {
  const changes = useChanges();
  const chooser = useRef<HTMLInputElement>(null);
  const query = useQuery(aboutQuery(attachments.path, "target", about.target.id, { sort: "-created_at" }));
  const uploads = useUploads(async (file, sent) => {
    const { run } = await createRecord(attachments.path, {
      target: about.target,
      file: sent.id,
      name: file.name,
    });
    await changes.done(t("file.added", { name: file.name }), run);
  });
  const { over, ...drop } = useDrop(uploads.add);
  const files = query.data?.data ?? [];
  return (
    <section className={classes.drop} data-over={over || undefined} aria-label={t("files")} {...drop}>
      {can(attachments, "create") && (
        <div className={classes.dropHint}>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconUpload size={14} stroke={1.6} />}
            onClick={() => chooser.current?.click()}
          >
            {t("file.choose")}
          </Button>
          <Text size="xs" c="dimmed">
            {t("file.drop")}
          </Text>
          <input
            ref={chooser}
            type="file"
            multiple
            hidden
            aria-label={t("file.choose")}
            onChange={(event) => {
              uploads.add([...(event.currentTarget.files ?? [])]);
              event.currentTarget.value = "";
            }}
          />
        </div>
      )}
      {query.isPending && <Skeleton h={48} aria-label={t("loading")} />}
      {query.isError && <Failed error={query.error} onRetry={() => void query.refetch()} />}
      <ul className={classes.files}>
        {uploads.list.map((one) => (
          <li key={one.key} className={classes.file}>
            <span className={classes.thumb}>
              <IconUpload size={18} stroke={1.6} aria-hidden />
            </span>
            <div className={classes.fileWords}>
              <span className="truncate">{one.name}</span>
              {one.failure ? (
                <Text size="xs" c="var(--mantine-color-error)" role="alert">
                  {one.failure}
                </Text>
              ) : (
                <Progress value={one.percent} size="sm" aria-label={t("file.sending", { name: one.name })} />
              )}
            </div>
            <ActionIcon
              size={28}
              aria-label={t("file.stop", { name: one.name })}
              onClick={() => uploads.drop(one.key)}
            >
              <IconX size={16} stroke={1.6} />
            </ActionIcon>
          </li>
        ))}
        {files.map((one) => (
          <Attachment key={String(one.id)} attachments={attachments} record={one} />
        ))}
      </ul>
      {query.isSuccess && files.length === 0 && uploads.list.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("file.empty")}
        </Text>
      )}
    </section>
  );
}

function Attachment({ attachments, record }: { attachments: MetaObject; record: RecordData }) {
  const meta = useMeta();
  const changes = useChanges();
  const file = String(record.file);
  const name = titleOf(attachments, record);
  const remove = useMutation({
    mutationFn: () => deleteRecord(attachments.path, String(record.id), record.version),
    onSuccess: ({ run }) => changes.done(t("deleted", { name }), run),
    onError: changes.failed,
  });
  return (
    <li className={classes.file}>
      <span className={classes.thumb}>
        {isPicture(name) ? (
          <img src={thumbnailOf(file, 96)} alt="" loading="lazy" />
        ) : (
          <IconFile size={18} stroke={1.6} aria-hidden />
        )}
      </span>
      <div className={classes.fileWords}>
        <a href={contentOf(file)} target="_blank" rel="noreferrer" className="truncate" title={name}>
          {name}
        </a>
        <span className="quiet">
          <Moment value={String(record.created_at)} relative />
        </span>
      </div>
      <ActionIcon
        size={28}
        component="a"
        href={contentOf(file, true)}
        aria-label={t("file.save", { name })}
        download
      >
        <IconDownload size={16} stroke={1.6} />
      </ActionIcon>
      {record.created_by === meta.user.id && (
        <ActionIcon size={28} aria-label={t("file.remove", { name })} onClick={() => remove.mutate()}>
          <IconTrash size={16} stroke={1.6} />
        </ActionIcon>
      )}
    </li>
  );
}
