/** The company that this browser works in, remembered for each tenant; every request names it. */
import type { Company, Meta } from "./types";

const keyOf = (tenant: string) => `nexus-company-${tenant}`;
let current: string | null = null;

/** What goes into the header `Nexus-Company`; null leaves the choice to the server. */
export const workingCompany = (): string | null => current;

/** The company to work in: the one chosen here, while the server still names it, or else the user's own. */
export function companyOf({ tenant, company, companies }: Meta): Company | null {
  const chosen = localStorage.getItem(keyOf(tenant.slug));
  const found = companies.find((one) => one.id === chosen) ?? company;
  current = found?.id ?? null;
  return found;
}

export function chooseCompany(meta: Meta, company: Company): Meta {
  localStorage.setItem(keyOf(meta.tenant.slug), company.id);
  return { ...meta, company: companyOf(meta) };
}
