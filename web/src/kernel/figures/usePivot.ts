/** Asks the server for every figure of a pivot: each total is its own, none is added up here. */
import { useQueries } from "@tanstack/react-query";
import { aggregateQuery, type ListParams } from "../../api/queries";
import type { Json, JsonObject, MetaObject } from "../../api/types";
import { type Group, groupOf, inOrder } from "./ask";
import { type Cells, cellsOf, type Path, questionsOf } from "./pivot";
import { useWords, type WordsOf } from "./useWords";

export interface PivotAsk {
  rows: string[];
  columns: string[];
  measures: string[];
}

export interface Pivot {
  rows: Group[];
  columns: Group[];
  cells: Cells;
  words: WordsOf;
  /** The values below a path, as they stand beside each other. */
  below: (side: "rows" | "columns", path: Path) => Json[];
  /** The finest figures, as they were answered. */
  leaves: JsonObject[];
  pending: boolean;
  error: Error | null;
  retry: () => void;
}

export function usePivot(object: MetaObject, ask: PivotAsk, params: ListParams): Pivot {
  const questions = questionsOf(ask.rows, ask.columns);
  const measures = ask.measures.join(",");
  const answers = useQueries({
    queries: questions.map(({ rows, columns }) =>
      aggregateQuery(object.path, [...rows, ...columns].join(","), measures, params),
    ),
  });
  const told = questions.map((question, at) => ({ ...question, data: answers[at]?.data?.data ?? [] }));
  const cells = cellsOf(told, ask.measures);
  const rows = ask.rows.map((group) => groupOf(object, group));
  const columns = ask.columns.map((group) => groupOf(object, group));
  const words = useWords(
    [...rows, ...columns],
    told.flatMap((answer) => answer.data),
  );
  const failed = answers.find((answer) => answer.isError);
  return {
    rows,
    columns,
    cells,
    words,
    below: (side, path) => {
      const group = (side === "rows" ? rows : columns)[path.length];
      if (!group) return [];
      return cells
        .below(side, path)
        .map((value) => ({ value, words: words(group, value) }))
        .sort(inOrder(group))
        .map(({ value }) => value);
    },
    leaves: told[told.length - 1]?.data ?? [],
    pending: answers.some((answer) => answer.isPending),
    error: failed?.error ?? null,
    retry: () => {
      for (const answer of answers) if (answer.isError) void answer.refetch();
    },
  };
}
