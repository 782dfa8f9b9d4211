/** What a table shows line by line, whether it is grouped or not. */
import type { Json, RecordData } from "../../../api/types";

export interface GroupInfo {
  key: string;
  /** What the records of the group have in the field. */
  value: Json;
  count: number;
  /** Sums by field. */
  sums: Record<string, Json>;
  /** The condition that the records of the group meet. */
  filter: string;
  open: boolean;
}

export type Item =
  | { kind: "row"; record: RecordData }
  | { kind: "group"; group: GroupInfo }
  /** A row that is on its way. */
  | { kind: "blank" }
  /** The rest of a group. */
  | { kind: "more"; group: GroupInfo; shown: number };

/** Lines by their place; those that are far away need not be there. */
export interface RowSource {
  count: number;
  at: (index: number) => Item | undefined;
  /** Says which lines are in sight, so that they are fetched. */
  see: (first: number, last: number) => void;
  /** The records that are here. */
  loaded: RecordData[];
}
