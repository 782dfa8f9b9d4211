/** What of figures is shown, by the address; what stands there takes the place of what the view declares. */
import type { MetaObject } from "../../../api/types";
import { groupLabel, groupsOf, measureLabel, measuresOf, namesOf } from "../../figures/ask";

/** In the address, for a list that is meant to be empty. */
const NONE = "-";

export function askedNames(given: string | undefined, declared: string[]): string[] {
  return given === undefined ? declared : namesOf(given).filter((name) => name !== NONE);
}

export const namesText = (names: string[]): string => names.join(",") || NONE;

/** Groups to choose from, those of the view among them. */
export const groupOptions = (object: MetaObject, chosen: string[]) =>
  [...new Set([...groupsOf(object), ...chosen])].map((value) => ({
    value,
    label: groupLabel(object, value),
  }));

export const measureOptions = (object: MetaObject, chosen: string[]) =>
  [...new Set([...measuresOf(object), ...chosen])].map((value) => ({
    value,
    label: measureLabel(object, value),
  }));
