/** What changes a tile while its page is arranged: a handle to drag it or to move it by keys, and a menu. */
import { ActionIcon, Menu } from "@mantine/core";
import {
  IconArrowLeft,
  IconArrowRight,
  IconCopy,
  IconDots,
  IconGripVertical,
  IconPencil,
  IconTrash,
} from "@tabler/icons-react";
import type { KeyboardEvent, Ref } from "react";
import { t } from "../../../messages/t";
import classes from "./Edit.module.css";

export interface TileToolsProps {
  title: string;
  handle: Ref<HTMLButtonElement>;
  /** One place on or back. */
  onMove: (places: number) => void;
  /** Columns and lines; undefined where the server keeps no room. */
  onResize?: (columns: number, lines: number) => void;
  onEdit: () => void;
  onCopy: () => void;
  onRemove: () => void;
}

const STEPS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export function TileTools({ title, handle, onMove, onResize, onEdit, onCopy, onRemove }: TileToolsProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    if (event.shiftKey) onResize?.(step[0], step[1]);
    else onMove(step[0] || step[1]);
  };
  const items = [
    { label: t("board.edit"), icon: IconPencil, run: onEdit },
    { label: t("board.before"), icon: IconArrowLeft, run: () => onMove(-1) },
    { label: t("board.behind"), icon: IconArrowRight, run: () => onMove(1) },
    { label: t("board.copy"), icon: IconCopy, run: onCopy },
  ];
  return (
    <span className={classes.tools}>
      <button
        ref={handle}
        type="button"
        className={classes.handle}
        aria-label={t("board.handle", { title })}
        aria-description={t(onResize ? "board.keys.room" : "board.keys")}
        title={t(onResize ? "board.keys.room" : "board.keys")}
        onKeyDown={onKeyDown}
      >
        <IconGripVertical size={16} stroke={1.6} aria-hidden />
      </button>
      <Menu>
        <Menu.Target>
          <ActionIcon size={24} aria-label={t("board.menu", { title })}>
            <IconDots size={16} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {items.map(({ label, icon: Sign, run }) => (
            <Menu.Item key={label} leftSection={<Sign size={16} stroke={1.6} />} onClick={run}>
              {label}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item
            color="var(--mantine-color-error)"
            leftSection={<IconTrash size={16} stroke={1.6} />}
            onClick={onRemove}
          >
            {t("board.remove")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}
