/** Why one may do something with a record, or may not: the answer in a sentence, then what decides. */
import { Modal, NativeSelect, Skeleton, Stack, Text } from "@mantine/core";
import { IconCircleCheck, IconCircleX, IconMinus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { get } from "../../api/http";
import type { Explanation, MetaField, MetaObject } from "../../api/types";
import { type MessageKey, t } from "../../messages/t";
import { explain } from "../changes";
import { LinkInput } from "../fields/LinkInput";
import { useMeta } from "../meta";
import classes from "./Dialog.module.css";

interface Props {
  object: MetaObject;
  id: string;
  title: string;
  onClose: () => void;
}

const VERBS: Record<string, MessageKey> = {
  read: "explain.read",
  update: "explain.update",
  delete: "explain.delete",
  export: "explain.export",
};
const ADMINISTRATOR = "administrator";
const USER: MetaField = { name: "user", label: "", type: "link", to: "core.user" };

export function ExplainDialog({ object, id, title, onClose }: Props) {
  const { user } = useMeta();
  const [verb, setVerb] = useState("update");
  const [other, setOther] = useState<string | null>(null);
  const answer = useQuery({
    queryKey: ["records", object.path, "explain", id, verb, other],
    queryFn: ({ signal }) => get<Explanation>(`${object.path}/${id}/explain`, { verb, user: other }, signal),
    placeholderData: (before) => before,
  });
  const actions = object.actions.filter((action) => action.on === "record");
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("explain.title", { name: title })}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Stack gap="md">
        <NativeSelect
          label={t("explain.verb")}
          data={[
            ...Object.entries(VERBS).map(([value, key]) => ({ value, label: t(key) })),
            ...actions.map((action) => ({ value: action.name, label: action.label })),
          ]}
          value={verb}
          onChange={(event) => setVerb(event.currentTarget.value)}
          data-autofocus
        />
        {user.roles.includes(ADMINISTRATOR) && (
          <LinkInput
            common={{ label: t("explain.who") }}
            field={{ ...USER, label: t("explain.who") }}
            value={other ?? user.id}
            pickOnly
            onChange={(chosen) => setOther(typeof chosen === "string" ? chosen : null)}
          />
        )}
        {answer.isPending && <Skeleton h={60} aria-label={t("loading")} />}
        {answer.isError && (
          <Text size="sm" role="alert">
            {explain(answer.error)}
          </Text>
        )}
        {answer.data && (
          <section aria-live="polite" aria-label={t("explain.answer")}>
            <Text size="sm" fw={500}>
              {answer.data.summary}
            </Text>
            <ul className={classes.reasons}>
              {answer.data.reasons.map((reason) => {
                const Icon =
                  reason.allows === null ? IconMinus : reason.allows ? IconCircleCheck : IconCircleX;
                const key =
                  reason.allows === null ? "explain.open" : reason.allows ? "explain.lets" : "explain.denies";
                return (
                  <li key={`${reason.rule}${reason.entry ?? ""}${reason.text}`}>
                    <Icon
                      size={16}
                      stroke={1.6}
                      role="img"
                      aria-label={t(key)}
                      data-allows={String(reason.allows)}
                    />
                    <span>
                      {reason.text}
                      {reason.condition && <code>{reason.condition}</code>}
                    </span>
                  </li>
                );
              })}
            </ul>
          </section>
        )}
      </Stack>
    </Modal>
  );
}
