/** The input for one field, chosen by its type. Compact inputs have no label of their own: they sit in a cell. */
import { Checkbox, MultiSelect, NativeSelect, TagsInput, Textarea, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import type { Json, MetaField, MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { formatDuration, pointText } from "../../ui/format";
import { choicesOf } from "../meta";
import { AddressInput } from "./AddressInput";
import { DateField, DateTimeField } from "./DateField";
import { LinkInput, LinksInput } from "./LinkInput";
import { AmountInput, DecimalInput } from "./NumberFields";

export interface FieldInputProps {
  field: MetaField;
  value: Json | undefined;
  onChange: (value: Json) => void;
  object?: MetaObject;
  error?: string;
  required?: boolean;
  /** Currency of the document or company, for amounts. */
  currency?: string | null;
  /** True when the amount's currency is not the amount's to choose. */
  fixedCurrency?: boolean;
  /** Without label and border, for the cells of a table; the label is still the control's name. */
  compact?: boolean;
  autoFocus?: boolean;
  /** Links are chosen among what exists; nothing is made in place. */
  pickOnly?: boolean;
}

export interface CommonProps {
  label?: ReactNode;
  "aria-label"?: string;
  description?: string;
  error?: string;
  required?: boolean;
  variant?: string;
  "data-autofocus"?: boolean;
  withAsterisk?: boolean;
  labelProps?: { "data-required"?: boolean };
}

function commonOf(props: FieldInputProps): CommonProps {
  const { field, compact, error, required, autoFocus } = props;
  return {
    label: compact ? undefined : field.label,
    "aria-label": compact ? field.label : undefined,
    description: compact ? undefined : (field.help ?? undefined),
    error: compact ? (error ? " " : undefined) : error,
    required,
    // The star is drawn by the style, so that the label is the field's name and nothing else.
    withAsterisk: false,
    labelProps: { "data-required": required || undefined },
    variant: compact ? "unstyled" : "default",
    "data-autofocus": autoFocus || undefined,
  };
}

const text = (value: Json | undefined): string =>
  value === null || value === undefined
    ? ""
    : typeof value === "object"
      ? JSON.stringify(value)
      : String(value);

const INPUT_TYPES: Partial<Record<MetaField["type"], string>> = { email: "email", phone: "tel", url: "url" };

function JsonInput({
  common,
  value,
  onChange,
}: {
  common: CommonProps;
  value: Json | undefined;
  onChange: (value: Json) => void;
}) {
  return (
    <Textarea
      {...common}
      autosize
      minRows={2}
      defaultValue={value === null || value === undefined ? "" : JSON.stringify(value, null, 2)}
      onBlur={(event) => {
        const typed = event.currentTarget.value.trim();
        try {
          onChange(typed ? (JSON.parse(typed) as Json) : null);
        } catch {
          onChange(typed);
        }
      }}
    />
  );
}

export function FieldInput(props: FieldInputProps) {
  const { field, value, onChange, object, compact } = props;
  const common = commonOf(props);
  const strings = Array.isArray(value) ? value.map(String) : [];
  switch (field.type) {
    case "boolean":
      return (
        <Checkbox
          label={compact ? undefined : field.label}
          aria-label={compact ? field.label : undefined}
          description={compact ? undefined : field.help}
          error={props.error}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case "integer":
    case "rating":
    case "decimal":
    case "quantity":
    case "rate":
    case "percent":
      return (
        <DecimalInput common={common} field={field} value={value} onChange={onChange} compact={compact} />
      );
    case "money":
      return (
        <AmountInput
          common={common}
          field={field}
          value={value}
          onChange={onChange}
          currency={props.currency ?? null}
          fixed={props.fixedCurrency}
          compact={compact}
        />
      );
    case "date":
      return <DateField common={common} value={text(value) || null} onChange={onChange} />;
    case "datetime":
      return <DateTimeField common={common} value={text(value) || null} onChange={onChange} />;
    case "choice": {
      const options = choicesOf(object, field);
      const empty = props.required && value ? [] : [{ value: "", label: compact ? "" : "–" }];
      return (
        <NativeSelect
          {...common}
          data={[...empty, ...options.map(({ value: one, label }) => ({ value: one, label }))]}
          value={text(value)}
          onChange={(event) => onChange(event.currentTarget.value || null)}
        />
      );
    }
    case "choices":
      return (
        <MultiSelect
          {...common}
          data={choicesOf(object, field)}
          value={strings}
          onChange={onChange}
          searchable
          clearButtonProps={{ "aria-label": t("clear") }}
        />
      );
    case "tags":
      return <TagsInput {...common} value={strings} onChange={onChange} />;
    case "link":
      return (
        <LinkInput
          common={common}
          field={field}
          value={value}
          onChange={onChange}
          pickOnly={props.pickOnly}
        />
      );
    case "links":
      return <LinksInput common={common} field={field} value={value} onChange={onChange} />;
    case "long_text":
    case "rich_text":
    case "markdown":
    case "code":
      return compact ? (
        <TextInput
          {...common}
          value={text(value)}
          onChange={(event) => onChange(event.currentTarget.value || null)}
        />
      ) : (
        <Textarea
          {...common}
          autosize
          minRows={2}
          maxRows={16}
          value={text(value)}
          onChange={(event) => onChange(event.currentTarget.value || null)}
        />
      );
    case "address":
      return <AddressInput common={common} field={field} value={value} onChange={onChange} />;
    case "duration":
      return (
        <TextInput
          {...common}
          placeholder="1:30"
          value={typeof value === "number" ? formatDuration(value) : text(value)}
          onChange={(event) => onChange(event.currentTarget.value || null)}
        />
      );
    case "geo":
      return (
        <TextInput
          {...common}
          placeholder="-1.2921, 36.8219"
          value={pointText(value)}
          onChange={(event) => onChange(event.currentTarget.value || null)}
        />
      );
    case "dynamic_link":
    case "json":
      return <JsonInput common={common} value={value} onChange={onChange} />;
    case "secret":
      return (
        <TextInput
          {...common}
          type="password"
          autoComplete="new-password"
          placeholder={value === true ? t("secret.set") : undefined}
          value={typeof value === "string" ? value : ""}
          onChange={(event) => onChange(event.currentTarget.value || null)}
        />
      );
    default:
      return (
        <TextInput
          {...common}
          type={INPUT_TYPES[field.type] ?? "text"}
          inputMode={field.type === "email" ? "email" : field.type === "phone" ? "tel" : undefined}
          autoComplete="off"
          value={text(value)}
          onChange={(event) => onChange(event.currentTarget.value || null)}
        />
      );
  }
}
