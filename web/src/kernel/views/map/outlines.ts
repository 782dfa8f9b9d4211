/** Countries of the world (Natural Earth, in the public domain), as an asset of this page's own. */
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import address from "world-atlas/countries-50m.json?url";

type World = Topology<{ countries: GeometryCollection }>;
type Ring = number[][];

/** Around the pole; a flat map cannot close it. */
const ANTARCTICA = "010";

/** A coast that crosses the 180th meridian goes on beyond it, instead of back around the world. */
function unwrapped(ring: Ring): Ring {
  let turn = 0;
  return ring.map(([longitude = 0, latitude = 0], at) => {
    const before = ring[at - 1]?.[0];
    if (before !== undefined && Math.abs(longitude - before) > 180) turn += longitude < before ? 360 : -360;
    return [longitude + turn, latitude];
  });
}

export async function outlines() {
  const reply = await fetch(address);
  if (!reply.ok) throw new Error(`${address}: ${reply.status}`);
  const world = (await reply.json()) as World;
  const { features } = feature(world, world.objects.countries);
  const shapes = features.flatMap(({ id, geometry }) => {
    if (id === ANTARCTICA) return [];
    if (geometry.type === "Polygon") return [geometry.coordinates];
    return geometry.type === "MultiPolygon" ? geometry.coordinates : [];
  });
  const coordinates = shapes.map((shape) => shape.map(unwrapped));
  return { type: "MultiPolygon" as const, coordinates };
}
