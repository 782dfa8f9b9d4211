/** A state as a word with a coloured dot. */
import classes from "./Badge.module.css";

export type Tone = "neutral" | "progress" | "waiting" | "good" | "bad";

const GOOD =
  /^(won|paid|posted|done|converted|accepted|active|confirmed|approved|closed_won|completed|delivered|open_won)$/;
const BAD = /^(lost|cancell?ed|rejected|void|overdue|failed|refused|reversed|expired|closed_lost|blocked)$/;
const WAITING = /^(sent|waiting|pending|partial|partially_paid|on_hold|proposal|negotiation)$/;

/** The tone that a state's name suggests; the word always stands beside it. */
export function toneOf(value: string, initial?: string): Tone {
  if (GOOD.test(value)) return "good";
  if (BAD.test(value)) return "bad";
  if (WAITING.test(value)) return "waiting";
  if (value === initial || value === "draft" || value === "new") return "neutral";
  return "progress";
}

export function StateBadge({ label, tone }: { label: string; tone: Tone }) {
  return (
    <span className={`${classes.badge} ${classes[tone]}`}>
      <span className="truncate">{label}</span>
    </span>
  );
}
