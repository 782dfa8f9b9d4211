// As visit.mjs, in the demo company.
import { begin } from "./begin.mjs";

export const { server, browser, page, ask, reply, quiet } = await begin({ demo: true });
