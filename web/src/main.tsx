/** Entry: theme, cache, routes. */
import "@fontsource-variable/inter/index.css";
import "./ui/mantine.css";
import "./ui/global.css";
import "./ui/look.css";
import "./ui/print.css";
import { DirectionProvider, localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Problem } from "./api/http";
import "./apps/steps";
import "./apps/surfaces";
import { openSignIn } from "./kernel/shell/sheets";
import { direction } from "./messages/language";
import { makeRouter } from "./router";
import { theme, variables } from "./ui/theme";

/** A session that ended while the page was open is begun again where one is; who signs in at the page for it is told there. */
function onError(error: Error): void {
  const ended = error instanceof Problem && error.status === 401;
  if (ended && router.state.location.pathname !== "/login") openSignIn();
}

const client = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    // Without a connection a request fails and says so, instead of waiting for one.
    mutations: { networkMode: "always" },
    queries: {
      networkMode: "always",
      staleTime: 10_000,
      retry: (count, error) => count < 2 && (!(error instanceof Problem) || error.status >= 500),
    },
  },
});
const router: ReturnType<typeof makeRouter> = makeRouter(client);
const schemes = localStorageColorSchemeManager({ key: "nexus-color-scheme" });
const root = document.getElementById("root");
if (!root) throw new Error("index.html has no element #root");

createRoot(root).render(
  <StrictMode>
    <DirectionProvider initialDirection={direction} detectDirection={false}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={variables}
        defaultColorScheme="auto"
        colorSchemeManager={schemes}
      >
        <QueryClientProvider client={client}>
          <Notifications position={direction === "rtl" ? "bottom-left" : "bottom-right"} limit={4} />
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  </StrictMode>,
);

// Browsers offer it on https and on this machine alone.
if (import.meta.env.PROD && "serviceWorker" in navigator) void navigator.serviceWorker.register("/sw.js");
