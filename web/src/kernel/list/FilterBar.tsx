/** Views, quick search and filter chips of a list. */
import { Button, CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconFilter, IconSearch, IconX } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import type { MetaObject, MetaView } from "../../api/types";
import { t } from "../../messages/t";
import { formatDate, formatDecimal } from "../../ui/format";
import { LinkTitle } from "../fields/Value";
import { joinCel } from "../joinCel";
import { choicesOf, fieldOf, isNumeric } from "../meta";
import { usePageSearch } from "../useSearch";
import { FilterEditor } from "./FilterEditor";
import { type Chip, type FilterPart, needsValue, operatorKey, readFilter } from "./filter";
import classes from "./List.module.css";

interface Props {
  object: MetaObject;
  views: MetaView[];
  view: MetaView;
}

function ChipWords({ object, chip }: { object: MetaObject; chip: Chip }) {
  const field = fieldOf(object, chip.field);
  if (!field) return <>{chip.field}</>;
  const value = () => {
    if (field.type === "link" || field.type === "links")
      return <LinkTitle to={field.to} value={chip.value} />;
    if (field.type === "date" || field.type === "datetime") return formatDate(chip.value);
    if (isNumeric(field)) return formatDecimal(chip.value);
    return choicesOf(object, field).find((choice) => choice.value === chip.value)?.label ?? chip.value;
  };
  return (
    <>
      <span className="quiet">
        {field.label} {t(operatorKey(chip.operator))}
      </span>{" "}
      {needsValue(chip.operator) && value()}
    </>
  );
}

function QuickSearch({ object }: { object: MetaObject }) {
  const [search, setSearch] = usePageSearch();
  const [text, setText] = useState(search.q ?? "");
  const apply = useDebouncedCallback((q: string) => setSearch({ q }, true), 250);
  useEffect(() => setText(search.q ?? ""), [search.q]);
  const label = t("list.search", { names: object.plural.toLowerCase() });
  return (
    <TextInput
      className={classes.quick}
      data-search
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={16} stroke={1.6} />}
      rightSection={
        text ? (
          <CloseButton
            size="sm"
            aria-label={t("clear")}
            onClick={() => {
              setText("");
              setSearch({ q: undefined });
            }}
          />
        ) : null
      }
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        apply(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") event.currentTarget.blur();
      }}
    />
  );
}

export function FilterBar({ object, views, view }: Props) {
  const [search, setSearch] = usePageSearch();
  const source = search.filter ?? "";
  const parts: FilterPart[] = readFilter(source, object) ?? [{ source, chip: null }];
  const write = (next: FilterPart[]) => setSearch({ filter: joinCel(next.map((part) => part.source)) });
  const filterable = object.fields.some((field) => field.in_filter);
  return (
    <search className={classes.bar} aria-label={t("filter.bar")}>
      {views.length > 1 && (
        <fieldset className={classes.views} aria-label={t("views")}>
          {views.map((one) => (
            <button
              key={one.name}
              type="button"
              className={classes.view}
              aria-pressed={one.name === view.name}
              onClick={() =>
                setSearch({ view: one.name === views[0]?.name ? undefined : one.name, sort: undefined })
              }
            >
              {one.label}
            </button>
          ))}
        </fieldset>
      )}
      <QuickSearch object={object} />
      {parts.map((part, index) => (
        <span key={part.source} className={classes.chip}>
          <FilterEditor
            object={object}
            part={part}
            source={source}
            onSource={(filter) => setSearch({ filter })}
            onPart={(changed) => write(parts.map((one, at) => (at === index ? changed : one)))}
          >
            <button type="button" className="truncate">
              {part.chip ? <ChipWords object={object} chip={part.chip} /> : <code>{part.source}</code>}
            </button>
          </FilterEditor>
          <button
            type="button"
            aria-label={t("filter.remove", { name: part.source })}
            onClick={() => write(parts.filter((_, at) => at !== index))}
          >
            <IconX size={14} aria-hidden />
          </button>
        </span>
      ))}
      {filterable && (
        <FilterEditor
          object={object}
          source={source}
          onSource={(filter) => setSearch({ filter })}
          onPart={(added) => write([...parts, added])}
        >
          <Button variant="default" leftSection={<IconFilter size={16} stroke={1.6} />}>
            {t("filter")}
          </Button>
        </FilterEditor>
      )}
      {parts.length > 1 && (
        <Button variant="subtle" color="gray" onClick={() => setSearch({ filter: undefined })}>
          {t("filter.clear")}
        </Button>
      )}
    </search>
  );
}
