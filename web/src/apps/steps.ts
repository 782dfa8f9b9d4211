/** What companies do, with the apps that serve them, and what a new one does first in its apps. */
import { addKinds } from "../kernel/start/kinds";
import { addSteps } from "../kernel/start/steps";

addKinds(
  {
    name: "trade",
    label: "start.trade",
    about: "start.trade.about",
    apps: ["sales", "finance", "contacts", "crm"],
  },
  {
    name: "services",
    label: "start.services",
    about: "start.services.about",
    apps: ["crm", "tasks", "sales", "finance", "contacts", "notes"],
  },
  {
    name: "workshop",
    label: "start.workshop",
    about: "start.workshop.about",
    apps: ["sales", "tasks", "finance", "contacts"],
  },
  {
    name: "nonprofit",
    label: "start.nonprofit",
    about: "start.nonprofit.about",
    apps: ["contacts", "finance", "tasks", "notes"],
  },
  { name: "look", label: "start.look", about: "start.look.about", apps: null },
);

addSteps(
  { path: "finance/taxes", label: "start.tax" },
  { path: "contacts/parties", label: "start.customer" },
  { path: "sales/products", label: "start.product" },
  { path: "crm/leads", label: "start.lead" },
  { path: "finance/invoices", label: "start.invoice", filter: "state != 'draft'" },
  { path: "finance/invoices", label: "start.send", field: "sent_at", filter: "sent_at != null" },
  { path: "tasks/tasks", label: "start.task" },
  { path: "core/users", label: "start.people", beyond: 1 },
);
