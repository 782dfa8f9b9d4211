/** The first page: every app, what is to be done, what one should know of, what was kept or opened last, own figures. */
import { Link } from "@tanstack/react-router";
import { t } from "../../messages/t";
import { Icon } from "../../ui/Icon";
import { PageHeader } from "../../ui/PageHeader";
import { appAddress } from "../addresses";
import { findByPath, useMeta } from "../meta";
import { Checklist } from "../start/Checklist";
import { useApps } from "../start/useStart";
import { Due } from "./Due";
import { ForYou } from "./ForYou";
import classes from "./Hub.module.css";
import { OwnDashboard } from "./OwnDashboard";
import { Panel, Row } from "./Panel";
import { RecordTitle } from "./RecordTitle";
import { useRecents } from "./recents";
import { useFavourites } from "./useFavourites";

export function Hub() {
  const meta = useMeta();
  const apps = useApps();
  const first = meta.user.name.split(" ")[0] ?? meta.user.name;
  return (
    <div className={classes.page}>
      <PageHeader crumbs={[]} title={t("hub.title", { name: first })} />
      <nav aria-label={t("apps")} className={classes.apps}>
        {apps.map((app) => (
          <Link key={app.name} to={appAddress(app.name)} className={classes.app} title={app.about}>
            <span className={classes.icon}>
              <Icon name={app.icon} size={22} />
            </span>
            <span className="truncate">{app.label}</span>
          </Link>
        ))}
      </nav>
      <Checklist>
        <div className={classes.panels}>
          <Due />
          <ForYou />
          <AtHand />
        </div>
        <OwnDashboard />
      </Checklist>
    </div>
  );
}

/** Favourites, then what was opened lately on this device. */
function AtHand() {
  const meta = useMeta();
  const favourites = useFavourites();
  const [recents] = useRecents(meta.tenant.slug);
  const kept = new Set(favourites.map(({ id }) => id));
  return (
    <Panel title={t("hub.athand")} empty={t("hub.athand.none")}>
      {[
        ...favourites.map(({ key, object, id }) => (
          <Row key={key} object={object} id={id} about={t("favourite")}>
            <RecordTitle object={object} id={id} />
          </Row>
        )),
        ...recents.flatMap(({ path, id, title }) => {
          const found = findByPath(meta, path);
          if (!found || kept.has(id)) return [];
          return [
            <Row key={id} object={found.object} id={id} about={found.object.label}>
              {title}
            </Row>,
          ];
        }),
      ]}
    </Panel>
  );
}
