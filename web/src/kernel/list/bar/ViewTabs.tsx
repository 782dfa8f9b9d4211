/** The views of a list: those that are declared, then those that people keep. */
import { IconLock, IconUsers, IconWorld } from "@tabler/icons-react";
import { t } from "../../../messages/t";
import type { Scope } from "../savedViews";
import type { ListState } from "../useListState";
import classes from "./Bar.module.css";

const WHOSE: Record<Scope, typeof IconLock> = {
  personal: IconLock,
  team: IconUsers,
  role: IconUsers,
  everyone: IconWorld,
};

export function ViewTabs({ state }: { state: ListState }) {
  if (state.tabs.length < 2) return null;
  return (
    <fieldset className={classes.views} aria-label={t("views")}>
      {state.tabs.map((tab) => {
        const Whose = tab.saved && WHOSE[tab.saved.scope];
        return (
          <button
            key={tab.key}
            type="button"
            className={classes.view}
            aria-pressed={tab.key === state.tab.key}
            onClick={() => state.choose(tab)}
          >
            {tab.label}
            {Whose && tab.saved && (
              <Whose size={12} stroke={1.8} role="img" aria-label={t(`view.scope.${tab.saved.scope}`)} />
            )}
          </button>
        );
      })}
    </fieldset>
  );
}
