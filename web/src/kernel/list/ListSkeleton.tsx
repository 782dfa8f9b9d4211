/** Rows in the shape of a list while it loads. */
import { Skeleton } from "@mantine/core";
import { t } from "../../messages/t";
import classes from "./List.module.css";

const ROWS = ["a", "b", "c", "d", "e", "f", "g", "h"];

export function ListSkeleton() {
  return (
    <div className={classes.skeleton} aria-busy="true">
      <span className="sr-only" role="status">
        {t("loading")}
      </span>
      {ROWS.map((row) => (
        <div key={row} className={classes.skeletonRow}>
          <Skeleton h={12} w="32%" />
          <Skeleton h={12} w="18%" />
          <Skeleton h={12} w="12%" />
        </div>
      ))}
    </div>
  );
}
