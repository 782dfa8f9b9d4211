/** Running changes: refreshes what is on screen, tells what happened, offers undo. */
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { undoRun } from "../api/commands";
import { Problem } from "../api/http";
import { metaQuery } from "../api/queries";
import { t } from "../messages/t";
import { toast, toastError } from "../ui/toast";

export function refresh(client: QueryClient): Promise<void> {
  void client.invalidateQueries({ queryKey: ["titles"] });
  return client.invalidateQueries({ queryKey: ["records"] });
}

/** Companies, people and rights are what the metadata tells of: it is asked for again after they change. */
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
  /** Says that a change was made; `run` adds Undo. */
  done: (message: string, run: string | null) => Promise<void>;
  /** Takes a run back, and says so. */
  undo: (run: string) => Promise<void>;
  failed: (error: unknown) => void;
  refresh: () => Promise<void>;
}

export function useChanges(): Changes {
  const client = useQueryClient();
  const { app } = useParams({ strict: false });
  return useMemo(() => {
    const reload = () => {
      if (app === SETTINGS) void client.invalidateQueries(metaQuery);
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
    return {
      undo,
      done: async (message, run) => {
        toast({ message, onUndo: run ? () => void undo(run) : undefined });
        await reload();
      },
      failed: (error) => toastError(explain(error)),
      refresh: reload,
    };
  }, [client, app]);
}
