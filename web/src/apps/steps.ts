/** What a new company does first in its apps. */
import { addSteps } from "../kernel/start/steps";

addSteps(
  { path: "finance/taxes", label: "start.tax" },
  { path: "contacts/parties", label: "start.customer" },
  { path: "sales/products", label: "start.product" },
  { path: "crm/leads", label: "start.lead" },
  { path: "finance/invoices", label: "start.invoice", filter: "state != 'draft'" },
  { path: "tasks/tasks", label: "start.task" },
  { path: "core/users", label: "start.people", beyond: 1 },
);
