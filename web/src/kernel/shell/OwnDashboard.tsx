/** The first of one's own dashboards, or how to make one. */
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Suspense } from "react";
import { listQuery } from "../../api/queries";
import type { MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { lazily } from "../../ui/lazily";
import { newAddress, recordAddress } from "../addresses";
import { can, findObject, titleOf, useMeta } from "../meta";
import classes from "./Hub.module.css";

const OwnTiles = lazily(() => import("./OwnTiles").then((it) => it.OwnTiles), { ahead: false });

const DASHBOARD = "hub.dashboard";

export function OwnDashboard() {
  const object = findObject(useMeta(), DASHBOARD);
  return object ? <Dashboard object={object} /> : null;
}

function Dashboard({ object }: { object: MetaObject }) {
  const list = useInfiniteQuery(
    listQuery(object.path, { filter: "owner == principal.user", sort: "created_at", limit: 1 }),
  );
  const own = list.data?.pages[0]?.data[0];
  if (list.isPending || list.isError) return null;
  if (!own && !can(object, "create")) return null;
  return (
    <section aria-labelledby="dashboard" className={classes.dashboard}>
      <div className={classes.head}>
        <h2 id="dashboard" className={classes.heading}>
          {own ? titleOf(object, own) : object.label}
        </h2>
        {own && (
          <Link to={recordAddress(object.path, own.id)} className={classes.more}>
            {t("hub.arrange")}
          </Link>
        )}
      </div>
      {own ? (
        <Suspense>
          <OwnTiles object={object} id={String(own.id)} />
        </Suspense>
      ) : (
        <div className={classes.invite}>
          <p>{t("hub.dashboard.none")}</p>
          <Button component={Link} to={newAddress(object.path)} variant="default">
            {t("list.new", { name: object.label })}
          </Button>
        </div>
      )}
    </section>
  );
}
