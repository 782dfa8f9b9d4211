/** What stands in the place of a view that has nothing to show: that it is on its way, that it failed, that it is empty. */
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { t } from "../../messages/t";
import { EmptyState } from "../../ui/EmptyState";
import { useDelayed } from "../../ui/useDelayed";
import { explain } from "../changes";
import { ListSkeleton } from "../list/ListSkeleton";
import { usePageSearch } from "../useSearch";

interface Props {
  pending: boolean;
  error: Error | null;
  empty: boolean;
  onRetry: () => void;
  children: ReactNode;
}

export function ViewState({ pending, error, empty, onRetry, children }: Props) {
  const [search, setSearch] = usePageSearch();
  const waiting = useDelayed(pending);
  if (error) {
    return (
      <EmptyState title={t("list.failed")} text={explain(error)}>
        <Button variant="default" onClick={onRetry}>
          {t("retry")}
        </Button>
      </EmptyState>
    );
  }
  if (pending) return waiting ? <ListSkeleton /> : null;
  if (!empty) return children;
  const filtered = Boolean(search.filter || search.q);
  return (
    <EmptyState
      title={t(filtered ? "list.nomatch" : "figures.empty")}
      text={t(filtered ? "list.nomatch.text" : "figures.empty.text")}
    >
      {filtered && (
        <Button variant="default" onClick={() => setSearch({ filter: undefined, q: undefined })}>
          {t("filter.clear")}
        </Button>
      )}
    </EmptyState>
  );
}
