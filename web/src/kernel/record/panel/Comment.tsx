/** One comment: who, when, what; its author may change or delete it. */
import { ActionIcon, Avatar, Button, Group, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { deleteRecord, updateRecord } from "../../../api/commands";
import type { Json, MetaObject, RecordData } from "../../../api/types";
import { t } from "../../../messages/t";
import { explain, useChanges } from "../../changes";
import { MarkdownText } from "../../fields/MarkdownText";
import { MentionArea } from "../../fields/MentionArea";
import { Moment } from "../../fields/Moment";
import { useTitle } from "../../fields/Value";
import { useMeta } from "../../meta";
import classes from "./Panel.module.css";

interface Props {
  comments: MetaObject;
  comment: RecordData;
  onAnswer: () => void;
}

/** The names of expanded links to people. */
function namesOf(value: Json | undefined): string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one) => {
    if (typeof one !== "object" || one === null || Array.isArray(one)) return [];
    const email = String(one.email ?? "");
    return [one.name, email, email.split("@")[0]].filter((name) => typeof name === "string" && name !== "");
  }) as string[];
}

export function Comment({ comments, comment, onAnswer }: Props) {
  const meta = useMeta();
  const changes = useChanges();
  const author = useTitle("core.user", comment.created_by ?? null);
  const [editing, setEditing] = useState<string | null>(null);
  const id = String(comment.id);
  const mine = comment.created_by === meta.user.id;
  const save = useMutation({
    mutationFn: (body: string) => updateRecord(comments.path, id, { body }, comment.version),
    onSuccess: async ({ run }) => {
      setEditing(null);
      await changes.done(t("saved"), run);
    },
  });
  const remove = useMutation({
    mutationFn: () => deleteRecord(comments.path, id, comment.version),
    onSuccess: ({ run }) => changes.done(t("deleted", { name: comments.label }), run),
    onError: changes.failed,
  });
  return (
    <article className={classes.comment} aria-label={t("comment.by", { name: author })}>
      <Avatar size={24} name={author} color="initials" aria-hidden />
      <div className={classes.commentBody}>
        <div className={classes.commentHead}>
          <strong className="truncate">{author}</strong>
          <span className="quiet">
            <Moment value={String(comment.created_at)} relative />
            {comment.version !== 1 && ` · ${t("comment.edited")}`}
          </span>
          <span className={classes.commentTools}>
            <Button size="compact-xs" variant="subtle" color="gray" onClick={onAnswer}>
              {t("comment.reply")}
            </Button>
            {mine && (
              <Menu>
                <Menu.Target>
                  <ActionIcon size={24} aria-label={t("comment.menu")}>
                    <IconDots size={14} stroke={1.6} />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item onClick={() => setEditing(String(comment.body ?? ""))}>{t("edit")}</Menu.Item>
                  <Menu.Item color="var(--mantine-color-error)" onClick={() => remove.mutate()}>
                    {t("delete")}
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            )}
          </span>
        </div>
        {editing === null ? (
          <MarkdownText text={String(comment.body ?? "")} mentions={namesOf(comment.mentions)} />
        ) : (
          <>
            <MentionArea
              aria-label={t("comment.edit")}
              autosize
              minRows={2}
              value={editing}
              onChange={setEditing}
              error={save.error && explain(save.error)}
            />
            <Group gap="xs" mt={6}>
              <Button
                size="xs"
                loading={save.isPending}
                disabled={!editing.trim()}
                onClick={() => save.mutate(editing.trim())}
              >
                {t("save")}
              </Button>
              <Button size="xs" variant="default" onClick={() => setEditing(null)}>
                {t("cancel")}
              </Button>
            </Group>
          </>
        )}
      </div>
    </article>
  );
}
