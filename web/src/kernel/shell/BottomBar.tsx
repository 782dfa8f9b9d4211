/** The navigation of a phone: five places within reach of the thumb. */

import { Drawer } from "@mantine/core";
import { IconHome, IconLayoutGrid, IconPlus, IconSearch, IconUserCircle } from "@tabler/icons-react";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { t } from "../../messages/t";
import { newAddress } from "../addresses";
import { can, findByPath, pagesOf, useMeta } from "../meta";
import { CompanySwitch } from "./CompanySwitch";
import { NavLinks } from "./NavLinks";
import classes from "./Shell.module.css";
import { UserMenu } from "./UserMenu";

export function BottomBar({ onSearch }: { onSearch: () => void }) {
  const meta = useMeta();
  const [open, setOpen] = useState<"apps" | "user" | null>(null);
  const { app, objects } = useParams({ strict: false });
  const here = findByPath(meta, `${app}/${objects}`)?.object;
  const candidates = [here, ...meta.apps.flatMap(pagesOf)];
  const creatable = candidates.find((object) => object && can(object, "create"));
  return (
    <>
      <nav aria-label={t("nav.main")} className={classes.bar}>
        <Link to="/" activeOptions={{ exact: true }}>
          <IconHome size={22} stroke={1.6} aria-hidden />
          {t("home")}
        </Link>
        <button type="button" onClick={() => setOpen("apps")}>
          <IconLayoutGrid size={22} stroke={1.6} aria-hidden />
          {t("apps")}
        </button>
        <button type="button" onClick={onSearch}>
          <IconSearch size={22} stroke={1.6} aria-hidden />
          {t("search")}
        </button>
        {creatable && (
          <Link to={newAddress(creatable.path)} aria-label={t("list.new", { name: creatable.label })}>
            <IconPlus size={22} stroke={1.6} aria-hidden />
            {t("new")}
          </Link>
        )}
        <button type="button" onClick={() => setOpen("user")}>
          <IconUserCircle size={22} stroke={1.6} aria-hidden />
          {t("me")}
        </button>
      </nav>
      <Drawer
        opened={open !== null}
        onClose={() => setOpen(null)}
        position="bottom"
        size={open === "user" ? "auto" : "70%"}
        title={open === "user" ? meta.user.name : t("apps")}
        closeButtonProps={{ "aria-label": t("close") }}
      >
        <div className={classes.sheet}>
          {open === "user" ? (
            <>
              {meta.companies.length > 1 && <CompanySwitch />}
              <UserMenu />
            </>
          ) : (
            <NavLinks onNavigate={() => setOpen(null)} />
          )}
        </div>
      </Drawer>
    </>
  );
}
