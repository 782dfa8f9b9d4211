/** What a field of some type may be told besides its name. */
import { NativeSelect, Switch, Textarea, TextInput } from "@mantine/core";
import type { Choice, JsonObject, MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { fullNameOf, useMeta } from "../meta";
import {
  type Attribute,
  attributesOf,
  choicesFrom,
  choicesIn,
  choicesOut,
  literal,
  said,
  seriesExample,
} from "./entries";
import classes from "./Studio.module.css";
import type { FormErrors } from "./StudioDialog";

interface Props {
  /** The values of a choice as they are typed, one a line. */
  lines: string;
  onLines: (lines: string) => void;
  entry: JsonObject;
  onEntry: (entry: JsonObject) => void;
  errors: FormErrors;
}

const text = (entry: JsonObject, name: string): string => String(entry[name] ?? "");

/** Objects that a link may lead to: those with pages of their own. */
export function useTargets(): { value: string; label: string }[] {
  return useMeta().apps.flatMap((app) =>
    app.objects
      .filter((object: MetaObject) => !object.child)
      .map((object) => ({ value: fullNameOf(object), label: `${object.label} (${app.label})` })),
  );
}

export function Attributes({ lines, onLines, entry, onEntry, errors }: Props) {
  const targets = useTargets();
  const type = text(entry, "type");
  const has = new Set<Attribute>(attributesOf(type));
  const say = (name: string, value: JsonObject[string]) => onEntry(said(entry, name, value));
  const choices = choicesIn(entry.of);
  const typed = (name: "min" | "max" | "unit" | "pattern") =>
    has.has(name) && (
      <TextInput
        label={t(`studio.field.${name}`)}
        value={text(entry, name)}
        error={errors[name]}
        onChange={(event) =>
          say(
            name,
            name === "min" || name === "max"
              ? literal(type, event.currentTarget.value)
              : event.currentTarget.value,
          )
        }
      />
    );
  return (
    <>
      {has.has("of") && (
        <Textarea
          label={t("studio.field.of")}
          description={t("studio.field.of.help")}
          labelProps={{ "data-required": true }}
          autosize
          minRows={3}
          value={lines}
          error={errors.of}
          onChange={(event) => {
            onLines(event.currentTarget.value);
            say("of", choicesOut(choicesFrom(event.currentTarget.value, choices)));
          }}
        />
      )}
      {has.has("to") && (
        <NativeSelect
          label={t("studio.field.to")}
          labelProps={{ "data-required": true }}
          data={[{ value: "", label: "–" }, ...targets]}
          value={text(entry, "to")}
          error={errors.to}
          onChange={(event) => say("to", event.currentTarget.value)}
        />
      )}
      {has.has("series") && (
        <TextInput
          label={t("studio.field.series")}
          labelProps={{ "data-required": true }}
          description={
            entry.series
              ? t("studio.series.next", { next: seriesExample(text(entry, "series"), new Date()) })
              : t("studio.series.help")
          }
          placeholder="V-{YYYY}-{####}"
          value={text(entry, "series")}
          error={errors.series}
          onChange={(event) => say("series", event.currentTarget.value)}
        />
      )}
      {has.has("default") && <DefaultInput {...{ entry, type, choices, errors, say }} />}
      {(has.has("min") || has.has("max")) && (
        <div className={classes.pair}>
          {typed("min")}
          {typed("max")}
        </div>
      )}
      {typed("unit")}
      {typed("pattern")}
    </>
  );
}

interface DefaultProps {
  entry: JsonObject;
  type: string;
  choices: Choice[];
  errors: FormErrors;
  say: (name: string, value: JsonObject[string]) => void;
}

/** Expressions are asked for where the notation has them: a date that stands fixed is of no use. */
const WORKED_OUT: Record<string, string> = {
  date: "today() + days(14)",
  datetime: "now()",
  money: "money('500')",
};

function DefaultInput({ entry, type, choices, errors, say }: DefaultProps) {
  const label = t("studio.field.default");
  const error = errors.default;
  if (type === "boolean") {
    return (
      <Switch
        label={t("studio.field.default.yes")}
        checked={entry.default === true}
        error={error}
        onChange={(event) => say("default", event.currentTarget.checked)}
      />
    );
  }
  if (type === "choice") {
    return (
      <NativeSelect
        label={label}
        data={[{ value: "", label: "–" }, ...choices]}
        value={text(entry, "default")}
        error={error}
        onChange={(event) => say("default", event.currentTarget.value)}
      />
    );
  }
  const example = WORKED_OUT[type];
  return (
    <TextInput
      label={label}
      description={example && t("studio.field.default.worked", { example })}
      value={text(entry, "default")}
      error={error}
      onChange={(event) => say("default", literal(type, event.currentTarget.value))}
    />
  );
}
