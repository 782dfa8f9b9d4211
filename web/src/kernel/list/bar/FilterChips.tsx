/** What a list is filtered by, part by part, and the way to more. */
import { Button } from "@mantine/core";
import { IconFilter, IconX } from "@tabler/icons-react";
import type { MetaObject } from "../../../api/types";
import { t } from "../../../messages/t";
import { FilterPopover } from "../../filter/FilterPopover";
import { readFilter } from "../../filter/read";
import type { FilterNode } from "../../filter/tree";
import { FilterWords } from "../../filter/words";
import { writeFilter } from "../../filter/write";
import classes from "./Bar.module.css";

interface Props {
  object: MetaObject;
  filter: string;
  onFilter: (filter: string) => void;
}

/** The parts that must all hold; a filter of another kind is one part. */
function partsOf(object: MetaObject, source: string): FilterNode[] {
  const read = readFilter(source, object.fields);
  if (!read) return [{ kind: "words", source }];
  if (read.join === "all") return read.parts;
  return [read];
}

export function FilterChips({ object, filter, onFilter }: Props) {
  const parts = partsOf(object, filter);
  const textOf = (part: FilterNode) => writeFilter(part, object.fields);
  const without = (at: number) =>
    writeFilter(
      { kind: "group", join: "all", parts: parts.filter((_, place) => place !== at) },
      object.fields,
    );
  const filterable = object.fields.some((field) => field.in_filter);
  return (
    <>
      {parts.map((part, at) => (
        <span key={textOf(part)} className={classes.chip}>
          <FilterPopover object={object} source={filter} onSource={onFilter}>
            <button type="button" className="truncate">
              <FilterWords object={object} node={part} />
            </button>
          </FilterPopover>
          <button
            type="button"
            aria-label={t("filter.remove", { name: textOf(part) })}
            onClick={() => onFilter(without(at))}
          >
            <IconX size={14} aria-hidden />
          </button>
        </span>
      ))}
      {filterable && (
        <FilterPopover object={object} source={filter} adds onSource={onFilter}>
          <Button variant="default" leftSection={<IconFilter size={16} stroke={1.6} />}>
            {t("filter")}
          </Button>
        </FilterPopover>
      )}
      {parts.length > 1 && (
        <Button variant="subtle" color="gray" onClick={() => onFilter("")}>
          {t("filter.clear")}
        </Button>
      )}
    </>
  );
}
