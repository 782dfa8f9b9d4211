/** Whether the first steps are still looked at here, and the apps that somebody set out with. */
import { useLocalStorage } from "@mantine/hooks";
import type { Meta } from "../../api/types";
import { useMeta } from "../meta";

export interface Start {
  /** Null: all of them. */
  apps: string[] | null;
  answered: boolean;
  hidden: boolean;
}

const ADMINISTRATOR = "administrator";
export const isAdministrator = ({ user }: Meta): boolean => user.roles.includes(ADMINISTRATOR);

export function useStart(): [Start, (change: Partial<Start>) => void] {
  const { tenant } = useMeta();
  const [start, keep] = useLocalStorage<Start>({
    key: `nexus-start-${tenant.slug}`,
    defaultValue: { apps: null, answered: false, hidden: false },
    getInitialValueInEffect: false,
  });
  return [start, (change) => keep({ ...start, ...change })];
}
