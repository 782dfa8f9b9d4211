/** Who is signed in: theme and sign-out. */
import { Menu, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { IconApi, IconKeyboard, IconLogout, IconMoon, IconSun } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { signOut } from "../../api/commands";
import { t } from "../../messages/t";
import { useMeta } from "../meta";
import classes from "./Shell.module.css";

export function UserMenu({ compact }: { compact?: boolean }) {
  const meta = useMeta();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light");
  const leave = async () => {
    try {
      await signOut();
    } finally {
      client.clear();
      await navigate({ to: "/login" });
    }
  };
  const Theme = scheme === "dark" ? IconSun : IconMoon;
  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <button type="button" className={classes.user} aria-label={t("user.menu", { name: meta.user.name })}>
          <span className={classes.mark} data-text={meta.user.name.charAt(0).toUpperCase()} aria-hidden />
          {!compact && <span className="truncate">{meta.user.name}</span>}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{meta.user.email}</Menu.Label>
        <Menu.Item
          leftSection={<Theme size={16} stroke={1.6} />}
          onClick={() => setColorScheme(scheme === "dark" ? "light" : "dark")}
        >
          {scheme === "dark" ? t("theme.light") : t("theme.dark")}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconKeyboard size={16} stroke={1.6} />}
          onClick={() => window.dispatchEvent(new CustomEvent("nexus:keys"))}
        >
          {t("keys.title")}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconApi size={16} stroke={1.6} />}
          onClick={() => void navigate({ to: "/api" })}
        >
          {t("api.title")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} />} onClick={() => void leave()}>
          {t("signout")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
