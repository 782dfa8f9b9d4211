/** Records opened lately on this device, newest first. */
import { readLocalStorageValue, useLocalStorage } from "@mantine/hooks";
import { useCallback } from "react";

export interface Recent {
  path: string;
  id: string;
  title: string;
}

const KEPT = 8;

export function useRecents(tenant: string): [Recent[], (recent: Recent) => void] {
  const key = `nexus-recents-${tenant}`;
  const [recents, setRecents] = useLocalStorage<Recent[]>({
    key,
    defaultValue: [],
    getInitialValueInEffect: false,
  });
  const add = useCallback(
    (recent: Recent) => {
      const before = readLocalStorageValue<Recent[]>({ key, defaultValue: [] });
      setRecents([recent, ...before.filter((one) => one.id !== recent.id)].slice(0, KEPT));
    },
    [key, setRecents],
  );
  return [recents, add];
}
