/** Keeps the page of a record as it is at the server: the record itself, and what people do around it. */
import { useQueryClient } from "@tanstack/react-query";
import { useEvents } from "../../api/events";
import type { MetaObject, RecordData } from "../../api/types";
import { useMeta } from "../meta";

export function useLive(object: MetaObject, record: RecordData, id: string | undefined): void {
  const meta = useMeta();
  const client = useQueryClient();
  useEvents(null, (events) => {
    if (!id) return;
    // What is changed here is fetched by whoever changes it.
    const others = events.filter((event) => event.user.id !== meta.user.id);
    const own = others.filter((event) => event.record === id && event.version !== record.version);
    if (own.length > 0) void client.invalidateQueries({ queryKey: ["records", object.path] });
    const around = new Set(others.map((event) => `${event.app}.${event.object}`));
    for (const app of meta.apps) {
      for (const other of app.objects) {
        if (!other.hangs_on || !around.has(`${app.name}.${other.name}`)) continue;
        void client.invalidateQueries({ queryKey: ["records", other.path, "about"] });
      }
    }
  });
}
