/** Narrows all tiles of a page by the fields that their objects have in common; the address keeps it. */
import { CloseButton, NativeSelect } from "@mantine/core";
import { IconFilter } from "@tabler/icons-react";
import { Suspense } from "react";
import type { Json, MetaField } from "../../api/types";
import { t } from "../../messages/t";
import { lazily } from "../../ui/lazily";
import { PickMenu } from "../figures/PickMenu";
import { usePageSearch } from "../useSearch";
import { PERIODS } from "../views/period";
import classes from "./SharedFilters.module.css";
import { isAsked, isDated, OPEN, sharedKey } from "./shared";

const FieldInput = lazily(() => import("../fields/FieldInput").then((it) => it.FieldInput));

function idOf(value: Json): string | undefined {
  const id = typeof value === "object" && value !== null && !Array.isArray(value) ? value.id : value;
  return id === null || id === undefined || id === "" ? undefined : String(id);
}

function Narrowed({ field }: { field: MetaField }) {
  const [search, setSearch] = usePageSearch();
  const key = sharedKey(field);
  const value = isAsked(search[key]) ? search[key] : undefined;
  const choose = (next: string | undefined) => setSearch({ [key]: next ?? OPEN });
  const options = isDated(field)
    ? PERIODS.map((period) => ({ value: period, label: t(`period.${period}`) }))
    : field.type === "boolean"
      ? [
          { value: "true", label: t("yes") },
          { value: "false", label: t("no") },
        ]
      : (field.of ?? []);
  return (
    <div className={classes.one}>
      {field.type === "link" ? (
        <Suspense>
          <FieldInput
            pickOnly
            field={{ name: key, label: field.label, type: "link", to: field.to }}
            value={value ?? null}
            onChange={(next) => choose(idOf(next))}
          />
        </Suspense>
      ) : (
        <NativeSelect
          label={field.label}
          data={[{ value: "", label: t("shared.all") }, ...options]}
          value={value ?? ""}
          onChange={(event) => choose(event.currentTarget.value || undefined)}
        />
      )}
      <CloseButton
        className={classes.remove}
        aria-label={t("shared.remove", { name: field.label })}
        onClick={() => setSearch({ [key]: undefined })}
      />
    </div>
  );
}

export function SharedFilters({ fields }: { fields: MetaField[] }) {
  const [search, setSearch] = usePageSearch();
  if (fields.length === 0) return null;
  const shown = fields.filter((field) => search[sharedKey(field)] !== undefined);
  const names = shown.map((field) => field.name);
  return (
    <search className={classes.bar} aria-label={t("shared")}>
      {shown.map((field) => (
        <Narrowed key={field.name} field={field} />
      ))}
      <PickMenu
        label={t("shared.add")}
        icon={<IconFilter size={14} stroke={1.6} />}
        options={fields.map((field) => ({ value: field.name, label: field.label }))}
        chosen={names}
        most={fields.length}
        silent
        onChange={(next) =>
          setSearch(
            Object.fromEntries(
              fields.map((field) => {
                const key = sharedKey(field);
                return [key, next.includes(field.name) ? (search[key] ?? OPEN) : undefined];
              }),
            ),
          )
        }
      />
    </search>
  );
}
