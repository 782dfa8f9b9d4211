/** What apps show where metadata cannot say it, by the path of their objects; fetched when it is first seen. */
import { type ComponentType, type LazyExoticComponent, lazy } from "react";

/** Stands above the form of a saved record. */
export type RecordSurface = LazyExoticComponent<ComponentType<{ path: string; id: string }>>;

const records: Record<string, RecordSurface> = {
  "hub/dashboards": lazy(() => import("./hub/Shown").then((module) => ({ default: module.Shown }))),
};

export const surfaceOf = (path: string): RecordSurface | undefined => records[path];
