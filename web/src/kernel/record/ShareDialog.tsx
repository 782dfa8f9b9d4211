/** With whom a record is shared, beyond what roles grant: people, teams, roles, and whoever has a link. */
import {
  ActionIcon,
  Alert,
  Button,
  CopyButton,
  Group,
  Modal,
  NativeSelect,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { IconLink, IconShield, IconTrash, IconUser, IconUsers } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { createRecord, deleteRecord, runAction } from "../../api/commands";
import type { Json, JsonObject, MetaField, MetaObject, RecordData } from "../../api/types";
import { type MessageKey, t } from "../../messages/t";
import { explain, useChanges } from "../changes";
import { DateTimeField } from "../fields/DateField";
import { LinkInput } from "../fields/LinkInput";
import { Moment } from "../fields/Moment";
import { LinkTitle } from "../fields/Value";
import { choicesOf, fieldOf } from "../meta";
import classes from "./Dialog.module.css";
import { type About, aboutQuery } from "./hanging";

interface Props {
  shares: MetaObject;
  about: About;
  title: string;
  onClose: () => void;
}

type Kind = "user" | "team" | "role" | "link";
const KINDS: Record<Kind, MessageKey> = {
  user: "share.user",
  team: "share.team",
  role: "share.role",
  link: "share.link",
};
const ICONS = { user: IconUser, team: IconUsers, role: IconShield, link: IconLink };
const kindOf = (share: RecordData): Kind =>
  share.by_link === true ? "link" : share.user ? "user" : share.team ? "team" : "role";

export function ShareDialog({ shares, about, title, onClose }: Props) {
  const changes = useChanges();
  const [kind, setKind] = useState<Kind>("user");
  const [who, setWho] = useState<Json>(null);
  const [right, setRight] = useState("read");
  const [expires, setExpires] = useState<string | null>(null);
  const [link, setLink] = useState<string | null>(null);
  const query = useQuery(aboutQuery(shares.path, "target", about.target.id, { sort: "-created_at" }));
  const rights = fieldOf(shares, "right");
  const choices = rights ? choicesOf(shares, rights) : [];

  const add = useMutation({
    mutationFn: () => {
      const body: JsonObject = { target: about.target, ...(expires && { expires_at: expires }) };
      if (kind === "link") return runAction(`${shares.path}/link`, body);
      return createRecord(shares.path, { ...body, right, [kind]: who });
    },
    onSuccess: async ({ data, run }) => {
      setWho(null);
      const token = kind === "link" && tokenOf(data);
      setLink(token ? `${location.origin}/shared/${token}` : null);
      await changes.done(t("share.done"), run);
    },
  });
  const end = useMutation({
    mutationFn: (share: RecordData) => deleteRecord(shares.path, String(share.id), share.version),
    onSuccess: ({ run }) => changes.done(t("share.ended"), run),
    onError: changes.failed,
  });
  const linkField = (name: "user" | "team"): MetaField =>
    fieldOf(shares, name) ?? { name, label: t(KINDS[name]), type: "link", to: `core.${name}` };
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t("share.title", { name: title })}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          add.mutate();
        }}
      >
        <Stack gap="md">
          <Group grow align="start">
            <NativeSelect
              label={t("share.with")}
              data={Object.entries(KINDS).map(([value, key]) => ({ value, label: t(key) }))}
              value={kind}
              onChange={(event) => {
                setKind(event.currentTarget.value as Kind);
                setWho(null);
              }}
            />
            {(kind === "user" || kind === "team") && (
              <LinkInput
                key={kind}
                common={{ label: t(KINDS[kind]) }}
                field={linkField(kind)}
                value={who}
                onChange={setWho}
                pickOnly
              />
            )}
            {kind === "role" && (
              <TextInput
                label={t("share.role")}
                placeholder="salesperson"
                value={String(who ?? "")}
                onChange={(event) => setWho(event.currentTarget.value || null)}
              />
            )}
          </Group>
          <Group grow align="start">
            {kind !== "link" && (
              <NativeSelect
                label={t("share.right")}
                data={choices}
                value={right}
                onChange={(event) => setRight(event.currentTarget.value)}
              />
            )}
            <DateTimeField
              common={{ label: t("share.until"), description: t("share.until.help") }}
              value={expires}
              onChange={setExpires}
            />
          </Group>
          {kind === "link" && (
            <Text size="xs" c="dimmed">
              {t("share.link.help")}
            </Text>
          )}
          {add.error && (
            <Alert color="red" variant="light" role="alert">
              {explain(add.error)}
            </Alert>
          )}
          {link && (
            <Alert color="blue" variant="light" title={t("share.link.made")}>
              <Group gap="sm" wrap="nowrap">
                <TextInput readOnly value={link} aria-label={t("share.link")} style={{ flex: 1 }} />
                <CopyButton value={link}>
                  {({ copied, copy }) => (
                    <Button variant="default" onClick={copy}>
                      {t(copied ? "copied" : "copy")}
                    </Button>
                  )}
                </CopyButton>
              </Group>
            </Alert>
          )}
          <Group justify="flex-end">
            <Button type="submit" loading={add.isPending} disabled={kind !== "link" && !who}>
              {t(kind === "link" ? "share.link.make" : "share")}
            </Button>
          </Group>
        </Stack>
      </form>
      {(query.data?.data.length ?? 0) > 0 && (
        <ul className={classes.shares} aria-label={t("share.list")}>
          {query.data?.data.map((share) => {
            const Icon = ICONS[kindOf(share)];
            return (
              <li key={String(share.id)}>
                <Icon size={16} stroke={1.6} aria-hidden />
                <span className="truncate">
                  <Who share={share} />
                </span>
                <span className="quiet">{choices.find((one) => one.value === share.right)?.label}</span>
                {share.expires_at && (
                  <span className="quiet">
                    {t("share.ends")} <Moment value={String(share.expires_at)} relative />
                  </span>
                )}
                <ActionIcon size={28} aria-label={t("share.end")} onClick={() => end.mutate(share)}>
                  <IconTrash size={16} stroke={1.6} />
                </ActionIcon>
              </li>
            );
          })}
        </ul>
      )}
    </Modal>
  );
}

function Who({ share }: { share: RecordData }) {
  const kind = kindOf(share);
  if (kind === "link") return <>{t("share.link")}</>;
  if (kind === "role") return <>{String(share.role)}</>;
  return <LinkTitle to={`core.${kind}`} value={share[kind] ?? null} />;
}

function tokenOf(output: Json): string | null {
  if (typeof output !== "object" || output === null || Array.isArray(output)) return null;
  return typeof output.token === "string" ? output.token : null;
}
