/** The icon that a manifest names, or a neutral one. */

import { manifestIcons } from "virtual:manifest-icons";
import { IconSquareRounded } from "@tabler/icons-react";

export function Icon({ name, size = 18 }: { name?: string | null; size?: number }) {
  const Component = (name && manifestIcons[name]) || IconSquareRounded;
  return <Component size={size} stroke={1.6} aria-hidden />;
}
