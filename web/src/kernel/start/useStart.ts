/** Whether the first steps are still looked at here, and the apps that somebody set out with. */
import { useLocalStorage } from "@mantine/hooks";
import { useMemo } from "react";
import type { Meta, MetaApp } from "../../api/types";
import { hasPages, useMeta } from "../meta";

export interface Start {
  /** In the order in which they stand; null: all of them, as they come. */
  apps: string[] | null;
  answered: boolean;
  hidden: boolean;
  /** Who came with the sample data, and what they are there. */
  samples?: { email: string; title: string }[];
}

const ADMINISTRATOR = "administrator";
export const isAdministrator = ({ user }: Meta): boolean => user.roles.includes(ADMINISTRATOR);

const NOTHING: Start = { apps: null, answered: false, hidden: false };
const keyOf = (tenant: string) => `nexus-start-${tenant}`;

/** Sets out, before any page of the tenant is there. */
export const beginStart = (tenant: string, start: Partial<Start>): void =>
  localStorage.setItem(keyOf(tenant), JSON.stringify({ ...NOTHING, ...start }));

export function useStart(): [Start, (change: Partial<Start>) => void] {
  const { tenant } = useMeta();
  const [start, keep] = useLocalStorage<Start>({
    key: keyOf(tenant.slug),
    defaultValue: NOTHING,
    getInitialValueInEffect: false,
  });
  return [start, (change) => keep({ ...start, ...change })];
}

/** The apps that have pages: first those that somebody set out with. */
export function useApps(): MetaApp[] {
  const { apps } = useMeta();
  const [{ apps: chosen }] = useStart();
  return useMemo(() => {
    const shown = apps.filter(hasPages);
    if (!chosen) return shown;
    const placeOf = ({ name }: MetaApp) => (chosen.includes(name) ? chosen.indexOf(name) : chosen.length);
    return shown.toSorted((a, b) => placeOf(a) - placeOf(b));
  }, [apps, chosen]);
}
