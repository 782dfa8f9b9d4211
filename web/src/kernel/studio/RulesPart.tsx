/** Rules of one's own that every record keeps, and the series that its numbers come from. */
import { ActionIcon, Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import type { JsonObject, MetaField, MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { fullNameOf } from "../meta";
import { said, seriesExample } from "./entries";
import { freeName, isOwn, PREFIX } from "./names";
import type { PartProps } from "./ObjectStudio";
import classes from "./Studio.module.css";
import { StudioDialog } from "./StudioDialog";
import { table } from "./sets";

const NEW = "new-rule";
const SERIES = "naming.";

export function RulesPart({ object, own, asked, onAsk }: PartProps) {
  const [taking, setTaking] = useState<string | null>(null);
  const rules = table(own.rules);
  const series = object.fields.filter((field) => field.type === "sequence");
  const open = asked && (asked === NEW || asked in rules);
  const numbered = series.find((field) => asked === `${SERIES}${field.name}`);
  const full = fullNameOf(object);
  return (
    <>
      <div className={classes.partHead}>
        <p className="quiet">{t("studio.rules.about")}</p>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => onAsk(NEW)}>
          {t("studio.rule.add")}
        </Button>
      </div>
      {Object.keys(rules).length > 0 && (
        <ul className={classes.rows} aria-label={t("studio.rules")}>
          {Object.entries(rules).map(([name, rule]) => (
            <li key={name} className={classes.state}>
              <span className={classes.stateName}>{String(table(rule).message)}</span>
              <code className={`truncate ${classes.ways}`}>{String(table(rule).check)}</code>
              <span className={classes.tools}>
                <ActionIcon aria-label={t("studio.edit", { name })} onClick={() => onAsk(name)}>
                  <IconPencil size={16} stroke={1.6} />
                </ActionIcon>
                <ActionIcon aria-label={t("studio.take", { name })} onClick={() => setTaking(name)}>
                  <IconTrash size={16} stroke={1.6} />
                </ActionIcon>
              </span>
            </li>
          ))}
        </ul>
      )}
      <section className={classes.stack} aria-label={t("studio.naming")}>
        <h2 className={classes.heading}>{t("studio.naming")}</h2>
        {series.length === 0 && <p className="quiet">{t("studio.naming.none")}</p>}
        <ul className={classes.rows}>
          {series.map((field) => {
            const pattern = patternOf(full, own, field.name);
            return (
              <li key={field.name} className={classes.state}>
                <span className={classes.stateName}>{field.label}</span>
                <code className={classes.ways}>{pattern || t("studio.naming.app")}</code>
                <span className={classes.tools}>
                  <ActionIcon
                    aria-label={t("studio.edit", { name: field.label })}
                    onClick={() => onAsk(`${SERIES}${field.name}`)}
                  >
                    <IconPencil size={16} stroke={1.6} />
                  </ActionIcon>
                </span>
              </li>
            );
          })}
        </ul>
      </section>
      {open && (
        <RuleDialog
          object={object}
          own={own}
          name={asked === NEW ? undefined : asked}
          onClose={() => onAsk(null)}
        />
      )}
      {numbered && <SeriesDialog object={object} own={own} field={numbered} onClose={() => onAsk(null)} />}
      {taking && (
        <StudioDialog
          title={t("studio.take", { name: taking })}
          change={{ object: full, set: { [`rules.${taking}`]: null } }}
          submit={t("studio.take.do")}
          done={t("studio.taken", { name: taking })}
          danger
          onClose={() => setTaking(null)}
        />
      )}
    </>
  );
}

/** What one's own manifest says of a series: with the field, or instead of the app's. */
function patternOf(object: string, own: JsonObject, field: string): string {
  const declared =
    table(table(own.fields)[field]).series ?? (isOwn(object) ? null : table(own.naming)[field]);
  return typeof declared === "string" ? declared : "";
}

interface RuleProps {
  object: MetaObject;
  own: JsonObject;
  name?: string;
  onClose: () => void;
}

function RuleDialog({ object, own, name: known, onClose }: RuleProps) {
  const full = fullNameOf(object);
  const rules = table(own.rules);
  const [entry, setEntry] = useState<JsonObject>(known ? table(rules[known]) : {});
  const message = String(entry.message ?? "");
  const check = String(entry.check ?? "");
  const name = known ?? freeName(message.slice(0, 40), "rule", Object.keys(rules), isOwn(full) ? "" : PREFIX);
  const fields = object.fields.filter((field) => !field.system);
  const say = (key: string, value: string) => setEntry(said(entry, key, value));
  return (
    <StudioDialog
      title={t(known ? "studio.rule.change" : "studio.rule.add")}
      change={message.trim() && check.trim() ? { object: full, set: { [`rules.${name}`]: entry } } : null}
      entry={name}
      inputs={["check", "message", "field"]}
      given={["check"]}
      done={t("studio.rule.saved")}
      onClose={onClose}
    >
      {(errors) => (
        <>
          <Textarea
            label={t("studio.rule.check")}
            labelProps={{ "data-required": true }}
            description={t("studio.condition.help")}
            classNames={{ input: classes.mono }}
            autosize
            minRows={2}
            data-autofocus
            value={check}
            error={errors.check}
            onChange={(event) => say("check", event.currentTarget.value)}
          />
          <TextInput
            label={t("studio.rule.message")}
            labelProps={{ "data-required": true }}
            value={message}
            error={errors.message}
            onChange={(event) => say("message", event.currentTarget.value)}
          />
          <NativeSelect
            label={t("studio.rule.field")}
            data={[
              { value: "", label: "–" },
              ...fields.map((field) => ({ value: field.name, label: field.label })),
            ]}
            value={String(entry.field ?? "")}
            error={errors.field}
            onChange={(event) => say("field", event.currentTarget.value)}
          />
        </>
      )}
    </StudioDialog>
  );
}

function SeriesDialog({ object, own, field, onClose }: RuleProps & { field: MetaField }) {
  const full = fullNameOf(object);
  const declared = table(own.fields)[field.name];
  const [pattern, setPattern] = useState(patternOf(full, own, field.name));
  const path = declared ? `fields.${field.name}` : `naming.${field.name}`;
  const value = declared ? { ...table(declared), series: pattern } : pattern || null;
  return (
    <StudioDialog
      title={t("studio.naming.change", { name: field.label })}
      change={{ object: full, set: { [path]: value } }}
      entry={field.name}
      inputs={["series"]}
      known={() => field.label}
      done={t("studio.naming.saved")}
      onClose={onClose}
    >
      {(errors) => (
        <TextInput
          label={t("studio.field.series")}
          description={
            pattern
              ? t("studio.series.next", { next: seriesExample(pattern, new Date()) })
              : t("studio.series.help")
          }
          data-autofocus
          value={pattern}
          error={errors.series}
          onChange={(event) => setPattern(event.currentTarget.value)}
        />
      )}
    </StudioDialog>
  );
}
