/** Chooses some of many things by name: a button that says which, and a menu that stays open meanwhile. */
import { Button, Menu } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./PickMenu.module.css";

interface Props {
  label: string;
  options: { value: string; label: string }[];
  chosen: string[];
  /** How many may be chosen; one takes the place of the one before. */
  most: number;
  /** How few may be. */
  least?: number;
  /** What is chosen stands elsewhere. */
  silent?: boolean;
  icon?: ReactNode;
  onChange: (chosen: string[]) => void;
}

export function PickMenu({ label, options, chosen, most, least = 0, silent, icon, onChange }: Props) {
  const named = chosen.map((value) => options.find((option) => option.value === value)?.label ?? value);
  const one = most === 1;
  const toggle = (value: string) => {
    if (!chosen.includes(value)) onChange([...chosen.slice(one ? 1 : 0), value].slice(-most));
    else if (chosen.length > least) onChange(chosen.filter((other) => other !== value));
  };
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          variant="default"
          size="xs"
          leftSection={icon}
          rightSection={<IconChevronDown size={14} stroke={1.6} />}
          classNames={{ label: classes.button }}
        >
          {silent ? (
            label
          ) : (
            <>
              <span className="quiet">{label}</span> {named.join(", ") || "–"}
            </>
          )}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.options}>
        {options.map((option) => (
          <Menu.CheckboxItem
            key={option.value}
            checked={chosen.includes(option.value)}
            closeMenuOnClick={one}
            onChange={() => toggle(option.value)}
          >
            {option.label}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
