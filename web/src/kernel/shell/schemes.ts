/** The colour schemes to choose from. */
import type { MantineColorScheme } from "@mantine/core";
import type { MessageKey } from "../../messages/t";

export const SCHEMES = [
  { value: "auto", label: "theme.auto" },
  { value: "light", label: "theme.light" },
  { value: "dark", label: "theme.dark" },
] as const satisfies { value: MantineColorScheme; label: MessageKey }[];
