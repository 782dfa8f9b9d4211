/** An object of one's own: what it is called, its sign, and its first fields. */

import { ActionIcon, Button, NativeSelect, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { JsonObject } from "../../api/types";
import { t } from "../../messages/t";
import { useMeta } from "../meta";
import { useTargets } from "./Attributes";
import { choicesFrom, choicesOut, entryToSend, said } from "./entries";
import { IconChoice } from "./IconChoice";
import { freeName, labelOf, OWN_APP } from "./names";
import classes from "./Studio.module.css";
import { StudioDialog } from "./StudioDialog";
import { typeLabel } from "./TypePicker";

/** Types that say all with their name and one thing more; the rest is added on the object's own page. */
const TYPES = [
  "text",
  "long_text",
  "integer",
  "decimal",
  "money",
  "date",
  "boolean",
  "choice",
  "link",
  "email",
  "phone",
];

interface Line {
  key: number;
  label: string;
  type: string;
  /** The values of a choice, or what a link leads to. */
  more: string;
}

const lineOf = (key: number): Line => ({ key, label: "", type: "text", more: "" });

/** The fields by name, in their order; the first tells records apart. */
function fieldsOf(lines: Line[]): { name: string; line: Line }[] {
  const taken: string[] = [];
  return lines
    .filter((line) => line.label.trim())
    .map((line) => {
      const name = freeName(line.label, "field", taken);
      taken.push(name);
      return { name, line };
    });
}

function entryOf({ type, more }: Line, first: boolean): JsonObject {
  let entry: JsonObject = { type, list: true };
  if (type === "choice") entry = said(entry, "of", choicesOut(choicesFrom(more.replaceAll(",", "\n"), [])));
  if (type === "link") entry = said(entry, "to", more);
  return first ? { ...entry, required: true, ...(type === "text" && { search: true }) } : entry;
}

export function NewObjectDialog({ onClose }: { onClose: () => void }) {
  const meta = useMeta();
  const navigate = useNavigate();
  const [label, setLabel] = useState("");
  const [icon, setIcon] = useState("box");
  const [lines, setLines] = useState<Line[]>([{ ...lineOf(0), label: t("studio.object.first") }, lineOf(1)]);
  const taken = meta.apps.find((app) => app.name === OWN_APP)?.objects.map((object) => object.name) ?? [];
  const name = freeName(label, "object", taken);
  const fields = fieldsOf(lines);
  const set: JsonObject = {
    label: label.trim(),
    icon,
    title: fields[0]?.name ?? "",
    ...Object.fromEntries(
      fields.map(({ name, line }, at) => [
        `fields.${name}`,
        entryToSend(name, line.label, entryOf(line, at === 0)),
      ]),
    ),
  };
  const put = (key: number, change: Partial<Line>) =>
    setLines(lines.map((line) => (line.key === key ? { ...line, ...change } : line)));
  const object = `${OWN_APP}.${name}`;
  return (
    <StudioDialog
      title={t("studio.object.new")}
      size="lg"
      change={label.trim() && fields.length > 0 ? { object, set } : null}
      inputs={fields.map((field) => field.name)}
      submit={t("studio.object.make")}
      known={(_, one) =>
        fields.find((field) => field.name === one && field.line.label === labelOf(one))?.line.label
      }
      done={t("studio.object.made", { name: label })}
      onClose={onClose}
      onDone={() => void navigate({ to: `/studio/${OWN_APP}/${name}` })}
    >
      {(errors) => (
        <>
          <TextInput
            label={t("studio.object.label")}
            labelProps={{ "data-required": true }}
            description={label && t("studio.name.is", { name })}
            placeholder={t("studio.object.example")}
            data-autofocus
            value={label}
            onChange={(event) => setLabel(event.currentTarget.value)}
          />
          <IconChoice icon={icon} onIcon={setIcon} />
          <fieldset className={classes.fieldset}>
            <legend className={classes.small}>{t("studio.object.fields")}</legend>
            {lines.map((line, at) => (
              <FieldLine
                key={line.key}
                line={line}
                at={at}
                only={lines.length === 1}
                error={errors[fields.find((field) => field.line === line)?.name ?? ""]}
                onLine={(change) => put(line.key, change)}
                onRemove={() => setLines(lines.filter((one) => one !== line))}
              />
            ))}
            <Button
              variant="subtle"
              size="xs"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={() => setLines([...lines, lineOf(Math.max(...lines.map((line) => line.key)) + 1)])}
            >
              {t("studio.field.add")}
            </Button>
          </fieldset>
        </>
      )}
    </StudioDialog>
  );
}

interface LineProps {
  line: Line;
  at: number;
  only: boolean;
  error?: string;
  onLine: (change: Partial<Line>) => void;
  onRemove: () => void;
}

function FieldLine({ line, at, only, error, onLine, onRemove }: LineProps) {
  const targets = useTargets();
  const number = at + 1;
  return (
    <div className={classes.fieldLine}>
      <TextInput
        aria-label={t("studio.object.field.label", { number })}
        placeholder={t("studio.label")}
        value={line.label}
        error={line.type === "choice" || line.type === "link" ? undefined : error}
        onChange={(event) => onLine({ label: event.currentTarget.value })}
      />
      <NativeSelect
        aria-label={t("studio.object.field.type", { number })}
        data={TYPES.map((type) => ({ value: type, label: typeLabel(type) }))}
        value={line.type}
        onChange={(event) => onLine({ type: event.currentTarget.value, more: "" })}
      />
      {line.type === "choice" && (
        <TextInput
          aria-label={t("studio.object.field.of", { number })}
          placeholder={t("studio.object.field.of.example")}
          value={line.more}
          error={error}
          onChange={(event) => onLine({ more: event.currentTarget.value })}
        />
      )}
      {line.type === "link" && (
        <NativeSelect
          aria-label={t("studio.object.field.to", { number })}
          data={[{ value: "", label: t("studio.field.to") }, ...targets]}
          value={line.more}
          error={error}
          onChange={(event) => onLine({ more: event.currentTarget.value })}
        />
      )}
      <ActionIcon aria-label={t("studio.object.field.take", { number })} disabled={only} onClick={onRemove}>
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </div>
  );
}
