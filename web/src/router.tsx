/** Addresses. Every page's state (filter, sort, view, panel) is in its search part, as plain text. */
import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { createElement } from "react";
import { isSignedIn, Problem } from "./api/http";
import { metaQuery, setupQuery } from "./api/queries";
import { setupAddress } from "./kernel/addresses";
import { Failure, NotFound } from "./kernel/shell/Failure";
import { Shell } from "./kernel/shell/Shell";
import { ShellPending } from "./kernel/shell/ShellPending";
import { keepSetupKey } from "./kernel/start/setupKey";
import { ahead } from "./ui/ahead";

export type Search = Record<string, string>;

interface Context {
  client: QueryClient;
}

const root = createRootRouteWithContext<Context>()({ component: Outlet });

const validateSearch = (search: Record<string, unknown>): Search =>
  Object.fromEntries(
    Object.entries(search).filter((pair): pair is [string, string] => typeof pair[1] === "string"),
  );

const login = createRoute({
  getParentRoute: () => root,
  path: "login",
  validateSearch,
  beforeLoad: async ({ context }) => {
    // A server that cannot be asked is met at sign-in, which says so.
    const setup = await context.client.fetchQuery(setupQuery).catch(() => null);
    if (setup?.needed) throw redirect({ to: setupAddress });
  },
  component: lazyRouteComponent(() => import("./kernel/shell/Login"), "Login"),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: "setup",
  validateSearch,
  beforeLoad: async ({ context, location }) => {
    // The key goes out of the address before anything else, and out of what Back leads to.
    if (location.hash) {
      keepSetupKey(location.hash);
      throw redirect({ to: setupAddress, search: location.search as Search, replace: true });
    }
    const { needed } = await context.client.fetchQuery(setupQuery);
    if (!needed) throw redirect({ to: "/" });
  },
  component: lazyRouteComponent(() => import("./kernel/start/SetupPage"), "SetupPage"),
});

const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  beforeLoad: async ({ context, location }) => {
    const signIn = () =>
      redirect({ to: "/login", search: location.href === "/" ? {} : { next: location.href } });
    // A stranger is not asked about: the server's refusal would stand in the console.
    if (!isSignedIn()) throw signIn();
    try {
      await context.client.ensureQueryData(metaQuery);
    } catch (error) {
      if (error instanceof Problem && error.status === 401) throw signIn();
      throw error;
    }
  },
  pendingComponent: ShellPending,
  pendingMs: 150,
  errorComponent: Failure,
  component: Shell,
});

const hub = createRoute({
  getParentRoute: () => shell,
  path: "/",
  component: lazyRouteComponent(() => import("./kernel/shell/Hub"), "Hub"),
});

const api = createRoute({
  getParentRoute: () => shell,
  path: "api",
  validateSearch,
  component: lazyRouteComponent(() => import("./kernel/api/ApiPage"), "ApiPage"),
});

const search = createRoute({
  getParentRoute: () => shell,
  path: "search",
  validateSearch,
  component: lazyRouteComponent(() => import("./kernel/search/SearchPage"), "SearchPage"),
});

const start = createRoute({
  getParentRoute: () => shell,
  path: "start",
  validateSearch,
  component: lazyRouteComponent(() => import("./kernel/start/StartPage"), "StartPage"),
});

const inbox = createRoute({
  getParentRoute: () => shell,
  path: "inbox",
  component: lazyRouteComponent(() => import("./kernel/inbox/InboxPage"), "InboxPage"),
});

const runs = createRoute({
  getParentRoute: () => shell,
  path: "runs",
  component: lazyRouteComponent(() => import("./kernel/runs/RunsPage"), "RunsPage"),
});

const studio = createRoute({
  getParentRoute: () => shell,
  path: "studio",
  validateSearch,
  component: lazyRouteComponent(() => import("./kernel/studio/StudioPage"), "StudioPage"),
});

const studioObject = createRoute({
  getParentRoute: () => shell,
  path: "studio/$of/$object",
  validateSearch,
  component: lazyRouteComponent(() => import("./kernel/studio/ObjectStudio"), "ObjectStudio"),
});

const shared = createRoute({
  getParentRoute: () => root,
  path: "shared/$token",
  component: lazyRouteComponent(() => import("./kernel/shared/SharedPage"), "SharedPage"),
});

const app = createRoute({
  getParentRoute: () => shell,
  path: "$app",
  component: lazyRouteComponent(() => import("./kernel/shell/AppHome"), "AppHome"),
});

const report = createRoute({
  getParentRoute: () => shell,
  path: "$app/reports/$report",
  validateSearch,
  component: lazyRouteComponent(() => import("./kernel/report/ReportPage"), "ReportPage"),
});

const ListPage = lazyRouteComponent(() => import("./kernel/list/ListPage"), "ListPage");
const RecordPage = lazyRouteComponent(() => import("./kernel/record/RecordPage"), "RecordPage");
// Wherever somebody begins, these come next; what leads there is not always a link that tells so beforehand.
for (const page of [ListPage, RecordPage]) ahead(() => void page.preload?.());

const list = createRoute({
  getParentRoute: () => shell,
  path: "$app/$objects",
  validateSearch,
  component: ListPage,
});

const record = createRoute({
  getParentRoute: () => shell,
  path: "$app/$objects/$id",
  validateSearch,
  component: RecordPage,
});

const routeTree = root.addChildren([
  login,
  setup,
  shared,
  shell.addChildren([hub, api, search, start, inbox, runs, studio, studioObject, app, report, list, record]),
]);

export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree,
    context: { client },
    defaultPreload: "intent",
    defaultErrorComponent: Failure,
    defaultNotFoundComponent: () => createElement(NotFound),
    defaultPendingMs: 150,
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const params = new URLSearchParams();
      for (const [key, value] of Object.entries(search)) {
        if (typeof value === "string" && value !== "") params.set(key, value);
      }
      const text = params.toString();
      return text ? `?${text}` : "";
    },
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
