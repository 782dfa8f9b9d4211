/** The views of a list: those that are declared, then those that people keep. */
import { IconLock, IconUsers, IconWorld } from "@tabler/icons-react";
import { useEffect } from "react";
import { t } from "../../../messages/t";
import { ahead } from "../../../ui/ahead";
import { fetchView } from "../../views/OtherView";
import type { Scope } from "../savedViews";
import type { ListState } from "../useListState";
import type { ListView } from "../views";
import classes from "./Bar.module.css";

const WHOSE: Record<Scope, typeof IconLock> = {
  personal: IconLock,
  team: IconUsers,
  role: IconUsers,
  everyone: IconWorld,
};

export function ViewTabs({ state }: { state: ListState }) {
  const kinds = [...new Set(state.tabs.map((tab) => tab.view.kind))].join();
  useEffect(() => {
    for (const kind of kinds.split(",") as ListView["kind"][]) ahead(() => fetchView(kind));
  }, [kinds]);
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
            onPointerEnter={() => fetchView(tab.view.kind)}
            onFocus={() => fetchView(tab.view.kind)}
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
