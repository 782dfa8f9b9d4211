/** A form over a manifest: first what the change does and the text that will stand, then the change itself. */
import { Alert, Button, Group, List, Loader, Modal, Stack, Text } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";
import type { JsonObject } from "../../api/types";
import { t } from "../../messages/t";
import dialog from "../record/Dialog.module.css";
import { whatItDoes } from "./does";
import { entriesOf, ownOf } from "./manifests";
import { isOwn } from "./names";
import { useOwn } from "./own";
import { besideInputs } from "./refusal";
import { TomlText } from "./TomlText";
import { type Change, useReview } from "./useReview";

export type FormErrors = Record<string, string>;

interface Props {
  title: string;
  /** What the form says so far; null while something is missing that no server needs to say. */
  change: Change | null;
  /** The entry that the inputs are of, what they ask for, and which of it is given. */
  entry?: string;
  inputs?: string[];
  given?: string[];
  /** What something is called that the manifest gives no label. */
  known?: (kind: string, name: string) => string | undefined;
  submit?: string;
  /** Told when it is done. */
  done: string;
  danger?: boolean;
  /** Something is chosen by pressing it: there is nothing to send yet. */
  choosing?: boolean;
  size?: string;
  onClose: () => void;
  onDone?: () => void;
  children?: (errors: FormErrors) => ReactNode;
}

const NONE: string[] = [];

export function StudioDialog({
  title,
  change,
  entry = "",
  inputs = NONE,
  given,
  known,
  submit = t("save"),
  done,
  danger,
  choosing,
  size = "md",
  onClose,
  onDone,
  children,
}: Props) {
  const owns = useOwn();
  const shown = useRef<HTMLElement>(null);
  const { ask, apply, refusals } = useReview(() => {
    onClose();
    onDone?.();
  }, done);
  const wanted = change && JSON.stringify(change);
  const ready = ask.isSuccess && ask.data.of === wanted;
  const { errors, rest } = besideInputs(refusals, entry, inputs, given);
  // A dialog without a form says at once what it is about.
  const { mutate } = ask;
  const atOnce = children ? null : wanted;
  useEffect(() => {
    if (atOnce) mutate(JSON.parse(atOnce) as Change);
  }, [atOnce, mutate]);
  useEffect(() => {
    if (ready) shown.current?.scrollIntoView({ block: "nearest" });
  }, [ready]);
  const own: JsonObject = change ? entriesOf(owns.data, change.object) : {};
  const before = change ? (ownOf(owns.data, change.object)?.text ?? "") : "";
  return (
    <Modal opened onClose={onClose} title={title} size={size} closeButtonProps={{ "aria-label": t("close") }}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          if (!change) return;
          if (ready) apply.mutate(change);
          else ask.mutate(change);
        }}
      >
        <Stack gap="md">
          {children?.(errors)}
          {rest.length > 0 && (
            <Alert color="red" variant="light" role="alert" title={t("studio.refused")}>
              {rest.map((line) => (
                <div key={line}>{line}</div>
              ))}
            </Alert>
          )}
          {ask.isPending && (
            <Group gap="sm" role="status">
              <Loader size="xs" />
              <Text size="sm">{t("preview.loading")}</Text>
            </Group>
          )}
          {ready && change && (
            <section ref={shown} aria-label={t("preview.title")}>
              <Text size="xs" fw={500} c="dimmed" mb={4}>
                {t("preview.title")}
              </Text>
              <List size="sm" spacing={4} mb="sm">
                {isOwn(change.object) && !before && (
                  <List.Item>{t("studio.does.object", { name: String(change.set.label ?? "") })}</List.Item>
                )}
                {whatItDoes(change.set, own, known).map((line) => (
                  <List.Item key={line}>{line}</List.Item>
                ))}
              </List>
              <TomlText text={ask.data.text} before={before} />
            </section>
          )}
          <Group justify="flex-end" gap="sm" className={dialog.foot}>
            <Button variant="default" onClick={onClose}>
              {t("cancel")}
            </Button>
            {!choosing && (
              <Button
                type="submit"
                color={danger && ready ? "red.8" : undefined}
                loading={apply.isPending}
                disabled={!change || ask.isPending}
              >
                {ready || !children ? submit : t("preview")}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
