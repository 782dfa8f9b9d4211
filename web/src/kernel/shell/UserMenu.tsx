/** Who is signed in: preferences, keys, the API, the way out. */
import { Menu } from "@mantine/core";
import {
  IconApi,
  IconDownload,
  IconHistory,
  IconKeyboard,
  IconLogout,
  IconSettings,
  IconTools,
} from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { t } from "../../messages/t";
import { useMeta } from "../meta";
import { mayCustomise, studioAddress } from "../studio/may";
import classes from "./Shell.module.css";
import { openKeys, openPreferences } from "./sheets";
import { useInstall } from "./useInstall";
import { useSignOut } from "./useSignOut";

export function UserMenu({ compact }: { compact?: boolean }) {
  const meta = useMeta();
  const navigate = useNavigate();
  const install = useInstall();
  const leave = useSignOut();
  const item = (label: string, icon: ReactNode, run: () => void) => (
    <Menu.Item leftSection={icon} onClick={run}>
      {label}
    </Menu.Item>
  );
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
        {item(t("preferences"), <IconSettings size={16} stroke={1.6} />, openPreferences)}
        {item(t("runs"), <IconHistory size={16} stroke={1.6} />, () => void navigate({ to: "/runs" }))}
        {mayCustomise(meta) &&
          item(t("studio"), <IconTools size={16} stroke={1.6} />, () => void navigate({ to: studioAddress }))}
        {item(t("keys.title"), <IconKeyboard size={16} stroke={1.6} />, openKeys)}
        {item(t("api.title"), <IconApi size={16} stroke={1.6} />, () => void navigate({ to: "/api" }))}
        {install && item(t("install"), <IconDownload size={16} stroke={1.6} />, install)}
        <Menu.Divider />
        {item(t("signout"), <IconLogout size={16} stroke={1.6} />, () => void leave())}
      </Menu.Dropdown>
    </Menu>
  );
}
