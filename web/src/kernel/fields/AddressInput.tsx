/** A postal address: its parts in the order of an envelope of its country. */
import { NativeSelect, Text, TextInput } from "@mantine/core";
import { useId } from "react";
import type { Json, JsonObject, MetaField } from "../../api/types";
import { t } from "../../messages/t";
import { useMeta } from "../meta";
import { countries, townFirst } from "./addresses";
import type { CommonProps } from "./FieldInput";
import classes from "./Fields.module.css";

interface Props {
  common: CommonProps;
  field: MetaField;
  value: Json | undefined;
  onChange: (value: Json) => void;
}

type PartName = "street" | "street2" | "postal_code" | "city" | "region";
const CODE_FIRST: PartName[] = ["street", "street2", "postal_code", "city", "region"];
const TOWN_FIRST: PartName[] = ["street", "street2", "city", "region", "postal_code"];
const WIDE = new Set<string>(["street", "street2"]);
/** What browsers fill in by themselves. */
const AUTOCOMPLETE: Record<PartName, string> = {
  street: "address-line1",
  street2: "address-line2",
  postal_code: "postal-code",
  city: "address-level2",
  region: "address-level1",
};

export function AddressInput({ common, field, value, onChange }: Props) {
  const { company } = useMeta();
  const group = useId();
  const address: JsonObject =
    typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
  const put = (part: string, text: string) => {
    const next: JsonObject = { ...address, [part]: text || null };
    onChange(Object.values(next).some(Boolean) ? next : null);
  };
  const country = typeof address.country === "string" ? address.country.toUpperCase() : "";
  const known = countries.some((one) => one.value === country);
  const name = (part: PartName | "country") => `${field.label}: ${t(`address.${part}`)}`;
  return (
    <fieldset className={classes.address} data-compact={common.label ? undefined : true}>
      <legend className={common.label ? undefined : "sr-only"} {...common.labelProps}>
        {field.label}
      </legend>
      <div className={classes.addressGrid}>
        {(townFirst(country || company?.country) ? TOWN_FIRST : CODE_FIRST).map((part) => (
          <TextInput
            key={part}
            className={WIDE.has(part) ? classes.wide : undefined}
            aria-label={name(part)}
            placeholder={t(`address.${part}`)}
            autoComplete={`section-${group} ${AUTOCOMPLETE[part]}`}
            value={typeof address[part] === "string" ? address[part] : ""}
            onChange={(event) => put(part, event.currentTarget.value)}
          />
        ))}
        <NativeSelect
          aria-label={name("country")}
          data={[
            { value: "", label: t("address.country") },
            ...(country && !known ? [{ value: country, label: country }] : []),
            ...countries,
          ]}
          data-empty={country ? undefined : true}
          value={country}
          onChange={(event) => put("country", event.currentTarget.value)}
        />
      </div>
      {common.error && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {common.error}
        </Text>
      )}
    </fieldset>
  );
}
