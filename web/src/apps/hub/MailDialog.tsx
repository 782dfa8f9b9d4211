/** A dashboard by mail: to whom, once or again and again, and what goes out already. */
import { ActionIcon, Alert, Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay, IconSend, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { createRecord, deleteRecord, runAction, updateRecord } from "../../api/commands";
import { rowsQuery } from "../../api/queries";
import type { Json, JsonObject, MetaAction, MetaObject, RecordData } from "../../api/types";
import { explain, useChanges } from "../../kernel/changes";
import { LinksInput } from "../../kernel/fields/LinkInput";
import { Moment } from "../../kernel/fields/Moment";
import { LinkTitle } from "../../kernel/fields/Value";
import dialog from "../../kernel/record/Dialog.module.css";
import { locale } from "../../messages/language";
import { t } from "../../messages/t";
import classes from "./Hub.module.css";
import { cronOf, type Every, MONTH_DAYS, type Timing, timingOf } from "./timing";

interface Props {
  /** What is sent, and the action that sends it. */
  object: MetaObject;
  action: MetaAction;
  id: string;
  title: string;
  schedules: MetaObject;
  onClose: () => void;
}

const WEEK = [1, 2, 3, 4, 5, 6, 7];
/** The first of January 2024 was a Monday. */
const weekdayName = (day: number): string =>
  new Date(Date.UTC(2024, 0, day)).toLocaleDateString(locale, { weekday: "long", timeZone: "UTC" });

function words(cron: string): string {
  const timing = timingOf(cron);
  if (!timing) return cron;
  const { every, on, at } = timing;
  return t(`mail.words.${every}`, { day: every === "week" ? weekdayName(on) : String(on), at });
}

const inputOf = (schedule: RecordData): JsonObject =>
  typeof schedule.input === "object" && schedule.input && !Array.isArray(schedule.input)
    ? schedule.input
    : {};
const readersOf = (schedule: RecordData): Json[] => {
  const { to } = inputOf(schedule);
  return Array.isArray(to) ? to : [];
};
const idOf = (value: Json): Json =>
  typeof value === "object" && value && !Array.isArray(value) ? (value.id ?? null) : value;

export function MailDialog({ object, action, id, title, schedules, onClose }: Props) {
  const changes = useChanges();
  const [to, setTo] = useState<Json[]>([]);
  const [every, setEvery] = useState<Every | "once">("once");
  const [timing, setTiming] = useState<Timing>({ every: "week", on: 1, at: "07:00" });
  const filter = `action == ${JSON.stringify(action.action)} && record == ${JSON.stringify(id)}`;
  const query = useQuery(rowsQuery(schedules.path, { filter, sort: "next_at" }));
  const target = `${object.path}/${id}/${action.name}`;
  const send = useMutation({
    mutationFn: async () => {
      const input = { to: to.map(idOf) };
      if (every === "once") return { ...(await runAction(target, input)), message: t("mail.sent") };
      const reply = await createRecord(schedules.path, {
        name: t("mail.name", { name: title }),
        action: action.action,
        record: id,
        input,
        cron: cronOf({ ...timing, every }),
        zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      });
      return { ...reply, message: t("mail.scheduled") };
    },
    onSuccess: async ({ message, run }) => {
      setTo([]);
      await changes.done(message, run);
    },
  });
  const choose = (next: Every | "once") => {
    setEvery(next);
    if (next !== "once") setTiming({ ...timing, every: next, on: 1 });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t("mail.title", { name: title })}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate();
        }}
      >
        <Stack gap="md">
          <LinksInput
            common={{ label: t("mail.to"), description: t("mail.to.help") }}
            field={{ name: "to", label: t("mail.to"), type: "links", to: "core.user" }}
            value={to}
            onChange={(next) => setTo(Array.isArray(next) ? next : [])}
          />
          <Group grow align="start">
            <NativeSelect
              label={t("mail.every")}
              data={(["once", "day", "week", "month"] as const).map((value) => ({
                value,
                label: t(`mail.every.${value}`),
              }))}
              value={every}
              onChange={(event) => choose(event.currentTarget.value as Every | "once")}
            />
            {(every === "week" || every === "month") && (
              <NativeSelect
                label={t("mail.on")}
                data={
                  every === "week"
                    ? WEEK.map((day) => ({ value: String(day), label: weekdayName(day) }))
                    : Array.from({ length: MONTH_DAYS }, (_, day) => String(day + 1))
                }
                value={String(timing.on)}
                onChange={(event) => setTiming({ ...timing, on: Number(event.currentTarget.value) })}
              />
            )}
            {every !== "once" && (
              <TextInput
                type="time"
                label={t("mail.at")}
                value={timing.at}
                onChange={(event) => setTiming({ ...timing, at: event.currentTarget.value || "07:00" })}
              />
            )}
          </Group>
          {send.error && (
            <Alert color="red" variant="light" role="alert">
              {explain(send.error)}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button type="submit" loading={send.isPending} disabled={to.length === 0}>
              {t(every === "once" ? "mail.send" : "mail.schedule")}
            </Button>
          </Group>
        </Stack>
      </form>
      {(query.data?.data.length ?? 0) > 0 && (
        <ul className={dialog.shares} aria-label={t("mail.list")}>
          {query.data?.data.map((schedule) => (
            <Sending key={String(schedule.id)} schedule={schedule} path={schedules.path} target={target} />
          ))}
        </ul>
      )}
    </Modal>
  );
}

