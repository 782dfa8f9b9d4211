/** What a calendar says of a record: its title, and where there is room what the view's card names. */
import type { MetaField, MetaObject, RecordData } from "../../../api/types";
import tones from "../../../ui/Badge.module.css";
import { toneOf } from "../../../ui/StateBadge";
import { Value } from "../../fields/Value";
import { fieldOf, titleOf } from "../../meta";
import classes from "./Calendar.module.css";

interface Props {
  object: MetaObject;
  card: string[];
  record: RecordData;
  time: string;
  full: boolean;
}

export function EventLines({ object, card, record, time, full }: Props) {
  const state = object.states?.list.find((one) => one.value === record[object.states?.field ?? ""]);
  const fields = card
    .map((name) => fieldOf(object, name))
    .filter((field): field is MetaField => field !== undefined && field.name !== object.title);
  return (
    <span className={`${classes.event} ${state ? tones[toneOf(state.value, object.states?.initial)] : ""}`}>
      <span className={classes.name}>
        {time && <span className={classes.time}>{time} </span>}
        {titleOf(object, record)}
        {state && <span className="sr-only">, {state.label}</span>}
      </span>
      {full &&
        fields.map((field) => (
          <span key={field.name} className={classes.line}>
            <Value field={field} object={object} value={record[field.name]} />
          </span>
        ))}
    </span>
  );
}
