/** Running changes: refreshes what is on screen, tells what happened, offers undo. */
import { type Query, type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { undoRun } from "../api/commands";
import { Problem, Waits } from "../api/http";
import { metaQuery } from "../api/queries";
import { t } from "../messages/t";
import { toast, toastError } from "../ui/toast";
import { waitingWords } from "./waiting";

/** A list that somebody has gone far down is kept true by events, record by record, and not read anew. */
const LONG = 4;
const isLong = (query: Query): boolean => {
  const data = query.state.data as { pages?: unknown[] } | undefined;
  return (data?.pages?.length ?? 0) > LONG;
};

export function refresh(client: QueryClient): Promise<void> {
  void client.invalidateQueries({ queryKey: ["titles"] });
  return client.invalidateQueries({ queryKey: ["records"], predicate: (query) => !isLong(query) });
}

/** Runs from here, after which everything was read anew: the stream tells nothing new of them. */
const read = new Set<string>();
export const isRead = (run: string): boolean => read.has(run);

/** Companies, people, rights and manifests are what the metadata tells of: it is asked for again after they change. */
const SETTINGS = "core";

/** Words for an error that has no field to stand beside, as a sentence. */
export function explain(error: unknown): string {
  const words = wordsOf(error);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function wordsOf(error: unknown): string {
  if (error instanceof Problem) {
    if (error.status === 412) return t("conflict.text");
    if (error.errors.length > 0 && !error.message) return error.errors.map((one) => one.message).join(" ");
    return error.message;
  }
  return error instanceof Error ? error.message : String(error);
}

export interface Changes {
  /** Says that a change was made that the page shows already; `run` adds Undo. */
  tell: (message: string, run: string | null) => void;
  /** Says that a change was made, and reads anew what it may have changed. */
  done: (message: string, run: string | null) => Promise<void>;
  /** Takes a run back, and says so. */
  undo: (run: string) => Promise<void>;
  /** Says why nothing was changed, or for whom it waits. */
  failed: (error: unknown) => void;
  refresh: () => Promise<void>;
}

export function useChanges(): Changes {
  const client = useQueryClient();
  const { app } = useParams({ strict: false });
  return useMemo(() => {
    const reload = () => {
      // Outside of all apps, as in the Studio and among the runs, anything may have changed.
      if (!app || app === SETTINGS) void client.invalidateQueries(metaQuery);
      return refresh(client);
    };
    const undo = async (run: string) => {
      try {
        await undoRun(run);
        await reload();
        toast({ message: t("undone") });
      } catch (error) {
        toastError(explain(error));
      }
    };
    const tell = (message: string, run: string | null) =>
      toast({ message, onUndo: run ? () => void undo(run) : undefined });
    return {
      undo,
      tell,
      done: async (message, run) => {
        tell(message, run);
        if (run) read.add(run);
        await reload();
      },
      failed: (error) => {
        if (!(error instanceof Waits)) return toastError(explain(error));
        const { run } = error;
        void waitingWords(error).then((message) =>
          toast({ message, onUndo: run ? () => void undo(run) : undefined }),
        );
        void reload();
      },
      refresh: reload,
    };
  }, [client, app]);
}
