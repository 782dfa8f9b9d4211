/** A part of the day through the TypeScript client: a lead becomes a deal, a preview changes nothing, undo takes it back. */
import assert from "node:assert/strict";
import { Problem, type Schema, signIn } from "./client/index";

const { NEXUS = "", EMAIL = "", PASSWORD = "" } = process.env;
const nexus = await signIn(NEXUS, EMAIL, PASSWORD);

const { data: lead } = await nexus.POST("/crm/leads", {
  body: { name: "Élodie Laurent", organisation: "Atelier Lumière", budget: "240" },
});
assert(lead && "version" in lead);
const path = { id: lead.id };
await nexus.PATCH("/crm/leads/{id}", { params: { path }, body: { state: "qualified" } });
const title = "Lanterns for the studio";
const { data: preview } = await nexus.POST("/crm/leads/{id}/convert", {
  params: { path, query: { preview: true } },
  body: { title },
});
assert(preview && "changes" in preview && preview.changes.length > 0);
const { data: deal } = await nexus.POST("/crm/leads/{id}/convert", { params: { path }, body: { title } });
const converted = nexus.run;
assert(deal && "party" in deal && converted);
const { data: page } = await nexus.GET("/crm/deals", {
  params: { query: { filter: "stage != 'won'", expand: "party.parent", count: "exact" } },
});
assert.equal(page?.count, 1);
const first: Schema<"CrmDeal"> | undefined = page.data[0];
assert.equal(first?.title, title);
assert.deepEqual(first?.amount, { amount: "240.00", currency: "KES" });

await nexus.POST("/undo", { body: { run: converted } });
const { data: again } = await nexus.GET("/crm/leads/{id}", { params: { path } });
assert.equal(again?.state, "qualified");
await assert.rejects(
  nexus.POST("/crm/leads", { body: { name: "A", email: "nobody" } }),
  (problem) => problem instanceof Problem && problem.status === 422 && problem.errors[0]?.field === "email",
);
console.log("a lead converted and taken back, typed");
