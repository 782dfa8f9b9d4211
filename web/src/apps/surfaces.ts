/** Registers what apps show where metadata cannot say it; each is fetched when it is first seen. */
import { lazy } from "react";
import { registerPage } from "../kernel/surfaces";

registerPage(
  "hub/dashboards",
  lazy(() => import("./hub/DashboardPage").then((module) => ({ default: module.DashboardPage }))),
);
