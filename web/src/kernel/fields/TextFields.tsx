/** Inputs for texts of a kind: telephone, duration, point, barcode. */
import { ActionIcon, TextInput } from "@mantine/core";
import { IconCurrentLocation } from "@tabler/icons-react";
import { useState } from "react";
import type { Json } from "../../api/types";
import { t } from "../../messages/t";
import { formatDuration, pointText } from "../../ui/format";
import { toastError } from "../../ui/toast";
import { useMeta } from "../meta";
import type { CommonProps } from "./FieldInput";

interface Props {
  common: CommonProps;
  value: Json | undefined;
  onChange: (value: Json) => void;
}

const asText = (value: Json | undefined): string =>
  value === null || value === undefined || typeof value === "object" ? "" : String(value);

/** A number typed without the code of its country is of the company's. */
export function PhoneInput({ common, value, onChange }: Props) {
  const { company } = useMeta();
  const text = asText(value);
  return (
    <TextInput
      {...common}
      type="tel"
      inputMode="tel"
      autoComplete="off"
      value={text}
      onChange={(event) => onChange(event.currentTarget.value || null)}
      onBlur={() => {
        if (!text || text.startsWith("+")) return;
        void import("./PhoneText").then(({ asKept }) => {
          const kept = asKept(text, company?.country);
          if (kept !== text) onChange(kept);
        });
      }}
    />
  );
}

/** What is typed stays as it is; the server reads "1:30", "1h 30m" and seconds. */
export function DurationInput({ common, value, onChange }: Props) {
  return (
    <TextInput
      {...common}
      placeholder="1:30"
      autoComplete="off"
      value={typeof value === "number" ? formatDuration(value) : asText(value)}
      onChange={(event) => onChange(event.currentTarget.value || null)}
    />
  );
}

const DIGITS = 6;

/** A point, typed or told by the device. */
export function GeoInput({ common, value, onChange }: Props) {
  const [asking, setAsking] = useState(false);
  const locate = () => {
    setAsking(true);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setAsking(false);
        onChange(`${coords.latitude.toFixed(DIGITS)}, ${coords.longitude.toFixed(DIGITS)}`);
      },
      () => {
        setAsking(false);
        toastError(t("geo.refused"));
      },
    );
  };
  return (
    <TextInput
      {...common}
      placeholder="-1.2921, 36.8219"
      autoComplete="off"
      value={pointText(value)}
      onChange={(event) => onChange(event.currentTarget.value || null)}
      rightSection={
        common.label && "geolocation" in navigator ? (
          <ActionIcon size={24} loading={asking} aria-label={t("geo.here")} onClick={locate}>
            <IconCurrentLocation size={16} stroke={1.6} />
          </ActionIcon>
        ) : undefined
      }
    />
  );
}
