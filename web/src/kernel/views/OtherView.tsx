/** Records in another form than a table; each form is fetched when it is first seen, or shortly before. */
import { Suspense, useMemo } from "react";
import { lazily } from "../../ui/lazily";
import { ListSkeleton } from "../list/ListSkeleton";
import type { ListView, OtherViewKind } from "../list/views";
import { useLive } from "../live";
import type { ViewProps } from "./props";

const FORMS = {
  kanban: lazily(() => import("../kanban/KanbanBoard").then((it) => it.KanbanBoard), { ahead: false }),
  calendar: lazily(() => import("./calendar/CalendarView").then((it) => it.CalendarView), { ahead: false }),
  timeline: lazily(() => import("./timeline/TimelineView").then((it) => it.TimelineView), { ahead: false }),
  gantt: lazily(() => import("./timeline/GanttView").then((it) => it.GanttView), { ahead: false }),
  gallery: lazily(() => import("./gallery/GalleryView").then((it) => it.GalleryView), { ahead: false }),
  pivot: lazily(() => import("./figures/PivotView").then((it) => it.PivotView), { ahead: false }),
  chart: lazily(() => import("./figures/ChartView").then((it) => it.ChartView), { ahead: false }),
  map: lazily(() => import("./map/MapView").then((it) => it.MapView), { ahead: false }),
};

/** Fetches what draws a view, before somebody chooses it. */
export function fetchView(kind: ListView["kind"]): void {
  if (kind !== "table") FORMS[kind].fetch();
}

function formOf({ view, ...rest }: ViewProps<OtherViewKind>) {
  switch (view.kind) {
    case "kanban":
      return <FORMS.kanban view={view} {...rest} />;
    case "calendar":
      return <FORMS.calendar view={view} {...rest} />;
    case "timeline":
      return <FORMS.timeline view={view} {...rest} />;
    case "gantt":
      return <FORMS.gantt view={view} {...rest} />;
    case "gallery":
      return <FORMS.gallery view={view} {...rest} />;
    case "pivot":
      return <FORMS.pivot view={view} {...rest} />;
    case "chart":
      return <FORMS.chart view={view} {...rest} />;
    case "map":
      return <FORMS.map view={view} {...rest} />;
  }
}

export function OtherView(props: ViewProps<OtherViewKind>) {
  const { object } = props;
  useLive(useMemo(() => [object], [object]));
  return <Suspense fallback={<ListSkeleton />}>{formOf(props)}</Suspense>;
}
