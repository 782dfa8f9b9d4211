/** The first steps in a new company, each done when there is a record that says so. Apps register theirs. */
import type { MessageKey } from "../../messages/t";

export interface Step {
  /** The object whose records show that it is done, and where it is done. */
  path: string;
  label: MessageKey;
  /** The field that the object must have for this to be a step at all. */
  field?: string;
  /** Which records count; all when left out. */
  filter?: string;
  /** More than this many; none when left out. */
  beyond?: number;
}

const steps: Step[] = [
  { path: "core/companies", label: "start.company", filter: "tax_id != null || address != null" },
];

export const addSteps = (...more: Step[]): void => void steps.push(...more);
export const allSteps = (): readonly Step[] => steps;
