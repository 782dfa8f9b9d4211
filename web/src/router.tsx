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
import { metaQuery } from "./api/queries";
import { Failure, NotFound } from "./kernel/shell/Failure";
import { Shell } from "./kernel/shell/Shell";
import { ShellPending } from "./kernel/shell/ShellPending";

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
  component: lazyRouteComponent(() => import("./kernel/shell/Login"), "Login"),
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

const list = createRoute({
  getParentRoute: () => shell,
  path: "$app/$objects",
  validateSearch,
  component: lazyRouteComponent(() => import("./kernel/list/ListPage"), "ListPage"),
});

const record = createRoute({
  getParentRoute: () => shell,
  path: "$app/$objects/$id",
  validateSearch,
  component: lazyRouteComponent(() => import("./kernel/record/RecordPage"), "RecordPage"),
});

const routeTree = root.addChildren([
  login,
  shared,
  shell.addChildren([hub, api, search, start, inbox, runs, app, report, list, record]),
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
