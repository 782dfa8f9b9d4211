/** Keeps a list true while others work on it, without moving what somebody looks at. */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type ServerEvent, useEvents } from "../../../api/events";
import type { MetaObject, RecordData } from "../../../api/types";
import { fullNameOf } from "../../meta";
import { type Asked, changeRows, freshRows } from "./rowCache";

/** More rows than this that are not here yet are not asked for one by one. */
const MOST_NEW = 50;
/** A row that changed is marked for so long. */
const MARK_MS = 2_000;
const NOBODY: ReadonlySet<string> = new Set();

interface Options {
  object: MetaObject;
  asked: Asked;
  loaded: RecordData[];
  /** Sums stand beside the rows, so that any change is one of the whole. */
  whole: boolean;
  /** Nobody is in the middle of something: what is new may come in by itself. */
  idle: () => boolean;
  /** Fetches the list from its beginning. */
  restart: () => void;
}

export interface Live {
  /** How many rows came that are not shown yet; -1 for many. */
  waiting: number;
  /** Rows that somebody has just changed. */
  marked: ReadonlySet<string>;
  show: () => void;
}

export function useLive({ object, asked, loaded, whole, idle, restart }: Options): Live {
  const client = useQueryClient();
  const [waiting, setWaiting] = useState<ReadonlySet<string>>(NOBODY);
  const [many, setMany] = useState(false);
  const [marked, setMarked] = useState<ReadonlySet<string>>(NOBODY);
  const ids = useMemo(() => new Set(loaded.map((row) => String(row.id))), [loaded]);
  const timer = useRef(0);
  useEffect(() => () => window.clearTimeout(timer.current), []);

  const forget = useCallback(() => {
    setWaiting(NOBODY);
    setMany(false);
  }, []);
  const { where, q } = asked;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list waits for other rows
  useEffect(forget, [object, where, q]);

  const hear = async (events: ServerEvent[]) => {
    if (whole) {
      restart();
      return;
    }
    const all = [...new Set(events.map((event) => event.record))];
    const others = all.filter((id) => !ids.has(id));
    const flood = others.length > MOST_NEW;
    if (flood && events.some(({ verb }) => verb === "create" || verb === "restore")) {
      if (idle()) restart();
      else setMany(true);
    }
    const touched = flood ? all.filter((id) => ids.has(id)) : all;
    const fresh = await freshRows(object.path, touched, asked);
    const changed = new Set<string>();
    changeRows(client, object.path, (record) => {
      const id = String(record.id);
      if (!touched.includes(id)) return record;
      const now = fresh.get(id);
      if (now && now.version !== record.version) changed.add(id);
      if (now) return now.version === record.version ? record : now;
      return null;
    });
    const news = [...fresh.keys()].filter((id) => !ids.has(id));
    if (news.length > 0 && idle()) restart();
    else if (news.length > 0) setWaiting((before) => new Set([...before, ...news]));
    if (changed.size === 0) return;
    setMarked(changed);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setMarked(NOBODY), MARK_MS);
  };
  useEvents(fullNameOf(object), (events) => {
    // What cannot be asked for now is there when the list is asked for again.
    hear(events).catch(() => setMany(true));
  });
  const missing = useMemo(() => [...waiting].filter((id) => !ids.has(id)).length, [waiting, ids]);
  return {
    waiting: many ? -1 : missing,
    marked,
    show: () => {
      forget();
      restart();
    },
  };
}
