/** Components that are fetched when they are first drawn, or before: what has come already stands there at once. */
import { type ComponentType, lazy, type ReactNode, useState } from "react";
import { ahead as fetchAhead } from "./ahead";

export interface Lazily<Props> {
  (props: Props): ReactNode;
  /** Fetches it before it is drawn. */
  fetch: () => void;
}

/**
 * With `ahead` it is fetched as soon as there is nothing else to do: for what whoever sees this page opens next.
 * React would leave a gap for 300 ms where a component that is not known yet is drawn, however soon it comes.
 */
export function lazily<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  { ahead = true }: { ahead?: boolean } = {},
): Lazily<Props> {
  let found: ComponentType<Props> | null = null;
  let asked: Promise<ComponentType<Props>> | null = null;
  const get = () => {
    asked ??= load().then((component) => {
      found = component;
      return component;
    });
    return asked;
  };
  const Later = lazy(async () => ({ default: await get() }));
  // biome-ignore lint/correctness/noComponentHookFactories: made once for a module, as those of React's own `lazy` are
  function Lazy(props: Props) {
    // It stays the one that was begun with: another one would begin anew, with nothing of what was typed.
    const [Drawn] = useState<ComponentType<Props>>(() => found ?? Later);
    return <Drawn {...props} />;
  }
  // What cannot be fetched now is asked for again, and its failure shown, when it is drawn.
  const fetch = () =>
    void get().catch(() => {
      asked = null;
    });
  if (ahead) fetchAhead(fetch);
  return Object.assign(Lazy, { fetch });
}
