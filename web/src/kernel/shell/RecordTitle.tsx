/** What a record is called, asked for by its id together with others. */
import { useQuery } from "@tanstack/react-query";
import type { MetaObject } from "../../api/types";
import { t } from "../../messages/t";
import { titleQuery } from "../titles";

export function RecordTitle({ object, id }: { object: MetaObject; id: string }) {
  const title = useQuery(titleQuery(object, id));
  return title.isPending ? "…" : (title.data ?? t("link.hidden"));
}
