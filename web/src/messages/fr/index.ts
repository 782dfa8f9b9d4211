/** French. */
import type { Catalogue } from "../t";
import { boards } from "./boards";
import { imports } from "./imports";
import { lists } from "./lists";
import { record } from "./record";
import { shell } from "./shell";
import { start } from "./start";
import { studio } from "./studio";

export const fr: Catalogue = { ...boards, ...imports, ...lists, ...record, ...shell, ...start, ...studio };
