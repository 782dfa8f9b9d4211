/** What a tile asks of an object: which records, which figure, told apart by what, in which columns. */
import { Group, NativeSelect, Textarea } from "@mantine/core";
import { useState } from "react";
import type { MetaObject } from "../../../api/types";
import { t } from "../../../messages/t";
import { COUNT, namesOf } from "../../figures/ask";
import { PickMenu } from "../../figures/PickMenu";
import { columnsOf } from "../../list/columns";
import { ALL } from "../../list/views";
import { groupOptions, measureOptions } from "../../views/figures/asked";
import type { BoardTile } from "../tiles";
import { kindOf } from "./question";

interface Props {
  object: MetaObject;
  tile: BoardTile;
  onChange: (change: Partial<BoardTile>) => void;
}

const CHARTS = ["bar", "line", "area", "pie"] as const;
/** Columns of a list, groups of a pivot. */
const MOST = { columns: 8, groups: 3 };
/** No condition of a view, but one that is written out. */
const WRITTEN = "written";

/** All records, those of one of the object's views, or those of a written condition. */
function Which({ object, tile, onChange }: Props) {
  const views = object.views.filter((view) => view.kind === "table" && view.filter);
  const given = tile.filter ?? "";
  const [writing, setWriting] = useState(given !== "" && !views.some((view) => view.filter === given));
  return (
    <>
      <NativeSelect
        label={t("board.which")}
        data={[
          { value: "", label: t("board.which.all", { names: object.plural.toLowerCase() }) },
          ...views.map((view) => ({ value: view.filter ?? "", label: view.label })),
          { value: WRITTEN, label: t("board.which.written") },
        ]}
        value={writing ? WRITTEN : given}
        onChange={(event) => {
          const { value } = event.currentTarget;
          setWriting(value === WRITTEN);
          if (value !== WRITTEN) onChange({ filter: value || null });
        }}
      />
      {writing && (
        <Textarea
          label={t("filter.expression")}
          description={t("filter.expression.help")}
          autosize
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 12 } }}
          value={given}
          onChange={(event) => onChange({ filter: event.currentTarget.value || null })}
        />
      )}
    </>
  );
}

export function QuestionFields(props: Props) {
  const { object, tile, onChange } = props;
  const kind = kindOf(tile);
  const groups = namesOf(tile.group);
  const measure = tile.measure || COUNT;
  const named = namesOf(tile.fields);
  const columns = named.length > 0 ? named : columnsOf(object, ALL).map((field) => field.name);
  return (
    <>
      <Which key={object.path} {...props} />
      <Group gap="sm">
        {(kind === "chart" || kind === "pivot") && (
          <PickMenu
            label={t("figures.by")}
            options={groupOptions(object, groups)}
            chosen={groups}
            least={1}
            most={kind === "chart" ? 2 : MOST.groups}
            onChange={(next) => onChange({ group: next.join(",") })}
          />
        )}
        {kind !== "list" && (
          <PickMenu
            label={t("figures.measure")}
            options={measureOptions(object, [measure])}
            chosen={[measure]}
            least={1}
            most={1}
            onChange={(next) => onChange({ measure: next[0] ?? COUNT })}
          />
        )}
        {kind === "chart" && (
          <NativeSelect
            size="xs"
            aria-label={t("figures.drawn")}
            data={CHARTS.map((one) => ({ value: one, label: t(`figures.drawn.${one}`) }))}
            value={tile.chart ?? "bar"}
            onChange={(event) => onChange({ chart: CHARTS.find((one) => one === event.currentTarget.value) })}
          />
        )}
        {kind === "list" && (
          <PickMenu
            label={t("figures.columns")}
            options={object.fields
              .filter((field) => !field.system && field.type !== "table")
              .map((field) => ({ value: field.name, label: field.label }))}
            chosen={columns}
            least={1}
            most={MOST.columns}
            onChange={(next) => onChange({ fields: next.join(",") })}
          />
        )}
        {kind === "list" && (
          <NativeSelect
            size="xs"
            aria-label={t("board.sort")}
            data={[
              { value: "", label: t("board.sort.usual") },
              ...object.fields
                .filter((field) => field.sortable && !field.system)
                .flatMap((field) => [
                  { value: field.name, label: t("board.sort.up", { name: field.label }) },
                  { value: `-${field.name}`, label: t("board.sort.down", { name: field.label }) },
                ]),
            ]}
            value={tile.sort ?? ""}
            onChange={(event) => onChange({ sort: event.currentTarget.value || null })}
          />
        )}
      </Group>
    </>
  );
}
