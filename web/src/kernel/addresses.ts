/** Addresses of pages, by what they show. */
import type { Json } from "../api/types";

export const appAddress = (app: string): string => `/${app}`;
export const listAddress = (path: string): string => `/${path}`;
export const recordAddress = (path: string, id: Json | undefined): string => `/${path}/${String(id)}`;
export const newAddress = (path: string): string => `/${path}/new`;
export const reportAddress = (app: string, report: string): string => `/${app}/reports/${report}`;
export const inboxAddress = "/inbox";
export const searchAddress = "/search";
export const startAddress = "/start";
export const setupAddress = "/setup";
