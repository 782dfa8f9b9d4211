/** Versions of records as changes made them, for the time until the page has them anew. */
import { useMemo } from "react";
import type { Json, RecordData } from "../api/types";

export interface Versions {
  /** The version that a change of `record` stands on. */
  of: (record: RecordData) => Json;
  note: (changed: RecordData) => void;
}

export function useVersions(): Versions {
  return useMemo(() => {
    const made = new Map<string, number>();
    return {
      of: (record) => Math.max(Number(record.version), made.get(String(record.id)) ?? 0),
      note: (changed) => void made.set(String(changed.id), Number(changed.version)),
    };
  }, []);
}
