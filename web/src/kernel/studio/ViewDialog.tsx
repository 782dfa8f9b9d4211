/** A view of one's own, or the app's arranged anew: what it shows, of which records, in which order. */
import { Button, Input, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import type { JsonObject, MetaObject, MetaView } from "../../api/types";
import { t } from "../../messages/t";
import { FilterPopover } from "../filter/FilterPopover";
import { readFilter } from "../filter/read";
import { FilterWords } from "../filter/words";
import { isListable } from "../list/columns";
import { fullNameOf } from "../meta";
import { said } from "./entries";
import { NameList } from "./NameList";
import { freeName, isOwn, labelOf, PREFIX } from "./names";
import classes from "./Studio.module.css";
import { StudioDialog } from "./StudioDialog";
import { texts } from "./sets";
import { fieldsFor, isMade, kindsFor, newView, SHAPES, type Slot, type ViewKind, viewEntry } from "./views";

interface Props {
  object: MetaObject;
  /** The view that is changed; a new one when there is none. */
  view?: MetaView;
  onClose: () => void;
}

export function ViewDialog({ object, view, onClose }: Props) {
  const kinds = kindsFor(object);
  const [entry, setEntry] = useState<JsonObject>(() => (view ? viewEntry(view) : newView(object, "table")));
  const full = fullNameOf(object);
  const label = String(entry.label ?? "");
  const prefix = isOwn(full) ? "" : PREFIX;
  const name =
    view?.name ??
    freeName(
      label,
      "view",
      object.views.map((one) => one.name),
      prefix,
    );
  const kind: ViewKind = isMade(String(entry.kind)) ? (entry.kind as ViewKind) : "table";
  const shape = SHAPES[kind];
  const slots = Object.entries(shape.slots) as [Slot, readonly string[]][];
  const say = (key: string, value: JsonObject[string]) => setEntry(said(entry, key, value));
  const listable = object.fields.filter((field) => isListable(field));
  const options = listable.map((field) => ({ value: field.name, label: field.label }));
  const named = { ...entry, label };
  const sent = label === labelOf(name) ? said(named, "label", null) : named;
  const complete = label.trim() !== "" && shape.needs.every((slot) => entry[slot]);
  const filter = String(entry.filter ?? "");
  const read = filter ? readFilter(filter, object.fields) : null;
  return (
    <StudioDialog
      title={
        view ? t("studio.view.change", { name: view.label }) : t("studio.view.new", { name: object.plural })
      }
      change={complete ? { object: full, set: { [`views.${name}`]: sent } } : null}
      entry={name}
      inputs={["by", "start", "end", "image", "sum", "columns", "card", "sort", "filter"]}
      given={Object.keys(entry)}
      known={(_, one) => object.views.find((other) => other.name === one)?.label}
      done={t(view ? "studio.view.changed" : "studio.view.added", { name: label })}
      onClose={onClose}
    >
      {(errors) => (
        <>
          <TextInput
            label={t("studio.label")}
            labelProps={{ "data-required": true }}
            data-autofocus
            value={label}
            onChange={(event) => setEntry({ ...entry, label: event.currentTarget.value })}
          />
          {!view && (
            <NativeSelect
              label={t("studio.view.kind")}
              data={kinds.map((one) => ({ value: one, label: t(`studio.view.kind.${one}`) }))}
              value={kind}
              onChange={(event) =>
                setEntry({ ...newView(object, event.currentTarget.value as ViewKind), label })
              }
            />
          )}
          {slots.map(([slot, types]) => (
            <NativeSelect
              key={slot}
              label={t(`studio.view.${slot}`)}
              labelProps={{ "data-required": shape.needs.includes(slot) || undefined }}
              data={[
                ...(shape.needs.includes(slot) ? [] : [{ value: "", label: "–" }]),
                ...fieldsFor(object, types).map((field) => ({ value: field.name, label: field.label })),
              ]}
              value={String(entry[slot] ?? "")}
              error={errors[slot]}
              onChange={(event) => say(slot, event.currentTarget.value)}
            />
          ))}
          <NameList
            label={t(`studio.view.${shape.list}`)}
            names={texts(entry[shape.list])}
            options={options}
            error={errors[shape.list]}
            onNames={(names) => setEntry({ ...entry, [shape.list]: names })}
          />
          <Input.Wrapper label={t("studio.view.filter")} error={errors.filter} labelElement="div">
            <FilterPopover object={object} source={filter} onSource={(source) => say("filter", source)}>
              <Button variant="default" fullWidth justify="flex-start" classNames={{ label: "truncate" }}>
                {read ? <FilterWords object={object} node={read} /> : filter || t("studio.view.filter.none")}
              </Button>
            </FilterPopover>
          </Input.Wrapper>
          <SortInput
            object={object}
            sort={String(entry.sort ?? "")}
            error={errors.sort}
            onSort={(sort) => say("sort", sort)}
          />
        </>
      )}
    </StudioDialog>
  );
}

interface SortProps {
  object: MetaObject;
  sort: string;
  error?: string;
  onSort: (sort: string) => void;
}

function SortInput({ object, sort, error, onSort }: SortProps) {
  const fields = object.fields.filter((field) => field.sortable && field.name !== "id");
  const name = sort.replace(/^-/, "");
  return (
    <div className={classes.pair}>
      <NativeSelect
        label={t("studio.view.sort")}
        data={[
          { value: "", label: "–" },
          ...fields.map((field) => ({ value: field.name, label: field.label })),
        ]}
        value={name}
        error={error}
        onChange={(event) => onSort(event.currentTarget.value)}
      />
      <NativeSelect
        label={t("studio.view.order")}
        disabled={!sort}
        data={[
          { value: "", label: t("studio.view.up") },
          { value: "-", label: t("studio.view.down") },
        ]}
        value={sort.startsWith("-") ? "-" : ""}
        onChange={(event) => onSort(`${event.currentTarget.value}${name}`)}
      />
    </div>
  );
}
