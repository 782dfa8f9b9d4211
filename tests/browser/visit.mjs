// Whoever imports this has a server of their own, with its administrator signed in, for as long as their tests run.
import { begin } from "./begin.mjs";

export const { server, browser, page, ask, reply, quiet } = await begin();
