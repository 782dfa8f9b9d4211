/** What waits for approval, in words: who decides, and that nothing has changed until then. */
import { get, type Waits } from "../api/http";
import type { RecordData } from "../api/types";
import { t } from "../messages/t";

export const APPROVALS = "core/approvals";

/** The roles that decide, as people call them. */
export function whoDecides(approval: RecordData): string {
  const roles = Array.isArray(approval.approvers) ? approval.approvers.map(String) : [];
  return roles.map((role) => role.replaceAll("_", " ")).join(", ");
}

export async function waitingWords(waits: Waits): Promise<string> {
  try {
    const who = whoDecides(await get<RecordData>(`${APPROVALS}/${waits.approval}`));
    return who ? t("waits.for", { who }) : t("waits");
  } catch {
    return t("waits");
  }
}
