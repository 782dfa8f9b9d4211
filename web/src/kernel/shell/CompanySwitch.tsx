/** The company that is worked in; a menu where there are several. */
import { Menu } from "@mantine/core";
import { IconCheck, IconSelector } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { t } from "../../messages/t";
import { useMeta } from "../meta";
import classes from "./Shell.module.css";
import { useCompanyChoice } from "./useCompanyChoice";

function Mark({ name }: { name: string }) {
  return <span className={classes.mark} data-text={name.charAt(0).toUpperCase()} aria-hidden />;
}

export function CompanySwitch({ compact }: { compact?: boolean }) {
  const meta = useMeta();
  const choose = useCompanyChoice();
  const name = meta.company?.name ?? meta.tenant.name;
  const label = !compact && <span className="truncate">{name}</span>;
  if (meta.companies.length < 2) {
    return (
      <Link to="/" className={classes.tenant} aria-label={name}>
        <Mark name={name} />
        {label}
      </Link>
    );
  }
  return (
    <Menu position="bottom-start" width={240}>
      <Menu.Target>
        <button type="button" className={classes.tenant} aria-label={t("company.menu", { name })}>
          <Mark name={name} />
          {label}
          {!compact && <IconSelector size={16} stroke={1.6} className={classes.chevron} aria-hidden />}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("company.work")}</Menu.Label>
        <Menu.RadioGroup value={meta.company?.id ?? null} onChange={choose}>
          {meta.companies.map((company) => (
            <Menu.RadioItem
              key={company.id}
              value={company.id}
              checkIcon={<IconCheck size={14} aria-hidden />}
              closeMenuOnClick
            >
              {company.name}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
