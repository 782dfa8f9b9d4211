/** How a table looks: what it is grouped by, which columns it shows in which order, and its colours. */
import { ActionIcon, Button, Checkbox, NativeSelect, Popover, Stack, Text } from "@mantine/core";
import {
  IconAdjustmentsHorizontal,
  IconArrowDown,
  IconArrowUp,
  IconPin,
  IconPinFilled,
} from "@tabler/icons-react";
import type { MetaField, MetaObject } from "../../../api/types";
import { t } from "../../../messages/t";
import { filterFields } from "../../filter/words";
import { fieldOf } from "../../meta";
import { isListable } from "../columns";
import { type ColumnLayout, moved } from "../layout";
import type { ListState } from "../useListState";
import classes from "./Bar.module.css";
import { ColourRules } from "./ColourRules";

interface Props {
  object: MetaObject;
  state: ListState;
}

interface ColumnLineProps {
  field: MetaField;
  column: ColumnLayout | undefined;
  only: boolean;
  onShow: (shown: boolean) => void;
  onMove: (by: number) => void;
  onPin: () => void;
}

function ColumnLine({ field, column, only, onShow, onMove, onPin }: ColumnLineProps) {
  const Pin = column?.pinned ? IconPinFilled : IconPin;
  const { label } = field;
  return (
    <li className={classes.column}>
      <Checkbox
        label={label}
        checked={column !== undefined}
        disabled={only}
        onChange={(event) => onShow(event.currentTarget.checked)}
      />
      {column && (
        <span className={classes.columnTools}>
          <ActionIcon size={24} aria-label={t("column.up", { name: label })} onClick={() => onMove(-1)}>
            <IconArrowUp size={14} aria-hidden />
          </ActionIcon>
          <ActionIcon size={24} aria-label={t("column.down", { name: label })} onClick={() => onMove(1)}>
            <IconArrowDown size={14} aria-hidden />
          </ActionIcon>
          <ActionIcon
            size={24}
            aria-label={t("column.pinOf", { name: label })}
            aria-pressed={column.pinned === true}
            onClick={onPin}
          >
            <Pin size={14} aria-hidden />
          </ActionIcon>
        </span>
      )}
    </li>
  );
}

function ColumnList({ object, state }: Props) {
  const { layout, setLayout } = state;
  const shown = layout.map((one) => fieldOf(object, one.name)).filter((field) => field !== undefined);
  const others = object.fields
    .filter((field) => isListable(field) && !layout.some((one) => one.name === field.name))
    .toSorted((one, other) => Number(one.system ?? false) - Number(other.system ?? false));
  return (
    <ul className={classes.columns} aria-label={t("column.list")}>
      {[...shown, ...others].map((field) => {
        const at = layout.findIndex((one) => one.name === field.name);
        return (
          <ColumnLine
            key={field.name}
            field={field}
            column={layout[at]}
            only={layout.length === 1 && at === 0}
            onShow={(wanted) =>
              setLayout(
                wanted ? [...layout, { name: field.name }] : layout.filter((one) => one.name !== field.name),
              )
            }
            onMove={(by) => setLayout(moved(layout, field.name, at + by))}
            onPin={() =>
              setLayout(
                layout.map((one) => (one.name === field.name ? { ...one, pinned: !one.pinned } : one)),
              )
            }
          />
        );
      })}
    </ul>
  );
}

export function DisplayMenu({ object, state }: Props) {
  const groupable = filterFields(object).filter((field) => field.sortable);
  return (
    <Popover position="bottom-end" width="min(340px, calc(100vw - 32px))" shadow="md" trapFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconAdjustmentsHorizontal size={16} stroke={1.6} />}>
          {t("display")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.display}>
        <Stack gap="lg">
          <NativeSelect
            label={t("group.by")}
            data={[
              { value: "", label: t("group.nothing") },
              ...groupable.map((field) => ({ value: field.name, label: field.label })),
            ]}
            value={state.group?.name ?? ""}
            onChange={(event) => state.setGroup(event.currentTarget.value || null)}
          />
          <ColourRules object={object} rules={state.rules} onRules={state.setRules} />
          <div>
            <Text component="h2" className={classes.heading}>
              {t("column.list")}
            </Text>
            <ColumnList object={object} state={state} />
          </div>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
