/** A dashboard that somebody keeps, with what its tiles say now to whoever looks. */
import { useQuery } from "@tanstack/react-query";
import { shownQuery } from "../../api/queries";
import { explain } from "../../kernel/changes";
import { Dashboard } from "../../kernel/report/Dashboard";
import { t } from "../../messages/t";
import { EmptyState } from "../../ui/EmptyState";

export function Shown({ path, id }: { path: string; id: string }) {
  const shown = useQuery(shownQuery(path, id));
  if (shown.isError) return <EmptyState title={t("report.failed")} text={explain(shown.error)} />;
  return shown.data ? <Dashboard tiles={shown.data.tiles} /> : null;
}
