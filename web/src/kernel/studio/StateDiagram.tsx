/** States in a row and the ways between them as arcs: onwards above, back below. The list beside it says the same. */
import type { MetaState } from "../../api/types";
import classes from "./Studio.module.css";

const WIDTH = 152;
const BOX = 124;
const HIGH = 28;
/** How high an arc rises for each state that it passes. */
const RISE = 18;

interface Arc {
  from: number;
  to: number;
}

const arcsOf = (states: MetaState[]): Arc[] =>
  states.flatMap((state, from) =>
    state.to
      .map((value) => ({ from, to: states.findIndex((one) => one.value === value) }))
      .filter(({ to }) => to >= 0 && to !== from),
  );

const heightOf = (arcs: Arc[]): number =>
  RISE * Math.max(0, ...arcs.map(({ from, to }) => Math.abs(to - from))) + 8;

/** Arcs leave a little to the right of the middle and arrive a little to the left, so that they can be told apart. */
function pathOf({ from, to }: Arc, top: number): string {
  const onwards = to > from;
  const side = onwards ? 10 : -10;
  const start = from * WIDTH + BOX / 2 + side;
  const end = to * WIDTH + BOX / 2 - side;
  const edge = onwards ? top : top + HIGH;
  const bend = edge + (onwards ? -1 : 1) * RISE * Math.abs(to - from) * 1.3;
  const tip = onwards ? edge - 1 : edge + 1;
  return `M${start} ${edge} C${start} ${bend} ${end} ${bend} ${end} ${tip}`;
}

export function StateDiagram({ states }: { states: MetaState[] }) {
  const arcs = arcsOf(states);
  const top = heightOf(arcs.filter((arc) => arc.to > arc.from));
  const below = heightOf(arcs.filter((arc) => arc.to < arc.from));
  const width = (states.length - 1) * WIDTH + BOX;
  return (
    <div className={classes.diagram} aria-hidden>
      <svg width={width + 2} height={top + HIGH + below} viewBox={`-1 0 ${width + 2} ${top + HIGH + below}`}>
        <title>–</title>
        <defs>
          <marker
            id="studio-tip"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto"
          >
            <path d="M0 0 8 4 0 8z" className={classes.tip} />
          </marker>
        </defs>
        {arcs.map((arc) => (
          <path
            key={`${arc.from}-${arc.to}`}
            d={pathOf(arc, top)}
            className={classes.arc}
            markerEnd="url(#studio-tip)"
          />
        ))}
        {states.map((state, at) => (
          <foreignObject key={state.value} x={at * WIDTH} y={top} width={BOX} height={HIGH}>
            <div className={classes.node}>{state.label}</div>
          </foreignObject>
        ))}
      </svg>
    </div>
  );
}
