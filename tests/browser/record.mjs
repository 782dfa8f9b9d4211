// What the tests of a record's page share: who and what is there, and how one gets about.
import { afterEach } from "node:test";
import { page, quiet, reply } from "./visit.mjs";

export const button = (name, scope = page) => scope.getByRole("button", { name, exact: true });
export const panel = () => page.getByRole("complementary", { name: "More about this", exact: true });
export const dialog = () => page.getByRole("dialog");
export const told = (text) => page.getByRole("status").filter({ hasText: text }).first().waitFor();

export const make = (path, data) => reply("POST", path, data);

export async function menu(name) {
  await button("More actions").click();
  await page.getByRole("menuitem", { name, exact: true }).click();
}

/** Opens a record beside which the panel shows this tab. */
export async function visit(path, id, tab) {
  await page.goto(`/${path}/${id}${tab ? `?panel=${tab}` : ""}`);
  await button("More actions").waitFor();
  if (tab) await panel().waitFor();
}

export let party;
export let others;

/** The first test of each file: the others look at what it makes. */
export async function setUp() {
  party = await make("contacts/parties", { name: "Acacia Lodge", kind: "organisation", email: "stay@acacia.example" });
  others = [];
  for (const name of ["Baobab Camp", "Cedar House"]) others.push(await make("contacts/parties", { name }));
  await make("core/users", { name: "Njeri Odhiambo", email: "njeri@kibo.example", roles: ["salesperson"], password: "a loud evening in Mombasa" });
}

afterEach(() => quiet());
