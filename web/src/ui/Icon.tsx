/** The icon that a manifest names; a cube where it names one that is not bundled. */

import { manifestIcons } from "virtual:manifest-icons";
import { IconCube } from "@tabler/icons-react";

export function Icon({ name, size = 18 }: { name?: string | null; size?: number }) {
  const Component = (name && manifestIcons[name]) || IconCube;
  return <Component size={size} stroke={1.6} aria-hidden />;
}
