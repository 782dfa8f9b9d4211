/** Above a list: its views, the search, the filter, and how it looks. */
import type { MetaObject } from "../../../api/types";
import { t } from "../../../messages/t";
import type { ListState } from "../useListState";
import classes from "./Bar.module.css";
import { DisplayMenu } from "./DisplayMenu";
import { FilterChips } from "./FilterChips";
import { QuickSearch } from "./QuickSearch";
import { ViewMenu } from "./ViewMenu";
import { ViewTabs } from "./ViewTabs";

interface Props {
  object: MetaObject;
  state: ListState;
  /** It is drawn as a table, which has columns and groups. */
  table: boolean;
}

export function ListBar({ object, state, table }: Props) {
  return (
    <search className={classes.bar} aria-label={t("filter.bar")}>
      <ViewTabs state={state} />
      <QuickSearch object={object} />
      <FilterChips object={object} filter={state.filter} onFilter={state.setFilter} />
      <span className={classes.end}>
        {table && <DisplayMenu object={object} state={state} />}
        <ViewMenu object={object} state={state} />
      </span>
    </search>
  );
}
