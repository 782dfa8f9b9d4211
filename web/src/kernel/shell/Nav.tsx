/** Left navigation: company, search, apps, user; folds to icons. */
import { ActionIcon, Tooltip } from "@mantine/core";
import { useLocalStorage, useMediaQuery } from "@mantine/hooks";
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand, IconSearch } from "@tabler/icons-react";
import { t } from "../../messages/t";
import { CompanySwitch } from "./CompanySwitch";
import { NavLinks } from "./NavLinks";
import classes from "./Shell.module.css";
import { UserMenu } from "./UserMenu";

export function Nav({ onSearch }: { onSearch: () => void }) {
  const narrow = useMediaQuery("(max-width: 64em)", undefined, { getInitialValueInEffect: false });
  const [chosen, setChosen] = useLocalStorage<boolean | null>({
    key: "nexus-nav-collapsed",
    defaultValue: null,
    getInitialValueInEffect: false,
  });
  const collapsed = chosen ?? narrow ?? false;
  const toggle = collapsed ? t("nav.expand") : t("nav.collapse");
  return (
    <nav aria-label={t("nav.main")} className={classes.nav} data-collapsed={collapsed || undefined}>
      <CompanySwitch compact={collapsed} />
      <Tooltip label={t("search")} position="right" disabled={!collapsed}>
        <button type="button" className={classes.search} onClick={onSearch} aria-label={t("search")}>
          <IconSearch size={16} stroke={1.6} aria-hidden />
          {!collapsed && (
            <>
              <span aria-hidden>{t("search")}</span>
              <kbd data-text="Ctrl K" aria-hidden />
            </>
          )}
        </button>
      </Tooltip>
      <div className={classes.scroll}>
        <NavLinks collapsed={collapsed} />
      </div>
      <div className={classes.foot}>
        <UserMenu compact={collapsed} />
        <Tooltip label={toggle} position="right">
          <ActionIcon aria-label={toggle} onClick={() => setChosen(!collapsed)}>
            {collapsed ? (
              <IconLayoutSidebarLeftExpand size={18} stroke={1.6} />
            ) : (
              <IconLayoutSidebarLeftCollapse size={18} stroke={1.6} />
            )}
          </ActionIcon>
        </Tooltip>
      </div>
    </nav>
  );
}
