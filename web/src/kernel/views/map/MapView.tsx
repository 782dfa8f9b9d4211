/** Records where they are, on an outline of the world that comes with the program; beside it the same ones by name. */

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { severalQuery } from "../../../api/queries";
import type { Json, RecordData } from "../../../api/types";
import { t } from "../../../messages/t";
import { recordAddress } from "../../addresses";
import { joinCel } from "../../joinCel";
import type { MapView as MapViewOf } from "../../list/views";
import { titleOf } from "../../meta";
import { usePageSearch } from "../../useSearch";
import type { ViewProps } from "../props";
import { ViewState } from "../ViewState";
import classes from "./Map.module.css";
import { type Place, World } from "./World";

function pointOf(value: Json | undefined): [number, number] | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const [latitude, longitude] = [Number(value.latitude), Number(value.longitude)];
  return Number.isFinite(latitude) && Number.isFinite(longitude) ? [latitude, longitude] : null;
}

export function MapView({ object, view, filter, q }: ViewProps<MapViewOf>) {
  const [search, setSearch] = usePageSearch();
  const query = useQuery(
    severalQuery(object.path, { filter: joinCel([filter, `${view.point} != null`]), q }),
  );
  const places = useMemo<Place[]>(
    () =>
      (query.data?.data ?? []).flatMap((record: RecordData) => {
        const point = pointOf(record[view.point]);
        const id = String(record.id);
        return point
          ? [{ id, point, title: titleOf(object, record), to: recordAddress(object.path, id) }]
          : [];
      }),
    [query.data, object, view.point],
  );
  return (
    <ViewState
      pending={query.isPending}
      error={query.error}
      empty={places.length === 0}
      onRetry={() => void query.refetch()}
    >
      <div className={classes.page}>
        <World label={view.label} places={places} at={search.at} onMoved={(at) => setSearch({ at }, true)} />
        <nav className={classes.places} aria-label={t("map.places")}>
          {query.data?.more && <p className={classes.note}>{t("period.more")}</p>}
          <ul>
            {places.map((place) => (
              <li key={place.id}>
                <Link to={place.to}>{place.title}</Link>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </ViewState>
  );
}
