/** A form made from metadata: sections, fields by type, child tables, figures that the server computes. */
import { Tabs } from "@mantine/core";
import { useEffect } from "react";
import type { Json, JsonObject, MetaField, MetaObject } from "../../api/types";
import { holds } from "../cel";
import { FieldInput } from "../fields/FieldInput";
import { ReadOnly } from "../fields/ReadOnly";
import { Money } from "../fields/Value";
import { useMeta, viewOf } from "../meta";
import { ChildTable } from "./ChildTable";
import type { Errors } from "./draft";
import { isFrozen } from "./fitting";
import { type LaidSection, layOut, type Part, tabOf } from "./layout";
import classes from "./RecordForm.module.css";
import { sentence } from "./words";

interface Props {
  fields: MetaField[];
  sections: LaidSection[];
  values: JsonObject;
  errors: Errors;
  object?: MetaObject;
  /** The record exists: fields that are set once keep their value. */
  saved?: boolean;
  readonly?: boolean;
  /** The currency of the document that amounts belong to, when the fields do not say it. */
  currency?: string | null;
  autoFocus?: boolean;
  onChange: (name: string, value: Json) => void;
  /** The tab that is open, where the layout has some. */
  tab?: string;
  onTab?: (tab: string) => void;
}

const WIDE = new Set<string>(["long_text", "rich_text", "markdown", "code", "table", "json"]);

const isEmpty = (value: Json | undefined) => value === null || value === undefined || value === "";

/** The sections of an object's form, or one with everything that belongs on a form. */
export function sectionsOf(object: MetaObject): LaidSection[] {
  const form = viewOf(object, "form");
  if (form?.sections.length) return form.sections;
  const own = object.fields.filter((field) => !field.system);
  return [{ label: null, fields: own.map((field) => field.name) }];
}

export function RecordForm({
  fields,
  sections,
  values,
  errors,
  object,
  saved,
  readonly,
  currency: documents,
  autoFocus,
  onChange,
  tab: asked,
  onTab,
}: Props) {
  const meta = useMeta();
  const hasCurrency = fields.some((field) => field.name === "currency") || Boolean(documents);
  const own = values.currency;
  const currency = (typeof own === "string" && own) || documents || meta.company?.currency || null;

  const frozen = Boolean(saved && object && isFrozen(object, values));
  const isReadonly = (field: MetaField) =>
    Boolean(
      readonly ||
        (frozen && !field.mutable) ||
        field.readonly ||
        field.computed ||
        field.type === "sequence" ||
        object?.states?.field === field.name ||
        (field.set_once && saved && !isEmpty(values[field.name])) ||
        holds(field.readonly_when, fields, values, false),
    );
  const isShown = (field: MetaField) => {
    if (object?.states?.field === field.name) return false;
    if (!holds(field.visible_when, fields, values, true)) return false;
    // Rows that only the server writes are shown when there are some.
    const rows = values[field.name];
    if (field.type === "table" && isReadonly(field) && (!Array.isArray(rows) || rows.length === 0))
      return false;
    return saved || !isReadonly(field) || !isEmpty(values[field.name]);
  };

  const errorOf = (field: MetaField) => {
    const message = errors[field.name] ?? nested(errors, field.name);
    return message && sentence(field.label, message);
  };

  let focusGiven = !autoFocus;
  const renderField = (field: MetaField) => {
    const locked = isReadonly(field);
    if (field.type === "table") {
      return (
        <ChildTable
          field={field}
          parent={object}
          value={values[field.name]}
          errors={errors}
          currency={currency}
          readonly={locked}
          onChange={(rows) => onChange(field.name, rows)}
        />
      );
    }
    if (locked) {
      return <ReadOnly field={field} value={values[field.name]} object={object} currency={currency} />;
    }
    const focus = !focusGiven;
    focusGiven = true;
    return (
      <FieldInput
        field={field}
        object={object}
        value={values[field.name]}
        error={errorOf(field)}
        required={field.required || holds(field.required_when, fields, values, false)}
        currency={currency}
        fixedCurrency={hasCurrency}
        autoFocus={focus}
        onChange={(value) => onChange(field.name, value)}
      />
    );
  };

  const renderPart = ({ label, fields: shown }: Part, at: number) => {
    const key = label ?? `section-${at}`;
    // Figures that only the server computes read as the foot of a document.
    if (shown.length > 1 && shown.every((field) => field.type === "money" && isReadonly(field))) {
      return (
        <dl key={key} className={classes.totals}>
          {shown.map((field) => (
            <div key={field.name} className={classes.total}>
              <dt>{field.label}</dt>
              <dd>
                <Money value={values[field.name]} currency={currency} />
              </dd>
            </div>
          ))}
        </dl>
      );
    }
    // A lone table or text carries the section's name itself.
    const [only] = shown;
    if (shown.length === 1 && only && WIDE.has(only.type)) {
      return <div key={key}>{renderField({ ...only, label: label ?? only.label })}</div>;
    }
    return (
      <section key={key} className={classes.section} aria-label={label ?? undefined}>
        {label && <h2 className={classes.heading}>{label}</h2>}
        <div className={classes.grid}>
          {shown.map((field) => (
            <div key={field.name} className={WIDE.has(field.type) ? classes.wide : undefined}>
              {renderField(field)}
            </div>
          ))}
        </div>
      </section>
    );
  };

  const tabs = layOut({ fields, sections, isShown, holds: (when) => holds(when, fields, values, true) });
  const named = tabs.filter((one) => one.label !== null);
  const wrong = tabOf(tabs, Object.keys(errors));
  const open = named.find((one) => one.label === asked) ?? named[0];
  // What was refused is shown, in whichever tab it stands.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a person may then look at other tabs
  useEffect(() => {
    if (wrong && wrong !== open?.label) onTab?.(wrong);
  }, [wrong]);
  return (
    <div className={classes.form}>
      {tabs.filter((one) => one.label === null).flatMap((one) => one.parts.map(renderPart))}
      {open?.label && (
        <Tabs value={open.label} onChange={(label) => label && onTab?.(label)} keepMounted={false}>
          <Tabs.List mb="lg">
            {named.map(({ label }) => (
              <Tabs.Tab key={label} value={label ?? ""}>
                {label}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value={open.label} className={classes.form}>
            {open.parts.map(renderPart)}
          </Tabs.Panel>
        </Tabs>
      )}
    </div>
  );
}

/** An error inside a compound field, such as `address/country`, is shown with the field. */
function nested(errors: Errors, name: string): string | undefined {
  const found = Object.entries(errors).find(([path]) => path.startsWith(`${name}/`));
  return found?.[1];
}
