/** How the page looks on this device beside its colour scheme: contrast and density, as attributes of the root element. */
import { useLocalStorage, useMediaQuery } from "@mantine/hooks";
import { useEffect } from "react";

export interface Look {
  /** Absent: as the system asks for it. */
  contrast?: "normal" | "more";
  density?: "normal" | "compact";
}

/** `theme.js` reads it as well, before the first paint. */
const KEY = "nexus-look";

export function useLook(): [Required<Look>, (change: Look) => void] {
  const [kept, keep] = useLocalStorage<Look>({ key: KEY, defaultValue: {}, getInitialValueInEffect: false });
  const asked = useMediaQuery("(prefers-contrast: more)", undefined, { getInitialValueInEffect: false });
  const look = {
    contrast: kept.contrast ?? (asked ? "more" : "normal"),
    density: kept.density ?? "normal",
  } as const;
  return [look, (change) => keep({ ...kept, ...change })];
}

/** Keeps the root element as it was chosen, here or in another tab. */
export function useLookOfPage(): void {
  const [{ contrast, density }] = useLook();
  useEffect(() => {
    Object.assign(document.documentElement.dataset, { contrast, density });
  }, [contrast, density]);
}

const ROW_PX = { normal: 40, compact: 32 };
/** The height of a row, which is `--nx-row` as well. */
export const useRowHeight = (): number => ROW_PX[useLook()[0].density];
