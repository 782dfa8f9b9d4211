/** The apps, and below the open one its lists and reports. */

import { Tooltip } from "@mantine/core";
import { IconBell, IconChartBar, IconHome } from "@tabler/icons-react";
import { Link, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { MetaApp } from "../../api/types";
import { t } from "../../messages/t";
import { Icon } from "../../ui/Icon";
import { appAddress, inboxAddress, listAddress, recordAddress, reportAddress } from "../addresses";
import { useUnread } from "../inbox/unread";
import { pagesOf } from "../meta";
import { useApps } from "../start/useStart";
import { RecordTitle } from "./RecordTitle";
import classes from "./Shell.module.css";
import { useFavourites } from "./useFavourites";

const FAVOURITES_SHOWN = 6;

interface Props {
  collapsed?: boolean;
  onNavigate?: () => void;
}

function Inner({ app, onNavigate }: { app: MetaApp; onNavigate?: () => void }) {
  return (
    <ul className={`${classes.list} ${classes.inner}`}>
      {pagesOf(app).map((object) => (
        <li key={object.path}>
          <Link to={listAddress(object.path)} className={classes.item} onClick={onNavigate}>
            <span className="truncate">{object.plural}</span>
          </Link>
        </li>
      ))}
      {app.reports.map((report) => (
        <li key={report.name}>
          <Link to={reportAddress(app.name, report.name)} className={classes.item} onClick={onNavigate}>
            <IconChartBar size={14} stroke={1.6} aria-hidden />
            <span className="truncate">{report.label}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** The records that are kept at hand, the first ones; all are on the home page. */
function Favourites({ onNavigate }: Pick<Props, "onNavigate">) {
  const favourites = useFavourites().slice(0, FAVOURITES_SHOWN);
  if (favourites.length === 0) return null;
  return (
    <li>
      <ul aria-label={t("favourites")} className={classes.favourites}>
        {favourites.map(({ key, object, id }) => (
          <li key={key}>
            <Link to={recordAddress(object.path, id)} className={classes.item} onClick={onNavigate}>
              <Icon name={object.icon} size={16} />
              <span className="truncate">
                <RecordTitle object={object} id={id} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </li>
  );
}

export function NavLinks({ collapsed, onNavigate }: Props) {
  const apps = useApps();
  const { app: current } = useParams({ strict: false });
  const unread = useUnread();
  const waits = unread > 0 && t("inbox.unread", { count: unread });
  const item = (label: string, icon: ReactNode, to: string, isCurrent: boolean, count?: ReactNode) => (
    <Tooltip label={label} position="right" disabled={!collapsed}>
      <Link
        to={to}
        className={classes.item}
        activeOptions={{ exact: true }}
        aria-label={collapsed ? label : undefined}
        data-current={isCurrent || undefined}
        onClick={onNavigate}
      >
        {icon}
        {!collapsed && <span className="truncate">{label}</span>}
        {count}
      </Link>
    </Tooltip>
  );
  return (
    <ul className={classes.list}>
      <li>{item(t("home"), <IconHome size={18} stroke={1.6} aria-hidden />, "/", false)}</li>
      <li>
        {item(
          waits && collapsed ? `${t("inbox")}, ${waits}` : t("inbox"),
          <IconBell size={18} stroke={1.6} aria-hidden />,
          inboxAddress,
          false,
          waits && <span className={classes.count}>{collapsed ? null : waits}</span>,
        )}
      </li>
      {!collapsed && <Favourites onNavigate={onNavigate} />}
      {apps.map((app) => (
        <li key={app.name}>
          {item(
            app.label,
            <Icon name={app.icon} />,
            appAddress(app.name),
            Boolean(collapsed) && app.name === current,
          )}
          {app.name === current && !collapsed && <Inner app={app} onNavigate={onNavigate} />}
        </li>
      ))}
    </ul>
  );
}
