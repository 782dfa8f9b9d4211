/** Leaflet over the outlines of the countries: no tile, and nothing else, is asked of another server. */
import "leaflet/dist/leaflet.css";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import L from "leaflet";
import { useEffect, useRef } from "react";
import { t } from "../../../messages/t";
import classes from "./Map.module.css";
import { outlines } from "./outlines";

export interface Place {
  id: string;
  point: [number, number];
  title: string;
  to: string;
}

interface Props {
  label: string;
  places: Place[];
  /** Where the map was left: `latitude,longitude,zoom`. */
  at: string | undefined;
  onMoved: (at: string) => void;
}

function placed(at: string | undefined): { centre: [number, number]; zoom: number } | null {
  const [latitude, longitude, zoom] = (at ?? "").split(",").map(Number);
  if (latitude === undefined || longitude === undefined || zoom === undefined) return null;
  return [latitude, longitude, zoom].every(Number.isFinite) ? { centre: [latitude, longitude], zoom } : null;
}

const CLOSEST = 9;

export function World({ label, places, at, onMoved }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const map = useRef<L.Map | null>(null);
  const markers = useRef<L.LayerGroup | null>(null);
  const navigate = useNavigate();
  const world = useQuery({ queryKey: ["outlines"], queryFn: outlines, staleTime: Number.POSITIVE_INFINITY });
  const moved = useRef(onMoved);
  moved.current = onMoved;
  // The map is where the address says when it opens; from then on the address follows the map.
  const start = useRef(placed(at));

  useEffect(() => {
    if (!frame.current) return;
    const made = L.map(frame.current, {
      attributionControl: false,
      zoomControl: false,
      minZoom: 1,
      maxZoom: 12,
      worldCopyJump: true,
      zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    });
    L.control.zoom({ zoomInTitle: t("map.in"), zoomOutTitle: t("map.out") }).addTo(made);
    made.setView(start.current?.centre ?? [0, 20], start.current?.zoom ?? 2);
    made.on("moveend", () => {
      const { lat, lng } = made.getCenter();
      moved.current(`${lat.toFixed(3)},${lng.toFixed(3)},${made.getZoom()}`);
    });
    map.current = made;
    markers.current = L.layerGroup().addTo(made);
    return () => {
      map.current = null;
      made.remove();
    };
  }, []);

  useEffect(() => {
    if (!map.current || !world.data) return;
    const layer = L.geoJSON(world.data, {
      interactive: false,
      style: { className: classes.land },
    }).addTo(map.current);
    layer.bringToBack();
    return () => void layer.remove();
  }, [world.data]);

  useEffect(() => {
    const layer = markers.current;
    if (!layer || !map.current) return;
    layer.clearLayers();
    for (const place of places) {
      const icon = L.divIcon({ className: classes.pin, iconSize: [16, 16] });
      L.marker(place.point, { icon, title: place.title, alt: place.title, riseOnHover: true })
        .on("click", () => void navigate({ to: place.to }))
        .addTo(layer);
    }
    if (!start.current && places.length > 0) {
      start.current = { centre: [0, 0], zoom: 0 };
      map.current.fitBounds(L.latLngBounds(places.map((place) => place.point)), {
        padding: [40, 40],
        maxZoom: CLOSEST,
        animate: false,
      });
    }
  }, [places, navigate]);

  return <section ref={frame} className={classes.map} aria-label={label} />;
}
