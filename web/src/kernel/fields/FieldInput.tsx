/** The input for one field, chosen by its type. Compact inputs have no label of their own: they sit in a cell. */
import {
  Checkbox,
  ColorInput,
  Input,
  MultiSelect,
  NativeSelect,
  Rating,
  TagsInput,
  Textarea,
  TextInput,
} from "@mantine/core";
import type { ReactNode } from "react";
import type { Json, MetaField, MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { choicesOf } from "../meta";
import { AddressInput } from "./AddressInput";
import { CodeInput, JsonInput } from "./CodeInput";
import { DateField, DateTimeField } from "./DateField";
import { DynamicLinkInput } from "./DynamicLinkInput";
import { FileInput } from "./FileInput";
import { LinkInput, LinksInput } from "./LinkInput";
import { MarkdownInput } from "./MarkdownInput";
import { AmountInput, DecimalInput } from "./NumberFields";
import { starsOf } from "./SmallValues";
import { DurationInput, GeoInput, PhoneInput } from "./TextFields";
import { wrapped } from "./wrapped";

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

/** Colours to begin with; any other is typed or picked. */
const SWATCHES = [
  "#c0281f",
  "#c2570c",
  "#a16207",
  "#15803d",
  "#0f766e",
  "#1d4ed8",
  "#4f5de0",
  "#a21caf",
  "#5c6068",
];

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
    case "rating":
      return compact ? (
        <DecimalInput common={common} field={field} value={value} onChange={onChange} compact />
      ) : (
        <Input.Wrapper {...wrapped(common)}>
          <Rating
            count={starsOf(field)}
            value={Number(value ?? 0)}
            // A second click on the same star takes it away.
            onChange={(stars) => onChange(stars === value ? null : stars)}
            getSymbolLabel={(stars) => t("rating.give", { name: field.label, value: stars })}
          />
        </Input.Wrapper>
      );
    case "colour":
      return (
        <ColorInput
          {...common}
          format="hex"
          // What is typed stays, and the server says what is wrong with it.
          fixOnBlur={false}
          swatches={SWATCHES}
          eyeDropperButtonProps={{ "aria-label": t("colour.pick") }}
          value={text(value)}
          onChange={(colour) => onChange(colour || null)}
        />
      );
    case "integer":
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
    case "markdown":
    case "rich_text":
      if (!compact) return <MarkdownInput common={common} value={text(value)} onChange={onChange} />;
      return <LineInput common={common} value={text(value)} onChange={onChange} />;
    case "code":
      if (!compact)
        return <CodeInput common={common} name={field.label} value={text(value)} onChange={onChange} />;
      return <LineInput common={common} value={text(value)} onChange={onChange} />;
    case "long_text":
      return compact ? (
        <LineInput common={common} value={text(value)} onChange={onChange} />
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
    case "phone":
      return <PhoneInput common={common} value={value} onChange={onChange} />;
    case "duration":
      return <DurationInput common={common} value={value} onChange={onChange} />;
    case "geo":
      return <GeoInput common={common} value={value} onChange={onChange} />;
    case "dynamic_link":
      return <DynamicLinkInput common={common} field={field} value={value} onChange={onChange} />;
    case "json":
      return <JsonInput common={common} name={field.label} value={value} onChange={onChange} />;
    case "file":
    case "image":
    case "signature":
      return <FileInput common={common} field={field} value={value} onChange={onChange} />;
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
      return <LineInput common={common} kind={field.type} value={text(value)} onChange={onChange} />;
  }
}

const INPUT_TYPES: Partial<Record<MetaField["type"], string>> = { email: "email", url: "url" };

interface LineProps {
  common: CommonProps;
  kind?: MetaField["type"];
  value: string;
  onChange: (value: Json) => void;
}

/** A text of one line. */
function LineInput({ common, kind, value, onChange }: LineProps) {
  return (
    <TextInput
      {...common}
      type={(kind && INPUT_TYPES[kind]) ?? "text"}
      inputMode={kind === "email" ? "email" : undefined}
      autoComplete="off"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value || null)}
    />
  );
}
