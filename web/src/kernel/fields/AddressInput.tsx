/** A postal address: its parts in the order of an envelope. */
import { Text, TextInput } from "@mantine/core";
import type { Json, JsonObject, MetaField } from "../../api/types";
import { t } from "../../messages/t";
import type { CommonProps } from "./FieldInput";
import classes from "./Fields.module.css";

interface Props {
  common: CommonProps;
  field: MetaField;
  value: Json | undefined;
  onChange: (value: Json) => void;
}

const PARTS = ["street", "street2", "postal_code", "city", "region", "country"] as const;
const WIDE = new Set<string>(["street", "street2"]);

export function AddressInput({ common, field, value, onChange }: Props) {
  const address: JsonObject =
    typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
  const put = (part: string, text: string) => {
    const next: JsonObject = { ...address, [part]: text || null };
    onChange(Object.values(next).some(Boolean) ? next : null);
  };
  return (
    <fieldset className={classes.address} data-compact={common.label ? undefined : true}>
      <legend className={common.label ? undefined : "sr-only"}>{field.label}</legend>
      <div className={classes.addressGrid}>
        {PARTS.map((part) => (
          <TextInput
            key={part}
            className={WIDE.has(part) ? classes.wide : undefined}
            aria-label={`${field.label}: ${t(`address.${part}`)}`}
            placeholder={t(`address.${part}`)}
            value={typeof address[part] === "string" ? address[part] : ""}
            maxLength={part === "country" ? 2 : undefined}
            onChange={(event) => put(part, event.currentTarget.value)}
          />
        ))}
      </div>
      {common.error && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {common.error}
        </Text>
      )}
    </fieldset>
  );
}
