/** From the end of what must be done before to the beginning of what comes after it. */
import { useResizeObserver } from "@mantine/hooks";
import type { Dated } from "../useDated";
import { placeOf, type Scale } from "./scale";
import type { TimeRow } from "./TimeBoard";
import classes from "./Timeline.module.css";

interface Props {
  /** In the order of the rows. */
  bars: Dated[];
  /** The field that lists what must be done before. */
  after: string;
  scale: Scale;
  rows: TimeRow[];
}

/** How far an arrow goes before it turns. */
const TURN_PX = 8;

export function Arrows({ bars, after, scale, rows }: Props) {
  const [ref, { width, height }] = useResizeObserver<HTMLDivElement>();
  const middles = rows.map(
    (row, at) => rows.slice(0, at).reduce((sum, one) => sum + one.height, 0) + row.height / 2,
  );
  const at = new Map(bars.map((bar, row) => [bar.record.id, row]));
  const paths = bars.flatMap((bar, to) => {
    const before = bar.record[after];
    const end = placeOf(scale, bar);
    if (!Array.isArray(before) || !end) return [];
    return before.flatMap((one) => {
      const id = typeof one === "object" && one !== null && !Array.isArray(one) ? one.id : one;
      const from = at.get(id ?? null);
      const source = from === undefined ? undefined : bars[from];
      const start = source && placeOf(scale, source);
      if (from === undefined || !source || !start) return [];
      const [x1, y1] = [((start.left + start.width) / 100) * width, middles[from] ?? 0];
      const [x2, y2] = [(end.left / 100) * width, middles[to] ?? 0];
      const turn = x2 - x1 > 2 * TURN_PX ? x2 - TURN_PX : x1 + TURN_PX;
      const half = y2 > y1 ? y2 - 18 : y2 + 18;
      const path =
        turn <= x2 - TURN_PX
          ? `M${x1},${y1} H${turn} V${y2} H${x2 - 1}`
          : `M${x1},${y1} H${turn} V${half} H${x2 - TURN_PX} V${y2} H${x2 - 1}`;
      return [
        { key: `${String(source.record.id)} ${String(bar.record.id)}`, path, late: source.end >= bar.start },
      ];
    });
  });
  return (
    <div ref={ref} className={classes.arrows} aria-hidden>
      <svg width={width} height={height} role="presentation">
        <defs>
          <marker
            id="nx-arrow"
            viewBox="0 0 6 6"
            refX="5"
            refY="3"
            markerWidth="6"
            markerHeight="6"
            orient="auto"
          >
            <path d="M0,0 L6,3 L0,6 z" fill="context-stroke" />
          </marker>
        </defs>
        {height > 0 &&
          paths.map(({ key, path, late }) => (
            <path key={key} d={path} data-late={late || undefined} markerEnd="url(#nx-arrow)" />
          ))}
      </svg>
    </div>
  );
}
