/** Top of every page: breadcrumb, title, actions on the right. */

import { useDocumentTitle } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import { createContext, Fragment, type ReactNode, useContext } from "react";
import { t } from "../messages/t";
import classes from "./PageHeader.module.css";

/** What stands beside the title of whichever page is open. */
export const PageMark = createContext<ReactNode>(null);

export interface Crumb {
  label: string;
  href: string;
  /** The search part of the address. */
  search?: Record<string, string>;
}

interface Props {
  crumbs: Crumb[];
  title: string;
  /** Beside the title: badges, a count. */
  aside?: ReactNode;
  children?: ReactNode;
}

export function PageHeader({ crumbs, title, aside, children }: Props) {
  useDocumentTitle(`${title} – Nexus`);
  const mark = useContext(PageMark);
  return (
    <header className={classes.header}>
      <div className={classes.titles}>
        {crumbs.length > 0 && (
          <nav aria-label={t("breadcrumb")} className={classes.crumbs}>
            {crumbs.map((crumb, at) => (
              <Fragment key={crumb.href}>
                <Link to={crumb.href} search={crumb.search}>
                  {crumb.label}
                </Link>
                {at < crumbs.length - 1 && <span aria-hidden>/</span>}
              </Fragment>
            ))}
          </nav>
        )}
        <div className={classes.titleRow}>
          <h1 className={classes.title} title={title}>
            {title}
          </h1>
          {aside}
          {mark}
        </div>
      </div>
      {children && <div className={classes.actions}>{children}</div>}
    </header>
  );
}
