/** What a company may do, and the apps that serve it best. Apps register theirs; the kernel knows none of them. */
import type { MessageKey } from "../../messages/t";

export interface Kind {
  name: string;
  label: MessageKey;
  about: MessageKey;
  /** In the order in which they stand; null for all alike. */
  apps: string[] | null;
}

const kinds: Kind[] = [];

export const addKinds = (...more: Kind[]): void => void kinds.push(...more);
export const allKinds = (): readonly Kind[] => kinds;
