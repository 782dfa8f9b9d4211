/** A change of a manifest is asked for twice: what it would do, and then that it is done. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { previewAction, runAction } from "../../api/commands";
import { Problem } from "../../api/http";
import { metaQuery } from "../../api/queries";
import type { JsonObject } from "../../api/types";
import { explain, useChanges } from "../changes";
import { type Refusal, refusalsOf } from "./refusal";

const ACTION = "actions/core.customise";

export interface Change {
  object: string;
  set: JsonObject;
}

const bodyOf = ({ object, set }: Change): JsonObject => ({ object, set });

export function useReview(onDone: () => void, done: string) {
  const client = useQueryClient();
  const changes = useChanges();
  const [refusals, setRefusals] = useState<Refusal[]>([]);
  const refused = (error: unknown) =>
    setRefusals(refusalsOf(error instanceof Problem ? error.errors : [], explain(error)));
  /** The text that would stand. */
  const ask = useMutation({
    mutationFn: async (change: Change) => {
      const { data } = await previewAction(ACTION, bodyOf(change));
      const output = data.output as { manifest?: string } | null;
      return { of: JSON.stringify(change), text: output?.manifest ?? "" };
    },
    onMutate: () => setRefusals([]),
    onError: refused,
  });
  const apply = useMutation({
    mutationFn: (change: Change) => runAction(ACTION, bodyOf(change)),
    onSuccess: async ({ run }) => {
      // The page shows what is in force now, before it says so.
      await client.invalidateQueries(metaQuery);
      onDone();
      await changes.done(done, run);
    },
    onError: refused,
  });
  return { ask, apply, refusals, forget: () => setRefusals([]) };
}
