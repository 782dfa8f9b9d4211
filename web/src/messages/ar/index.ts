/** Arabic. */
import type { Catalogue } from "../t";
import { boards } from "./boards";
import { imports } from "./imports";
import { lists } from "./lists";
import { record } from "./record";
import { shell } from "./shell";

export const ar: Catalogue = { ...boards, ...imports, ...lists, ...record, ...shell };
