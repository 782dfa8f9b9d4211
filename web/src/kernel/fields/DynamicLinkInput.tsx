/** A link to a record of one of several objects: first the object, then the record. */
import { NativeSelect } from "@mantine/core";
import { useState } from "react";
import type { Json, MetaField } from "../../api/types";
import { t } from "../../messages/t";
import { fullNameOf, pagesOf, useMeta } from "../meta";
import type { CommonProps } from "./FieldInput";
import classes from "./Fields.module.css";
import { LinkInput } from "./LinkInput";

interface Props {
  common: CommonProps;
  field: MetaField;
  value: Json | undefined;
  onChange: (value: Json) => void;
}

export function DynamicLinkInput({ common, field, value, onChange }: Props) {
  const meta = useMeta();
  const leads = typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
  const [asked, setAsked] = useState<string | null>(null);
  const to = asked ?? (leads ? String(leads.object) : "");
  const groups = meta.apps.map((app) => ({
    group: app.label,
    items: pagesOf(app)
      .filter((object) => !object.hangs_on)
      .map((object) => ({ value: fullNameOf(object), label: object.label }))
      .filter((one) => !field.to_any?.length || field.to_any.includes(one.value)),
  }));
  return (
    <fieldset className={classes.parts}>
      <legend className={common.label ? undefined : "sr-only"} {...common.labelProps}>
        {field.label}
      </legend>
      <div className={classes.dynamic}>
        <NativeSelect
          aria-label={t("dynamic.object", { name: field.label })}
          data={[{ value: "", label: "–" }, ...groups.filter(({ items }) => items.length > 0)]}
          value={to}
          onChange={(event) => {
            setAsked(event.currentTarget.value);
            onChange(null);
          }}
        />
        <LinkInput
          common={{ "aria-label": field.label, error: common.error, variant: common.variant }}
          field={{ ...field, type: "link", to: to || null }}
          value={leads && leads.object === to ? (leads.id ?? null) : null}
          onChange={(id) => onChange(id ? { object: to, id } : null)}
        />
      </div>
      {common.description && <span className={classes.help}>{common.description}</span>}
    </fieldset>
  );
}
