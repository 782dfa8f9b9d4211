/** The way to the record before and after this one, in the order of the list that it was opened from. */
import { ActionIcon, Tooltip } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { COUNT_CAP } from "../../api/queries";
import type { MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { isOverlayOpen } from "../../ui/overlay";
import { recordAddress } from "../addresses";
import classes from "./RecordPage.module.css";
import { useNeighbours } from "./trail";

export function Neighbours({ object, id }: { object: MetaObject; id: string }) {
  const navigate = useNavigate();
  const found = useNeighbours(object.path, id);
  const go = (to: string | null | undefined) => {
    // What else the address says, such as the panel that is open, stays.
    if (to && !isOverlayOpen()) void navigate({ to: recordAddress(object.path, to), search: true as never });
  };
  useHotkeys([
    ["j", () => go(found?.next)],
    ["k", () => go(found?.previous)],
  ]);
  if (!found) return null;
  const { place, count, previous, next } = found;
  return (
    <nav className={classes.neighbours} aria-label={t("neighbours")}>
      {count !== null && (
        <span className="quiet num">
          {t("neighbours.place", { place, count: count >= COUNT_CAP ? `${COUNT_CAP}+` : count })}
        </span>
      )}
      <Tooltip label={`${t("neighbours.previous")} (K)`}>
        <ActionIcon
          aria-label={t("neighbours.previous")}
          data-disabled={previous === null || undefined}
          aria-disabled={previous === null}
          onClick={() => go(previous)}
        >
          <IconChevronUp size={18} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={`${t("neighbours.next")} (J)`}>
        <ActionIcon
          aria-label={t("neighbours.next")}
          data-disabled={next === null || undefined}
          aria-disabled={next === null}
          onClick={() => go(next)}
        >
          <IconChevronDown size={18} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
    </nav>
  );
}
