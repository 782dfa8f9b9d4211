/** A chart over an object's figures, as a view or a tile asks for it. */
import type { JsonObject, MetaObject } from "../../api/types";
import { COUNT, type Group, groupOf, inOrder, measureOf } from "./ask";
import type { Axis, Drawing } from "./drawn";
import { useWords } from "./useWords";

export interface ChartAsk {
  kind: Drawing["kind"];
  /** What is told apart: along the axis, and beside each other. */
  by: string[];
  measure: string;
}

export function useDrawing(object: MetaObject, ask: ChartAsk, rows: JsonObject[]): Drawing {
  const [x = "", beside] = ask.by;
  const groups = ask.by.map((group) => groupOf(object, group));
  const words = useWords(groups, rows);
  const measure = measureOf(object, ask.measure);
  const axis = (group: Group): Axis => ({
    key: group.name,
    words: (value) => words(group, value),
    order: inOrder(group),
  });
  return {
    kind: ask.kind,
    x: axis(groupOf(object, x)),
    series: beside ? axis(groupOf(object, beside)) : null,
    y: ask.measure || COUNT,
    heading: measure.label,
    money: measure.type === "money",
  };
}
