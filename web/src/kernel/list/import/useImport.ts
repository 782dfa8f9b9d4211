/** Runs an import in the background and follows it, until it is done or somebody has seen enough. */
import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { beginImport } from "../../../api/commands";
import { get } from "../../../api/http";
import type {
  ImportReply,
  InspectionMapping,
  Json,
  ListReply,
  MetaObject,
  RecordData,
} from "../../../api/types";
import { upload } from "../../fields/upload";
import { fieldOf, fullNameOf } from "../../meta";
import type { Reject } from "./RejectTable";

const LOOK_MS = 400;
/** Refused rows that can be mended here; all of them are in the file. */
const MENDED_MOST = 100;

export interface Outcome {
  /** The run, which is the import's id as well. */
  run: string;
  created: number;
  updated: number;
  rejected: number;
  rejects: Reject[];
  failed: string | null;
}

export interface Running {
  /** Of a hundred; null while nobody knows. */
  percent: number | null;
  rows: number;
  /** The file is still on its way. */
  sending: boolean;
  outcome: Outcome | null;
  error: unknown;
}

/** A kept reason names the field first: "email is not an e-mail address". */
function reasonOf(object: MetaObject, reason: string) {
  const [field = "", ...words] = reason.split(" ");
  const named = fieldOf(object, field.split(".")[0] ?? "") !== undefined;
  return { field: named ? field : "", rule: "import", message: named ? words.join(" ") : reason };
}

async function rejectsOf(object: MetaObject, id: string): Promise<Reject[]> {
  const filter = `source == ${JSON.stringify(id)}`;
  const page = await get<ListReply>("core/import-rejects", { filter, sort: "row", limit: MENDED_MOST });
  return page.data.map((record) => ({
    row: Number(record.row),
    errors: [reasonOf(object, String(record.reason))],
    data: (record.data ?? {}) as Record<string, Json>,
  }));
}

export const outcomeOf = (reply: ImportReply): Outcome => ({
  run: reply.run,
  created: reply.created,
  updated: reply.updated,
  rejected: reply.rejected_count,
  rejects: reply.rejected.slice(0, MENDED_MOST),
  failed: null,
});

/** Starts when it is mounted, once. */
export function useImport(object: MetaObject, file: File, mapping: InspectionMapping): Running {
  const [id, setId] = useState<string | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [sent, setSent] = useState(0);
  const begun = useRef(false);

  const start = useCallback(async () => {
    const uploaded = await upload(file, setSent).done;
    const { data } = await beginImport(fullNameOf(object), uploaded, mapping);
    setId(data.id);
  }, [object, file, mapping]);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    start().catch(setError);
  }, [start]);

  const followed = useQuery({
    queryKey: ["import", id],
    queryFn: async () => {
      const record = await get<RecordData>(`core/imports/${id}`);
      const job = record.job
        ? await get<RecordData>(`core/jobs/${String(record.job)}`).catch(() => null)
        : null;
      return { record, percent: job ? Number(job.progress) : null };
    },
    enabled: id !== null && outcome === null,
    refetchInterval: outcome ? false : LOOK_MS,
    gcTime: 0,
  });
  const record = followed.data?.record;
  useEffect(() => {
    if (!id || !record || record.state === "running") return;
    const done = async () => {
      const rejected = Number(record.rejected);
      setOutcome({
        run: id,
        created: Number(record.created),
        updated: Number(record.updated),
        rejected,
        rejects: rejected > 0 ? await rejectsOf(object, id) : [],
        failed: typeof record.error === "string" ? record.error : null,
      });
    };
    done().catch(setError);
  }, [object, id, record]);
  return {
    percent: id ? (followed.data?.percent ?? null) : sent,
    sending: id === null,
    rows: Number(record?.position ?? 0),
    outcome,
    error: error ?? followed.error,
  };
}
