/** A field of one's own, added or changed: what it holds, what it may be told, and its input as it will stand in a form. */
import { Button, Switch, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Json, JsonObject, MetaField, MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { FieldInput } from "../fields/FieldInput";
import { fullNameOf, useMeta } from "../meta";
import { Attributes } from "./Attributes";
import { attributesOf, choicesIn, entryToSend, fieldFrom, said } from "./entries";
import { freeName, isOwn, labelOf, PREFIX } from "./names";
import classes from "./Studio.module.css";
import { StudioDialog } from "./StudioDialog";
import { table } from "./sets";
import { type OfferedType, TypePicker, TypeSign, typeLabel } from "./TypePicker";

interface Props {
  object: MetaObject;
  own: JsonObject;
  /** The name of the field that is changed; a new one when there is none. */
  name?: string;
  onClose: () => void;
}

/** Switches, each with what it says. */
const SWITCHES = ["required", "list", "search", "unique"] as const;

export function FieldDialog({ object, own, name: known, onClose }: Props) {
  const before = known ? table(table(own.fields)[known]) : null;
  const [entry, setEntry] = useState<JsonObject>(before ?? {});
  const [label, setLabel] = useState(before ? String(before.label ?? labelOf(known ?? "")) : "");
  const [lines, setLines] = useState(
    choicesIn(before?.of)
      .map((choice) => choice.label)
      .join("\n"),
  );
  const type = String(entry.type ?? "");
  const fullName = fullNameOf(object);
  const taken = object.fields.map((field) => field.name);
  const name = known ?? freeName(label || typeLabel(type), "field", taken, isOwn(fullName) ? "" : PREFIX);
  const title = known
    ? t("studio.field.change", { name: label })
    : t("studio.field.new", { name: object.label });
  const has = new Set<string>(attributesOf(type));
  const switches = SWITCHES.filter((one) => one === "required" || one === "list" || has.has(one));
  const said_ = (key: string, value: Json) => setEntry(said(entry, key, value));
  const choose = (picked: OfferedType) => setEntry({ type: picked });
  if (!type) {
    return (
      <StudioDialog title={title} change={null} done="" size="xl" choosing onClose={onClose}>
        {() => <TypePicker onPick={choose} />}
      </StudioDialog>
    );
  }
  const change = {
    object: fullName,
    set: { [`fields.${name}`]: entryToSend(name, label || labelOf(name), entry) },
  };
  return (
    <StudioDialog
      title={title}
      size="xl"
      change={label.trim() ? change : null}
      entry={name}
      inputs={["name", "type", "help", "visible", ...switches, ...has]}
      given={Object.keys(entry)}
      done={t(known ? "studio.field.changed" : "studio.field.added", { name: label })}
      onClose={onClose}
    >
      {(errors) => (
        <div className={classes.sides}>
          <div className={classes.stack}>
            <div className={classes.picked}>
              <TypeSign type={type} />
              <Text size="sm">{typeLabel(type)}</Text>
              {!known && (
                <Button size="compact-xs" variant="subtle" onClick={() => setEntry({})}>
                  {t("studio.field.type.other")}
                </Button>
              )}
              {errors.type && (
                <Text size="xs" c="var(--mantine-color-error)">
                  {errors.type}
                </Text>
              )}
            </div>
            <TextInput
              label={t("studio.label")}
              labelProps={{ "data-required": true }}
              description={label && t("studio.name.is", { name })}
              data-autofocus
              value={label}
              error={errors.name}
              onChange={(event) => setLabel(event.currentTarget.value)}
            />
            <Attributes entry={entry} onEntry={setEntry} errors={errors} lines={lines} onLines={setLines} />
            {switches.map((one) => (
              <Switch
                key={one}
                label={t(`studio.field.${one}`)}
                checked={entry[one] === true}
                error={errors[one]}
                onChange={(event) => said_(one, event.currentTarget.checked)}
              />
            ))}
            <TextInput
              label={t("studio.field.help")}
              value={String(entry.help ?? "")}
              error={errors.help}
              onChange={(event) => said_("help", event.currentTarget.value)}
            />
            <TextInput
              label={t("studio.field.visible")}
              description={t("studio.condition.help")}
              classNames={{ input: classes.mono }}
              value={String(entry.visible ?? "")}
              error={errors.visible}
              onChange={(event) => said_("visible", event.currentTarget.value)}
            />
          </div>
          <Sample key={type} field={fieldFrom(name, label || typeLabel(type), entry)} start={entry.default} />
        </div>
      )}
    </StudioDialog>
  );
}

/** The input as it will stand in a form; it can be tried. */
function Sample({ field, start }: { field: MetaField; start: Json | undefined }) {
  const [value, setValue] = useState<Json>();
  const meta = useMeta();
  const offered = ["choice", "boolean"].includes(field.type) ? start : undefined;
  return (
    <section className={classes.sample} aria-label={t("studio.sample")}>
      <Text size="xs" fw={500} c="dimmed" mb="sm">
        {t("studio.sample")}
      </Text>
      {field.type === "sequence" ? (
        <Text size="sm">{t("studio.sample.number")}</Text>
      ) : (
        <FieldInput
          field={field}
          value={value ?? offered}
          required={field.required}
          currency={meta.company?.currency}
          onChange={setValue}
          pickOnly
        />
      )}
    </section>
  );
}
