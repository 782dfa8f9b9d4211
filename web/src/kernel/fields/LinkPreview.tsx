/** A record in brief, beside the link that leads to it. */
import { Portal, Skeleton } from "@mantine/core";
import { useWindowEvent } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useLayoutEffect, useRef, useState } from "react";
import { recordQuery } from "../../api/queries";
import type { MetaField, MetaObject, RecordData } from "../../api/types";
import { t } from "../../messages/t";
import { Icon } from "../../ui/Icon";
import { StateBadge, toneOf } from "../../ui/StateBadge";
import { choicesOf, expandOf, fieldOf, titleOf, viewOf } from "../meta";
import classes from "./LinkPreview.module.css";
import { Value } from "./Value";

interface Props {
  object: MetaObject;
  id: string;
  anchor: DOMRect;
  onEnter: () => void;
  onLeave: () => void;
  onClose: () => void;
}

const SHOWN = 6;
const GAP_PX = 6;

/** The fields of the object's first list that have something to say. */
function shownOf(object: MetaObject, record: RecordData): MetaField[] {
  const names =
    viewOf(object, "table")?.columns ?? object.fields.filter((one) => one.in_list).map((one) => one.name);
  return names
    .filter((name) => name !== object.title && name !== object.states?.field)
    .map((name) => fieldOf(object, name))
    .filter((field) => field !== undefined)
    .filter((field) => {
      const value = record[field.name];
      return (
        value !== null && value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0)
      );
    })
    .slice(0, SHOWN);
}

export function LinkPreview({ object, id, anchor, onEnter, onLeave, onClose }: Props) {
  const record = useQuery(recordQuery(object.path, id, expandOf(object)));
  const card = useRef<HTMLElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null);
  // Below the link, or above it where there is no room.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what came makes the card taller
  useLayoutEffect(() => {
    if (!card.current) return;
    const { width, height } = card.current.getBoundingClientRect();
    const below = anchor.bottom + GAP_PX;
    const top = below + height > window.innerHeight ? anchor.top - height - GAP_PX : below;
    setPlace({ left: Math.min(anchor.left, window.innerWidth - width - GAP_PX), top: Math.max(GAP_PX, top) });
  }, [anchor, record.data]);
  useWindowEvent(
    "keydown",
    (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      onClose();
    },
    { capture: true },
  );
  useWindowEvent("scroll", onClose, { capture: true });
  if (record.isError) return null;
  const { states } = object;
  const stateField = states && fieldOf(object, states.field);
  const state = states && record.data?.[states.field];
  const label = stateField && choicesOf(object, stateField).find((choice) => choice.value === state)?.label;
  return (
    <Portal>
      <section
        ref={card}
        className={classes.card}
        style={place ?? { visibility: "hidden" }}
        aria-label={t("link.preview")}
        onPointerEnter={onEnter}
        onPointerLeave={onLeave}
      >
        {record.data ? (
          <>
            <header className={classes.head}>
              <Icon name={object.icon} size={16} />
              <strong className="truncate">{titleOf(object, record.data)}</strong>
              {label && <StateBadge label={label} tone={toneOf(String(state), states?.initial)} />}
            </header>
            <dl className={classes.fields}>
              {shownOf(object, record.data).map((field) => (
                <div key={field.name}>
                  <dt>{field.label}</dt>
                  <dd>
                    <Value field={field} value={record.data[field.name]} object={object} />
                  </dd>
                </div>
              ))}
            </dl>
          </>
        ) : (
          <Skeleton h={72} aria-label={t("loading")} />
        )}
      </section>
    </Portal>
  );
}
