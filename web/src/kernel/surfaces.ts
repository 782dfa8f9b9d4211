/** What apps show where metadata cannot say it, by the path of their objects. The apps register it; the kernel knows none of
    them. */
import type { ComponentType } from "react";
import type { MetaApp, MetaObject } from "../api/types";

/** Stands above the form of a saved record. */
export type RecordSurface = ComponentType<{ path: string; id: string }>;

const records = new Map<string, RecordSurface>();

export const register = (path: string, surface: RecordSurface): void => void records.set(path, surface);

export const surfaceOf = (path: string): RecordSurface | undefined => records.get(path);

/** Takes the place of the record's page, form and all; without an id the record is new. */
export type PageSurface = ComponentType<{ app: MetaApp; object: MetaObject; id?: string }>;

const pages = new Map<string, PageSurface>();

export const registerPage = (path: string, surface: PageSurface): void => void pages.set(path, surface);

export const pageOf = (path: string): PageSurface | undefined => pages.get(path);
