/** The heading of a column: orders the list, is dragged to its place, has a menu and an edge to size it by. */
import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { Menu } from "@mantine/core";
import {
  IconArrowDown,
  IconArrowLeft,
  IconArrowRight,
  IconArrowUp,
  IconChevronDown,
  IconEyeOff,
  IconFold,
  IconPin,
  IconPinnedOff,
} from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { MetaField } from "../../../api/types";
import { t } from "../../../messages/t";
import { isNumeric } from "../../meta";
import { sortOf } from "../layout";
import { ResizeEdge } from "./ResizeEdge";
import classes from "./Table.module.css";
import { pinnedAs, pinOf } from "./useColumns";

export interface ColumnActions {
  sort: (name: string, also: boolean) => void;
  sortBy: (sort: string) => void;
  group: (name: string) => void;
  pin: (name: string) => void;
  hide: (name: string) => void;
  /** Puts a column where another one stands. */
  move: (name: string, to: string) => void;
  /** By how many columns, to the end of the line or back. */
  shift: (name: string, by: number) => void;
  size: (name: string, px: number, done: boolean) => void;
}

interface Props {
  field: MetaField;
  at: number;
  pinned: number;
  width: number;
  sort: string | undefined;
  groupable: boolean;
  actions: ColumnActions;
  /** Stands before the heading. */
  children?: ReactNode;
}

const KIND = "column";

/** Makes the heading a thing to drag and a place to drop another one. */
function useDrag(field: MetaField, actions: ColumnActions) {
  const cell = useRef<HTMLTableCellElement>(null);
  const handle = useRef<HTMLElement>(null);
  const [over, setOver] = useState(false);
  useEffect(() => {
    const [element, dragHandle] = [cell.current, handle.current];
    if (!element || !dragHandle) return;
    const stops = [
      draggable({ element, dragHandle, getInitialData: () => ({ kind: KIND, name: field.name }) }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => source.data.kind === KIND && source.data.name !== field.name,
        onDragEnter: () => setOver(true),
        onDragLeave: () => setOver(false),
        onDrop: ({ source }) => {
          setOver(false);
          actions.move(String(source.data.name), field.name);
        },
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [field.name, actions]);
  return { cell, handle, over };
}

function ColumnMenu({ field, at, pinned, sort, groupable, actions }: Omit<Props, "children" | "width">) {
  const { name } = field;
  const icon = (Shape: typeof IconPin) => <Shape size={16} stroke={1.6} aria-hidden />;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button
          type="button"
          className={classes.columnMenu}
          aria-label={t("column.menu", { name: field.label })}
        >
          <IconChevronDown size={14} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {field.sortable && (
          <>
            <Menu.Item leftSection={icon(IconArrowUp)} onClick={() => actions.sortBy(name)}>
              {t("column.ascending")}
            </Menu.Item>
            <Menu.Item leftSection={icon(IconArrowDown)} onClick={() => actions.sortBy(`-${name}`)}>
              {t("column.descending")}
            </Menu.Item>
            {sort && !sortOf(sort, name) && (
              <Menu.Item leftSection={icon(IconArrowUp)} onClick={() => actions.sort(name, true)}>
                {t("column.also")}
              </Menu.Item>
            )}
          </>
        )}
        {groupable && (
          <Menu.Item leftSection={icon(IconFold)} onClick={() => actions.group(name)}>
            {t("column.group")}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item
          leftSection={icon(at < pinned ? IconPinnedOff : IconPin)}
          onClick={() => actions.pin(name)}
        >
          {at < pinned ? t("column.unpin") : t("column.pin")}
        </Menu.Item>
        <Menu.Item leftSection={icon(IconArrowLeft)} onClick={() => actions.shift(name, -1)}>
          {t("column.back")}
        </Menu.Item>
        <Menu.Item leftSection={icon(IconArrowRight)} onClick={() => actions.shift(name, 1)}>
          {t("column.on")}
        </Menu.Item>
        <Menu.Item leftSection={icon(IconEyeOff)} onClick={() => actions.hide(name)}>
          {t("column.hide")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

export function HeaderCell(props: Props) {
  const { field, at, pinned, width, sort, actions, children } = props;
  const { cell, handle, over } = useDrag(field, actions);
  const sorted = sortOf(sort, field.name);
  const ordered = sorted ? (sorted.descending ? "descending" : "ascending") : undefined;
  const Arrow = sorted?.descending ? IconArrowDown : IconArrowUp;
  const label = (
    <>
      <span className="truncate">{field.label}</span>
      {sorted && <Arrow size={14} aria-hidden />}
      {sorted?.place && <span className={classes.place}>{sorted.place}</span>}
    </>
  );
  return (
    <th
      ref={cell}
      scope="col"
      aria-sort={ordered ?? (field.sortable ? "none" : undefined)}
      data-numeric={isNumeric(field) || undefined}
      data-pinned={pinnedAs(at, pinned)}
      data-over={over || undefined}
      style={pinOf(at, pinned)}
    >
      {children}
      <span className={classes.heading}>
        {field.sortable ? (
          <button
            type="button"
            ref={(element) => {
              handle.current = element;
            }}
            className={classes.sort}
            onClick={(event) => actions.sort(field.name, event.shiftKey)}
          >
            {label}
          </button>
        ) : (
          <span
            ref={(element) => {
              handle.current = element;
            }}
            className={classes.head}
          >
            {label}
          </span>
        )}
        <ColumnMenu {...props} />
      </span>
      <ResizeEdge
        label={t("column.width", { name: field.label })}
        width={width}
        onSize={(px, done) => actions.size(field.name, px, done)}
      />
    </th>
  );
}
