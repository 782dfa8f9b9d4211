/** Types of modules that the build makes, or that come without any. */
declare module "virtual:manifest-icons" {
  import type { ComponentType } from "react";
  export const manifestIcons: Record<string, ComponentType<{ size?: number; stroke?: number }>>;
}

declare module "swagger-ui-dist/swagger-ui-es-bundle.js" {
  interface Asked {
    method?: string;
    headers: Record<string, string>;
  }
  interface Settings {
    domNode: HTMLElement;
    spec: object;
    docExpansion: "list" | "full" | "none";
    defaultModelsExpandDepth: number;
    filter: boolean;
    tryItOutEnabled: boolean;
    validatorUrl: string | null;
    requestInterceptor: (request: Asked) => Asked;
  }
  export default function SwaggerUI(settings: Settings): unknown;
}
