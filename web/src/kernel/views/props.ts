/** What every way of looking at an object's records is given. */
import type { MetaObject } from "../../api/types";

export interface ViewProps<V> {
  object: MetaObject;
  view: V;
  /** What is shown: the view's own condition, the company's, and what was asked for. */
  filter: string | undefined;
  /** The same without the company, which every list adds by itself: for addresses. */
  asked: string | undefined;
  q: string | undefined;
}
