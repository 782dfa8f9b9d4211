/** Records in another form than a table; each form is fetched when it is first seen. */
import { lazy, Suspense, useMemo } from "react";
import { ListSkeleton } from "../list/ListSkeleton";
import type { OtherViewKind } from "../list/views";
import { useLive } from "../live";
import type { ViewProps } from "./props";

const KanbanBoard = lazy(() => import("../kanban/KanbanBoard").then((it) => ({ default: it.KanbanBoard })));
const CalendarView = lazy(() =>
  import("./calendar/CalendarView").then((it) => ({ default: it.CalendarView })),
);
const TimelineView = lazy(() =>
  import("./timeline/TimelineView").then((it) => ({ default: it.TimelineView })),
);
const GanttView = lazy(() => import("./timeline/GanttView").then((it) => ({ default: it.GanttView })));
const GalleryView = lazy(() => import("./gallery/GalleryView").then((it) => ({ default: it.GalleryView })));
const PivotView = lazy(() => import("./figures/PivotView").then((it) => ({ default: it.PivotView })));
const ChartView = lazy(() => import("./figures/ChartView").then((it) => ({ default: it.ChartView })));
const MapView = lazy(() => import("./map/MapView").then((it) => ({ default: it.MapView })));

function formOf({ view, ...rest }: ViewProps<OtherViewKind>) {
  switch (view.kind) {
    case "kanban":
      return <KanbanBoard view={view} {...rest} />;
    case "calendar":
      return <CalendarView view={view} {...rest} />;
    case "timeline":
      return <TimelineView view={view} {...rest} />;
    case "gantt":
      return <GanttView view={view} {...rest} />;
    case "gallery":
      return <GalleryView view={view} {...rest} />;
    case "pivot":
      return <PivotView view={view} {...rest} />;
    case "chart":
      return <ChartView view={view} {...rest} />;
    case "map":
      return <MapView view={view} {...rest} />;
  }
}

export function OtherView(props: ViewProps<OtherViewKind>) {
  const { object } = props;
  useLive(useMemo(() => [object], [object]));
  return <Suspense fallback={<ListSkeleton />}>{formOf(props)}</Suspense>;
}
