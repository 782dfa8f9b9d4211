/** Types of modules that the build makes. */
declare module "virtual:manifest-icons" {
  import type { ComponentType } from "react";
  export const manifestIcons: Record<string, ComponentType<{ size?: number; stroke?: number }>>;
}
