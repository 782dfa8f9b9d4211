/** What people say about a record: threads of two levels, with mentions; one's own are changed and deleted in place. */
import { Button, Group, Skeleton, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { createRecord } from "../../../api/commands";
import type { MetaObject, RecordData } from "../../../api/types";
import { t } from "../../../messages/t";
import { explain, useChanges } from "../../changes";
import { MentionArea } from "../../fields/MentionArea";
import { can, titleOf } from "../../meta";
import { type About, aboutQuery } from "../hanging";
import { Comment } from "./Comment";
import { Followers } from "./Followers";
import classes from "./Panel.module.css";

const LATEST = 100;

export function Comments({ comments, about }: { comments: MetaObject; about: About }) {
  const [answering, setAnswering] = useState<RecordData | null>(null);
  const followers = about.of("follower");
  const query = useQuery(
    aboutQuery(comments.path, "target", about.target.id, {
      sort: "-created_at",
      expand: "mentions",
      limit: LATEST,
    }),
  );
  const all = (query.data?.data ?? []).toReversed();
  const known = new Set(all.map((one) => one.id));
  // An answer to what is deleted, or older than what is shown, stands by itself.
  const first = all.filter((one) => !known.has(one.reply_to ?? null));
  const rootOf = (one: RecordData): RecordData => {
    const above = all.find((other) => other.id === one.reply_to);
    return above ? rootOf(above) : one;
  };
  return (
    <div className={classes.stack}>
      {followers && <Followers followers={followers} about={about} />}
      {query.isPending && <Skeleton h={60} aria-label={t("loading")} />}
      {query.isError && <Failed error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && all.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("comment.empty")}
        </Text>
      )}
      <ol className={classes.comments} aria-label={t("comments")}>
        {first.map((root) => (
          <li key={String(root.id)}>
            <Comment comments={comments} comment={root} onAnswer={() => setAnswering(root)} />
            <ol className={classes.answers}>
              {all
                .filter((one) => one !== root && rootOf(one) === root)
                .map((answer) => (
                  <li key={String(answer.id)}>
                    <Comment comments={comments} comment={answer} onAnswer={() => setAnswering(root)} />
                  </li>
                ))}
            </ol>
          </li>
        ))}
      </ol>
      {can(comments, "create") && (
        <Composer
          key={String(answering?.id ?? "")}
          comments={comments}
          about={about}
          answering={answering}
          onDone={() => setAnswering(null)}
        />
      )}
    </div>
  );
}

export function Failed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <div role="alert">
      <Text size="sm">{explain(error)}</Text>
      <Button size="xs" variant="default" mt="sm" onClick={onRetry}>
        {t("retry")}
      </Button>
    </div>
  );
}

interface ComposerProps {
  comments: MetaObject;
  about: About;
  answering: RecordData | null;
  onDone: () => void;
}

function Composer({ comments, about, answering, onDone }: ComposerProps) {
  const changes = useChanges();
  const [text, setText] = useState("");
  const send = useMutation({
    mutationFn: () =>
      createRecord(comments.path, {
        target: about.target,
        body: text.trim(),
        ...(answering && { reply_to: answering.id ?? null }),
      }),
    onSuccess: async ({ run }) => {
      setText("");
      onDone();
      await changes.done(t("comment.done"), run);
    },
  });
  const submit = () => {
    if (text.trim() && !send.isPending) send.mutate();
  };
  return (
    <div className={classes.composer}>
      {answering && (
        <Group justify="space-between" wrap="nowrap" gap="sm">
          <Text size="xs" c="dimmed" truncate>
            {t("comment.answering", { text: titleOf(comments, answering) })}
          </Text>
          <Button size="compact-xs" variant="subtle" color="gray" onClick={onDone}>
            {t("cancel")}
          </Button>
        </Group>
      )}
      <MentionArea
        aria-label={answering ? t("comment.answer") : t("comment.new")}
        placeholder={t("comment.placeholder")}
        autosize
        minRows={2}
        maxRows={12}
        value={text}
        onChange={setText}
        error={send.error && explain(send.error)}
        data-autofocus={answering ? true : undefined}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          event.stopPropagation();
          submit();
        }}
      />
      <Group justify="space-between" mt={6}>
        <Text size="xs" c="dimmed">
          {t("comment.keys")}
        </Text>
        <Button size="xs" onClick={submit} loading={send.isPending} disabled={!text.trim()}>
          {t("comment")}
        </Button>
      </Group>
    </div>
  );
}
