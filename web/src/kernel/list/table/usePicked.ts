/** The rows that are picked, one by one, by range, or all that the list has. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { MetaObject, RecordData } from "../../../api/types";
import { can } from "../../meta";
import type { Asked } from "./rowCache";
import type { RowSource } from "./rows";

export interface Picked {
  pickable: boolean;
  count: number;
  /** All that are here are picked. */
  whole: boolean;
  /** All that the list has are meant, whether they are here or not. */
  everything: boolean;
  rows: RecordData[];
  has: (id: string) => boolean;
  toggle: (index: number, extend: boolean) => void;
  toggleAll: () => void;
  takeEverything: () => void;
  clear: () => void;
}

const NONE: ReadonlySet<string> = new Set();

export function usePicked(object: MetaObject, source: RowSource, asked: Asked): Picked {
  const [ids, setIds] = useState<ReadonlySet<string>>(NONE);
  const [everything, setEverything] = useState(false);
  const anchor = useRef<number | null>(null);
  const { loaded } = source;
  const clear = useCallback(() => {
    setIds(NONE);
    setEverything(false);
    anchor.current = null;
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was picked belongs to the list that it was picked from
  useEffect(clear, [asked.where, asked.q]);
  const rows = useMemo(() => loaded.filter((row) => ids.has(String(row.id))), [loaded, ids]);
  const idAt = (index: number): string | null => {
    const item = source.at(index);
    return item?.kind === "row" ? String(item.record.id) : null;
  };
  return {
    pickable: can(object, "update") || can(object, "delete"),
    count: rows.length,
    whole: rows.length === loaded.length,
    everything,
    rows,
    has: (id) => ids.has(id),
    toggle: (index, extend) => {
      const id = idAt(index);
      if (!id) return;
      const from = extend && anchor.current !== null ? anchor.current : index;
      anchor.current = index;
      setEverything(false);
      setIds((before) => {
        const next = new Set(before);
        const adds = from !== index || !before.has(id);
        for (let at = Math.min(from, index); at <= Math.max(from, index); at += 1) {
          const one = idAt(at);
          if (one && adds) next.add(one);
          else if (one) next.delete(one);
        }
        return next;
      });
    },
    toggleAll: () => {
      setEverything(false);
      setIds(rows.length === loaded.length ? NONE : new Set(loaded.map((row) => String(row.id))));
    },
    takeEverything: () => setEverything(true),
    clear,
  };
}
