/** Where the axis of a chart is marked: at round numbers, from below the least figure to above the most. */

/** Marks that are aimed at; there may be one more or less. */
const MARKS = 5;
const ROUND = [1, 2, 2.5, 5, 10];

export function ticksOf(figures: number[]): number[] {
  // What is counted has no halves.
  const whole = figures.every(Number.isInteger);
  const [low, high] = [Math.min(0, ...figures), Math.max(0, ...figures)];
  const least = (high - low) / MARKS || 1;
  const power = 10 ** Math.floor(Math.log10(least));
  const round = (ROUND.find((one) => one * power >= least * 0.999) ?? 10) * power;
  const step = whole ? Math.max(1, Math.ceil(round)) : round;
  const first = Math.floor(low / step);
  const last = Math.max(first + 1, Math.ceil(high / step));
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)));
}
