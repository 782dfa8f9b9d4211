/** What apps show where metadata cannot say it, by the path of their objects. The apps register it; the kernel knows none of
    them. */
import type { ComponentType, LazyExoticComponent } from "react";

/** Stands above the form of a saved record. */
export type RecordSurface = LazyExoticComponent<ComponentType<{ path: string; id: string }>>;

const records = new Map<string, RecordSurface>();

export const register = (path: string, surface: RecordSurface): void => void records.set(path, surface);

export const surfaceOf = (path: string): RecordSurface | undefined => records.get(path);
