/** Registers what apps show where metadata cannot say it; each is fetched when it is first seen. */
import { lazy } from "react";
import { register } from "../kernel/surfaces";

register(
  "hub/dashboards",
  lazy(() => import("./hub/Shown").then((module) => ({ default: module.Shown }))),
);