/** What goes out again and again: when, to whom; sent now, paused, ended. */
function Sending({ schedule, path, target }: { schedule: RecordData; path: string; target: string }) {
  const changes = useChanges();
  const id = String(schedule.id);
  const active = schedule.active === true;
  const change = useMutation({
    mutationFn: async (what: "now" | "pause" | "end") => {
      if (what === "now") return { ...(await runAction(target, inputOf(schedule))), message: t("mail.sent") };
      if (what === "end")
        return { ...(await deleteRecord(path, id, schedule.version)), message: t("mail.ended") };
      const reply = await updateRecord(path, id, { active: !active }, schedule.version);
      return { ...reply, message: t(active ? "mail.paused" : "mail.resumed") };
    },
    onSuccess: ({ message, run }) => changes.done(message, run),
    onError: changes.failed,
  });
  const about = words(String(schedule.cron));
  const button = (what: "now" | "pause" | "end", label: string, icon: ReactNode) => (
    <ActionIcon
      size={28}
      aria-label={`${label}: ${about}`}
      title={label}
      disabled={change.isPending}
      onClick={() => change.mutate(what)}
    >
      {icon}
    </ActionIcon>
  );
  return (
    <li>
      <div className={classes.sending}>
        <div>{about}</div>
        <Text size="xs" c="dimmed" span>
          {readersOf(schedule).map((reader, at) => (
            <span key={String(idOf(reader))}>
              {at > 0 && ", "}
              <LinkTitle to="core.user" value={reader} />
            </span>
          ))}
          {" · "}
          {active && schedule.next_at ? (
            <Moment value={String(schedule.next_at)} relative />
          ) : (
            t("mail.pausing")
          )}
        </Text>
        {schedule.error && (
          <Text size="xs" c="red">
            {String(schedule.error)}
          </Text>
        )}
      </div>
      <Group gap={4} wrap="nowrap" justify="flex-end">
        {button("now", t("mail.now"), <IconSend size={16} stroke={1.6} />)}
        {button(
          "pause",
          t(active ? "mail.pause" : "mail.resume"),
          active ? <IconPlayerPause size={16} stroke={1.6} /> : <IconPlayerPlay size={16} stroke={1.6} />,
        )}
        {button("end", t("mail.end"), <IconTrash size={16} stroke={1.6} />)}
      </Group>
    </li>
  );
}
