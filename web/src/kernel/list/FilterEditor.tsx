/** Edits one condition by field, operator and value, or the whole filter as an expression. */
import { Button, Group, NativeSelect, Popover, Stack, Textarea } from "@mantine/core";
import { useWindowEvent } from "@mantine/hooks";
import { cloneElement, lazy, type ReactElement, Suspense, useState } from "react";
import type { Json, MetaField, MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { choicesOf, fieldOf, useMeta } from "../meta";
import {
  type Chip,
  type FilterPart,
  needsValue,
  type Operator,
  operatorKey,
  operatorsOf,
  readFilter,
  toCel,
} from "./filter";

const FieldInput = lazy(() =>
  import("../fields/FieldInput").then((module) => ({ default: module.FieldInput })),
);

interface Props {
  object: MetaObject;
  /** The condition that is edited; a new one when left out. */
  part?: FilterPart;
  source: string;
  onPart: (part: FilterPart) => void;
  onSource: (source: string) => void;
  children: ReactElement<{ onClick?: () => void; "aria-expanded"?: boolean }>;
}

/** The input for a value to compare with: never required, and one value where the field holds many. */
function valueField(object: MetaObject, field: MetaField): MetaField {
  const type =
    field.type === "money"
      ? "decimal"
      : field.type === "links"
        ? "link"
        : field.type === "tags"
          ? "text"
          : field.type === "choices"
            ? "choice"
            : field.type === "datetime"
              ? "date"
              : field.type === "sequence" || field.type === "long_text" || field.type === "rich_text"
                ? "text"
                : field.type;
  return {
    name: "value",
    label: t("filter.value"),
    type,
    of: choicesOf(object, field),
    to: field.to,
    unit: field.unit,
  };
}

export function FilterEditor({ object, part, source, onPart, onSource, children }: Props) {
  const meta = useMeta();
  const fields = object.fields.filter((field) => field.in_filter);
  const [opened, setOpened] = useState(false);
  const [asText, setAsText] = useState(false);
  const [text, setText] = useState(source);
  const [chip, setChip] = useState<Chip | null>(null);
  const field = (chip && fieldOf(object, chip.field)) ?? fields[0];
  const open = () => {
    const first = fields[0];
    const start: Chip | null = first
      ? { field: first.name, operator: operatorsOf(first)[0] ?? "is", value: "" }
      : null;
    setChip(part?.chip ?? start);
    setText(source);
    setAsText(part !== undefined && part.chip === null);
    setOpened(true);
  };
  // Lists and calendars of the inputs open outside this popover, and belong to it.
  useWindowEvent("pointerdown", (event) => {
    const inside = (event.target as Element).closest('.mantine-Popover-dropdown, [aria-expanded="true"]');
    if (opened && !inside) setOpened(false);
  });
  const valid = asText
    ? readFilter(text, object) !== null
    : chip !== null && (!needsValue(chip.operator) || chip.value !== "");
  const apply = () => {
    if (!valid) return;
    if (asText) onSource(text.trim());
    else if (chip && field) onPart({ chip, source: toCel(field, chip) });
    setOpened(false);
  };
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      width={320}
      position="bottom-start"
      shadow="md"
      trapFocus
      closeOnClickOutside={false}
    >
      <Popover.Target>
        {cloneElement(children, {
          onClick: () => (opened ? setOpened(false) : open()),
          "aria-expanded": opened,
        })}
      </Popover.Target>
      <Popover.Dropdown aria-label={t("filter")}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            apply();
          }}
        >
          <Stack gap="md">
            {asText ? (
              <Textarea
                label={t("filter.expression")}
                description={t("filter.expression.help")}
                autosize
                minRows={3}
                styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 12 } }}
                value={text}
                error={readFilter(text, object) === null ? t("filter.invalid") : undefined}
                onChange={(event) => setText(event.currentTarget.value)}
              />
            ) : (
              chip &&
              field && (
                <>
                  <NativeSelect
                    label={t("filter.field")}
                    data={fields.map((one) => ({ value: one.name, label: one.label }))}
                    value={chip.field}
                    onChange={(event) => {
                      const chosen = fieldOf(object, event.currentTarget.value);
                      if (chosen) {
                        setChip({ field: chosen.name, operator: operatorsOf(chosen)[0] ?? "is", value: "" });
                      }
                    }}
                  />
                  <NativeSelect
                    label={t("filter.operator")}
                    data={operatorsOf(field).map((one) => ({ value: one, label: t(operatorKey(one)) }))}
                    value={chip.operator}
                    onChange={(event) =>
                      setChip({ ...chip, operator: event.currentTarget.value as Operator })
                    }
                  />
                  {needsValue(chip.operator) && (
                    <Suspense>
                      <FieldInput
                        pickOnly
                        field={valueField(object, field)}
                        value={chip.value || null}
                        currency={meta.company?.currency ?? null}
                        onChange={(value: Json) =>
                          setChip({ ...chip, value: value === null ? "" : String(value) })
                        }
                      />
                    </Suspense>
                  )}
                </>
              )
            )}
            <Group justify="space-between">
              <Button variant="subtle" color="gray" size="xs" onClick={() => setAsText(!asText)}>
                {asText ? t("filter.simple") : t("filter.expression.edit")}
              </Button>
              <Button type="submit" disabled={!valid}>
                {t("filter.apply")}
              </Button>
            </Group>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
