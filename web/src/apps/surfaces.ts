/** Registers what apps show where metadata cannot say it; each is fetched when it is first seen. */
import { registerPage } from "../kernel/surfaces";
import { lazily } from "../ui/lazily";

registerPage(
  "hub/dashboards",
  lazily(() => import("./hub/DashboardPage").then((it) => it.DashboardPage), { ahead: false }),
);
