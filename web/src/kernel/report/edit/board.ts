/** What is known of the rows in which dashboards keep their tiles. */
import type { BoardTile } from "../tiles";

export const TILE = "hub.tile";

/** How many tiles a page may have. */
export const MOST = 24;

/** A tile with what tells it from the others while it has no id. */
export type Kept = BoardTile & { key: string };
