/** The ways of a card from the keyboard. The menu is made when it is first asked for: a board has hundreds of cards. */
import { ActionIcon, Menu } from "@mantine/core";
import { IconArrowRight, IconDots } from "@tabler/icons-react";
import { useRef, useState } from "react";
import type { Choice } from "../../api/types";
import { t } from "../../messages/t";

interface Props {
  title: string;
  /** Columns that the card may go to. */
  targets: () => Choice[];
  onMove: (to: string) => void;
}

export function MoveMenu({ title, targets, onMove }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  const [asked, setAsked] = useState(false);
  const common = { size: 24, "aria-label": t("kanban.menu", { title }) };
  const dots = <IconDots size={16} stroke={1.6} />;
  if (!asked) {
    return (
      <ActionIcon {...common} aria-haspopup="menu" onClick={() => setAsked(true)}>
        {dots}
      </ActionIcon>
    );
  }
  const ways = targets();
  return (
    <Menu defaultOpened onClose={() => button.current?.focus()}>
      <Menu.Target>
        <ActionIcon ref={button} {...common}>
          {dots}
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t(ways.length > 0 ? "kanban.move" : "kanban.none")}</Menu.Label>
        {ways.map((way) => (
          <Menu.Item
            key={way.value}
            leftSection={<IconArrowRight size={16} stroke={1.6} />}
            onClick={() => onMove(way.value)}
          >
            {way.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
