/** A checkbox in the margin before a row; it shows when it is near, focused or in use. */
import classes from "./Table.module.css";

interface Props {
  label: string;
  checked: boolean;
  /** Within the grid keys reach it by `x`; the one in the heading is reached by Tab. */
  inHead?: boolean;
  onToggle: (extend: boolean) => void;
}

export function Pick({ label, checked, inHead, onToggle }: Props) {
  return (
    <label className={classes.pick}>
      <input
        type="checkbox"
        aria-label={label}
        checked={checked}
        tabIndex={inHead ? 0 : -1}
        onChange={(event) => onToggle((event.nativeEvent as PointerEvent).shiftKey === true)}
      />
    </label>
  );
}
