/** The first page: every app with what it is for, and what was opened last. */

import { Link } from "@tanstack/react-router";
import type { MetaApp } from "../../api/types";
import { t } from "../../messages/t";
import { Icon } from "../../ui/Icon";
import { PageHeader } from "../../ui/PageHeader";
import { appAddress, recordAddress } from "../addresses";
import { findByPath, pagesOf, useMeta } from "../meta";
import classes from "./Hub.module.css";
import { Overdue } from "./Overdue";
import { useRecents } from "./recents";

export const hasPages = (app: MetaApp): boolean => pagesOf(app).length > 0 || app.reports.length > 0;

export function Hub() {
  const meta = useMeta();
  const [recents] = useRecents(meta.tenant.slug);
  const first = meta.user.name.split(" ")[0] ?? meta.user.name;
  return (
    <div className={classes.page}>
      <PageHeader crumbs={[]} title={t("hub.title", { name: first })} />
      <section aria-label={t("apps")} className={classes.grid}>
        {meta.apps.filter(hasPages).map((app) => (
          <Link key={app.name} to={appAddress(app.name)} className={classes.card}>
            <span className={classes.icon}>
              <Icon name={app.icon} size={20} />
            </span>
            <span className={classes.words}>
              <span className={classes.name}>{app.label}</span>
              {app.about && <span className={classes.about}>{app.about}</span>}
            </span>
          </Link>
        ))}
      </section>
      <Overdue />
      {recents.length > 0 && (
        <section aria-labelledby="recents" className={classes.recents}>
          <h2 id="recents" className={classes.heading}>
            {t("hub.recent")}
          </h2>
          <ul>
            {recents.map((recent) => {
              const found = findByPath(meta, recent.path);
              return found ? (
                <li key={recent.id}>
                  <Link to={recordAddress(recent.path, recent.id)} className={classes.recent}>
                    <Icon name={found.object.icon} size={16} />
                    <span className="truncate">{recent.title}</span>
                    <span className={classes.kind}>{found.object.label}</span>
                  </Link>
                </li>
              ) : null;
            })}
          </ul>
        </section>
      )}
    </div>
  );
}
