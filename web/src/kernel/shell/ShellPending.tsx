/** The shape of the shell while the metadata loads. */
import { Skeleton } from "@mantine/core";
import { t } from "../../messages/t";
import classes from "./Shell.module.css";

export function ShellPending() {
  return (
    <div className={classes.shell} aria-busy="true">
      <span className="sr-only" role="status">
        {t("loading")}
      </span>
      <div className={classes.nav}>
        {[140, 110, 120, 100, 130].map((width) => (
          <Skeleton key={width} h={16} w={width} my={10} mx={12} />
        ))}
      </div>
      <main className={classes.main}>
        <Skeleton h={24} w={200} m={24} />
      </main>
    </div>
  );
}
