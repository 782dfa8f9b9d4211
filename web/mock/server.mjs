// Development only: answers a few paths of the contract from memory until the real server runs.

import { randomUUID } from "node:crypto";
import { createServer } from "node:http";

const f = (name, label, type, more = {}) => ({
  name,
  label,
  type,
  of: null,
  to: null,
  required: false,
  readonly: false,
  set_once: false,
  computed: false,
  in_list: true,
  in_filter: true,
  search: false,
  sortable: true,
  default: null,
  help: null,
  visible_when: null,
  required_when: null,
  readonly_when: null,
  ...more,
});
const ch = (...v) =>
  v.map((x) => ({ value: x, label: x[0].toUpperCase() + x.slice(1).replaceAll("_", " ") }));
const all = ["read", "create", "update", "delete", "export"];
const obj = (o) => ({
  child: false,
  tree: null,
  ledger: false,
  verbs: all,
  states: null,
  views: [],
  actions: [],
  prints: [],
  ...o,
});
const st = (value, to, more = {}) => ({
  value,
  label: ch(value)[0].label,
  to,
  final: to.length === 0,
  by: null,
  requires: [],
  ...more,
});

const meta = {
  user: { id: "u1", name: "Ada Lovelace", email: "ada@acme.example", roles: ["administrator"] },
  tenant: { slug: "acme", name: "Acme" },
  company: { id: "c1", name: "Acme Ltd", country: "DE", currency: "EUR" },
  apps: [
    {
      name: "contacts",
      label: "Contacts",
      icon: "address-book",
      suite: "business",
      about: "People and organisations, once, for every app.",
      reports: [],
      objects: [
        obj({
          name: "party",
          path: "contacts/parties",
          label: "Contact",
          plural: "Contacts",
          icon: "users",
          title: "name",
          fields: [
            f("kind", "Kind", "choice", {
              of: ch("person", "organisation"),
              required: true,
              default: "organisation",
            }),
            f("name", "Name", "text", { required: true, search: true }),
            f("email", "Email", "email", { search: true }),
            f("phone", "Phone", "phone", { in_filter: false }),
            f("tax_id", "Tax ID", "text", {
              in_list: false,
              visible_when: "kind == 'organisation'",
              help: "As printed on invoices",
            }),
            f("parent", "Parent", "link", { to: "contacts.party", in_list: false }),
            f("tags", "Tags", "tags"),
            f("notes", "Notes", "long_text", { in_list: false, in_filter: false }),
            f("address", "Address", "address", { in_list: false, in_filter: false }),
          ],
          views: [
            {
              name: "form",
              label: "Form",
              kind: "form",
              sections: [
                { label: null, fields: ["kind", "name", "email", "phone", "tax_id", "parent", "tags"] },
                { label: "Address and notes", fields: ["address", "notes"] },
              ],
            },
          ],
        }),
      ],
    },
    {
      name: "crm",
      label: "CRM",
      icon: "target-arrow",
      suite: "business",
      about: "Leads become deals, deals become orders; nothing is forgotten on the way.",
      reports: [
        {
          name: "forecast",
          label: "Forecast",
          about: "Expected deals by month.",
          params: { type: "object", properties: { from: { type: "string", format: "date" } } },
          columns: [
            { key: "month", label: "Month", type: "text" },
            { key: "count", label: "Deals", type: "integer" },
            { key: "amount", label: "Amount", type: "money" },
          ],
          chart: { kind: "bar", x: "month", y: "amount" },
        },
      ],
      objects: [
        obj({
          name: "deal",
          path: "crm/deals",
          label: "Deal",
          plural: "Deals",
          icon: "coin",
          title: "title",
          fields: [
            f("title", "Title", "text", { required: true, search: true }),
            f("party", "Contact", "link", { to: "contacts.party" }),
            f("stage", "Stage", "choice", { of: ch("new", "qualified", "proposal", "won", "lost") }),
            f("amount", "Amount", "money"),
            f("probability", "Probability", "percent"),
            f("expected_close", "Expected close", "date"),
            f("lost_reason", "Lost because", "text", { in_list: false, visible_when: "stage == 'lost'" }),
            f("notes", "Notes", "long_text", { in_list: false, in_filter: false }),
          ],
          states: {
            field: "stage",
            initial: "new",
            list: [
              st("new", ["qualified", "lost"]),
              st("qualified", ["proposal", "lost"]),
              st("proposal", ["won", "lost"]),
              st("won", []),
              st("lost", ["new"], { requires: ["lost_reason"] }),
            ],
          },
          views: [
            {
              name: "list",
              label: "List",
              kind: "table",
              columns: ["title", "party", "stage", "amount", "probability", "expected_close"],
              sort: "title",
            },
            {
              name: "pipeline",
              label: "Pipeline",
              kind: "kanban",
              by: "stage",
              card: ["title", "party", "amount", "expected_close"],
              sum: "amount",
            },
            {
              name: "form",
              label: "Form",
              kind: "form",
              sections: [
                {
                  label: null,
                  fields: ["title", "party", "amount", "probability", "expected_close", "lost_reason"],
                },
                { label: "Notes", fields: ["notes"] },
              ],
            },
          ],
          actions: [
            {
              name: "quote",
              action: "crm.quote_deal",
              label: "Create quotation",
              about: "Makes a quotation from this deal.",
              effect: "reversible",
              on: "record",
              when: "stage in ['qualified', 'proposal']",
              input: {
                type: "object",
                properties: {
                  valid_until: { type: "string", format: "date" },
                  discount: { type: "string", "x-type": "percent" },
                },
                required: ["valid_until"],
              },
            },
          ],
        }),
      ],
    },
    {
      name: "finance",
      label: "Finance",
      icon: "scale",
      suite: "business",
      about: "Invoices, bills, payments and the ledger they post to.",
      reports: [
        {
          name: "trial-balance",
          label: "Trial balance",
          about: "Every account with its debits and credits.",
          params: {
            type: "object",
            required: ["at"],
            properties: { at: { type: "string", format: "date" } },
          },
          columns: [
            { key: "code", label: "Code", type: "text" },
            { key: "account", label: "Account", type: "text" },
            { key: "debit", label: "Debit", type: "money" },
            { key: "credit", label: "Credit", type: "money" },
            { key: "balance", label: "Balance", type: "money" },
          ],
        },
      ],
      objects: [
        obj({
          name: "invoice",
          path: "finance/invoices",
          label: "Invoice",
          plural: "Invoices",
          icon: "file-invoice",
          title: "number",
          fields: [
            f("number", "Number", "sequence", { readonly: true, search: true }),
            f("party", "Customer", "link", {
              to: "contacts.party",
              required: true,
              readonly_when: "state != 'draft'",
            }),
            f("date", "Date", "date", { default: "today()", readonly_when: "state != 'draft'" }),
            f("due", "Due", "date"),
            f("currency", "Currency", "text", { in_list: false, default: "EUR" }),
            f("state", "State", "choice", { of: ch("draft", "posted", "paid", "reversed") }),
            f("lines", "Lines", "table", {
              to: "finance.invoice_line",
              in_list: false,
              in_filter: false,
              readonly_when: "state != 'draft'",
            }),
            ...["untaxed", "tax", "total", "open"].map((n) =>
              f(n, n[0].toUpperCase() + n.slice(1), "money", {
                computed: true,
                readonly: true,
                in_list: n === "total" || n === "open",
              }),
            ),
          ],
          states: {
            field: "state",
            initial: "draft",
            list: [
              st("draft", ["posted"]),
              st("posted", ["paid", "reversed"], { by: "post" }),
              st("paid", [], { by: "pay" }),
              st("reversed", [], { by: "reverse" }),
            ],
          },
          views: [
            {
              name: "list",
              label: "List",
              kind: "table",
              columns: ["number", "party", "date", "due", "state", "total", "open"],
              sort: "-date",
            },
            {
              name: "form",
              label: "Form",
              kind: "form",
              sections: [
                { label: null, fields: ["party", "number", "date", "due", "currency"] },
                { label: null, fields: ["lines"] },
                { label: null, fields: ["untaxed", "tax", "total", "open"] },
              ],
            },
          ],
          actions: [
            {
              name: "post",
              action: "finance.post_invoice",
              label: "Post invoice",
              about: "Gives the invoice its number and posts it to the ledger.",
              effect: "irreversible",
              on: "record",
              when: "state == 'draft'",
              input: { type: "object" },
            },
            {
              name: "pay",
              action: "finance.pay_invoice",
              label: "Record payment",
              about: null,
              effect: "money",
              on: "record",
              when: "state == 'posted'",
              input: {
                type: "object",
                required: ["amount"],
                properties: {
                  amount: { type: "string", "x-type": "money" },
                  date: { type: "string", format: "date" },
                },
              },
            },
            {
              name: "reverse",
              action: "finance.reverse",
              label: "Reverse",
              effect: "compensatable",
              on: "record",
              when: "state == 'posted'",
              input: { type: "object" },
            },
          ],
          prints: [{ name: "invoice", label: "invoice" }],
        }),
        obj({
          name: "invoice_line",
          path: "finance/invoice-lines",
          label: "Line",
          plural: "Lines",
          title: "description",
          child: true,
          fields: [
            f("description", "Description", "text", { required: true }),
            f("quantity", "Quantity", "quantity", { default: "1" }),
            f("unit_price", "Unit price", "money"),
            f("account", "Account", "link", { to: "finance.account" }),
            f("amount", "Amount", "money", { computed: true, readonly: true }),
          ],
        }),
        obj({
          name: "account",
          path: "finance/accounts",
          label: "Account",
          plural: "Accounts",
          icon: "list-numbers",
          title: "name",
          fields: [
            f("code", "Code", "text", { required: true, search: true }),
            f("name", "Name", "text", { required: true, search: true }),
            f("type", "Type", "choice", { of: ch("asset", "liability", "equity", "income", "expense") }),
          ],
        }),
      ],
    },
  ],
};

const eur = (amount) => ({ amount: Number(amount).toFixed(2), currency: "EUR" });
const db = { "contacts/parties": [], "crm/deals": [], "finance/invoices": [], "finance/accounts": [] };
const events = {};
const now = () => new Date().toISOString();
const add = (path, values) => {
  const r = { id: randomUUID(), version: 1, created_at: now(), updated_at: now(), ...values };
  db[path].push(r);
  events[r.id] = [
    {
      seq: 1,
      at: now(),
      action: "create",
      verb: "create",
      run: randomUUID(),
      user: { id: "u1", name: "Ada Lovelace" },
      fields: Object.entries(values)
        .filter(([, v]) => typeof v !== "object")
        .map(([field, to]) => ({ field, from: null, to })),
    },
  ];
  return r;
};
const names = [
  "Analytical Engines GmbH",
  "Babbage & Sons",
  "Difference Works",
  "Jacquard Looms SA",
  "Menabrea Srl",
  "Somerville Trust",
  "De Morgan Logic",
  "Herschel Optics",
  "Faraday Coils",
  "Wheatstone Telegraph",
];
for (let i = 0; i < 230; i++)
  add("contacts/parties", {
    kind: i % 3 ? "organisation" : "person",
    name: names[i % 10] + (i > 9 ? ` ${i}` : ""),
    email: `office${i}@example.com`,
    phone: `+49 30 ${100000 + i * 37}`,
    tax_id: i % 2 ? `DE${811111111 + i}` : null,
    parent: null,
    tags: i % 4 ? [] : ["customer"],
    notes: null,
    address: {
      street: `Main St ${i}`,
      street2: null,
      city: "Berlin",
      region: null,
      postal_code: "10115",
      country: "DE",
    },
  });
const stages = ["new", "qualified", "proposal", "won", "lost"];
for (let i = 0; i < 34; i++)
  add("crm/deals", {
    title:
      [
        "Loom control upgrade",
        "Punch card supply",
        "Annual maintenance",
        "Telegraph line to Leeds",
        "Optics for the observatory",
      ][i % 5] + (i > 4 ? ` ${i}` : ""),
    party: db["contacts/parties"][i % 10].id,
    stage: stages[i % 5],
    amount: eur(1200 * (i + 1) + 0.5),
    probability: String((i * 10) % 100),
    expected_close: new Date(Date.now() + (i - 8) * 86400000 * 5).toISOString().slice(0, 10),
    lost_reason: i % 5 === 4 ? "Price" : null,
    notes: null,
  });
for (const [code, name, type] of [
  ["1000", "Bank", "asset"],
  ["1200", "Receivables", "asset"],
  ["3300", "Payables", "liability"],
  ["8000", "Sales", "income"],
  ["6000", "Rent", "expense"],
])
  add("finance/accounts", { code, name, type });
const compute = (r) => {
  r.lines = (r.lines ?? []).map((l) => ({
    ...l,
    id: l.id ?? randomUUID(),
    amount: eur(Number(l.quantity ?? 0) * Number(l.unit_price?.amount ?? l.unit_price ?? 0)),
    unit_price: l.unit_price?.amount ? l.unit_price : eur(l.unit_price ?? 0),
  }));
  const u = r.lines.reduce((s, l) => s + Number(l.amount.amount), 0);
  r.untaxed = eur(u);
  r.tax = eur(u * 0.19);
  r.total = eur(u * 1.19);
  r.open = r.state === "paid" ? eur(0) : eur(u * 1.19);
};
for (let i = 0; i < 26; i++) {
  const r = add("finance/invoices", {
    number: i % 4 ? `INV-2026-${String(i).padStart(5, "0")}` : null,
    party: db["contacts/parties"][i % 10].id,
    date: new Date(Date.now() - i * 86400000 * 3).toISOString().slice(0, 10),
    due: new Date(Date.now() - (i * 3 - 14) * 86400000).toISOString().slice(0, 10),
    currency: "EUR",
    state: i % 4 === 0 ? "draft" : i % 4 === 3 ? "paid" : "posted",
    lines: [
      {
        description: "Consulting",
        quantity: String(i + 2),
        unit_price: eur(120),
        account: db["finance/accounts"][3].id,
      },
      { description: "Travel", quantity: "1", unit_price: eur(240), account: db["finance/accounts"][3].id },
    ],
  });
  compute(r);
}

const objects = meta.apps.flatMap((a) => a.objects);
const find = (path, id) => db[path]?.find((r) => r.id === id);
const test = (r, filter) => {
  if (!filter) return true;
  return filter.split(" && ").every((p) => {
    if (p.startsWith("(")) p = p.slice(1, -1);
    return p.split(" || ").some((e) => {
      let m;
      if ((m = e.match(/^(\w+)\.icontains\("(.*)"\)$/)))
        return String(r[m[1]] ?? "")
          .toLowerCase()
          .includes(m[2].toLowerCase());
      if ((m = e.match(/^id in \[(.*)\]$/))) return m[1].includes(r.id);
      if ((m = e.match(/^(\w+) (==|!=|>=|<=|>|<) (?:\w+\()?"?([^")]*)"?\)?$/))) {
        const v = r[m[1]]?.amount ?? r[m[1]];
        const n = Number(m[3]);
        const [x, y] = Number.isNaN(n) || m[3] === "" ? [String(v ?? "null"), m[3]] : [Number(v), n];
        return { "==": x === y, "!=": x !== y, ">=": x >= y, "<=": x <= y, ">": x > y, "<": x < y }[m[2]];
      }
      throw Object.assign(new Error(`unknown name in ${e}`), { status: 400 });
    });
  });
};
const grow = (r, expand, path) => {
  const o = objects.find((x) => x.path === path);
  const out = { ...r };
  for (const n of (expand ?? "").split(",")) {
    const fd = o.fields.find((x) => x.name === n);
    const to =
      fd && objects.find((x) => `${meta.apps.find((a) => a.objects.includes(x)).name}.${x.name}` === fd.to);
    if (to && r[n]) out[n] = find(to.path, r[n]) ?? r[n];
  }
  return out;
};
const problem = (status, title, detail, errors) =>
  Object.assign(new Error(detail), { status, body: { type: "about:blank", title, status, detail, errors } });

createServer(async (req, res) => {
  const url = new URL(req.url, "http://x");
  const q = url.searchParams;
  const path = url.pathname.replace("/api/v1/", "");
  const [a, o, id, sub, more] = path.split("/");
  let body = "";
  for await (const c of req) body += c;
  let json = null;
  try {
    json = body ? JSON.parse(body) : null;
  } catch {
    json = null;
  }
  const send = (status, data, headers = {}) => {
    res.writeHead(status, {
      "content-type": status >= 400 ? "application/problem+json" : "application/json",
      ...headers,
    });
    res.end(data === null ? "" : JSON.stringify(data));
  };
  const run = () => ({ "Nexus-Run": randomUUID() });
  try {
    if (path === "session") {
      if (req.method === "DELETE")
        return send(204, null, { "set-cookie": "nexus_session=; Max-Age=0; Path=/" });
      if (json.password !== "demo") throw problem(401, "Sign-in failed", "Email or password is wrong.");
      return send(
        200,
        { token: "t" },
        { "set-cookie": ["nexus_session=1; Path=/; HttpOnly", "nexus_csrf=x; Path=/"] },
      );
    }
    if (!(req.headers.cookie ?? "").includes("nexus_session=1"))
      throw problem(401, "Not signed in", "Sign in first.");
    if (path === "meta") return send(200, meta);
    if (path === "undo") return send(200, { run: randomUUID(), undone: json.run, changes: [] }, run());
    if (path === "search") {
      const s = q.get("q").toLowerCase();
      return send(200, {
        data: Object.entries(db).flatMap(([p, rows]) => {
          const ob = objects.find((x) => x.path === p);
          return rows
            .filter((r) =>
              String(r[ob.title] ?? "")
                .toLowerCase()
                .includes(s),
            )
            .slice(0, 4)
            .map((r) => ({
              app: p.split("/")[0],
              object: ob.name,
              id: r.id,
              title: r[ob.title],
              subtitle: r.email ?? null,
            }));
        }),
      });
    }
    if (o === "reports") {
      if (id === "forecast")
        return send(200, {
          rows: ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06"].map((month, i) => ({
            month,
            count: i + 2,
            amount: eur(4200 * (i + 1) * (i % 2 ? 1.4 : 1)),
          })),
          totals: { count: 27, amount: eur(107520) },
        });
      return send(200, {
        rows: db["finance/accounts"].map((r, i) => ({
          code: r.code,
          account: r.name,
          debit: eur(i % 2 ? 0 : 1234.5 * i),
          credit: eur(i % 2 ? 999 * i : 0),
          balance: eur(i % 2 ? -999 * i : 1234.5 * i),
        })),
        totals: { debit: eur(7407), credit: eur(3996), balance: eur(3411) },
      });
    }
    const p = `${a}/${o}`;
    const ob = objects.find((x) => x.path === p);
    if (!ob || !db[p]) throw problem(404, "Not found", "There is no such object.");
    if (!id && req.method === "GET") {
      let rows = db[p].filter((r) => test(r, q.get("filter")) && (!q.get("q") || JSON.stringify(r).toLowerCase().includes(q.get("q").toLowerCase())));
      const key = q.get("sort");
      if (key) {
        const k = key.replace("-", "");
        const v = (r) => (r[k]?.amount ? Number(r[k].amount) : (r[k] ?? ""));
        rows = [...rows].sort((x, y) => (v(x) < v(y) ? -1 : v(x) > v(y) ? 1 : 0) * (key[0] === "-" ? -1 : 1));
      }
      const at = Number(q.get("after") ?? 0);
      const n = Number(q.get("limit") ?? 50);
      return send(200, {
        data: rows.slice(at, at + n).map((r) => grow(r, q.get("expand"), p)),
        next: at + n < rows.length ? String(at + n) : null,
        count: q.get("count") === "none" ? undefined : rows.length,
      });
    }
    if (!id && req.method === "POST") {
      const missing = ob.fields.filter((x) => x.required && !json[x.name]);
      if (json.lines?.some((l) => !l.description))
        throw problem(422, "Not valid", "", [
          {
            field: `lines/${json.lines.findIndex((l) => !l.description)}/description`,
            rule: "required",
            message: "Description is needed.",
          },
        ]);
      if (missing.length)
        throw problem(
          422,
          "Not valid",
          "",
          missing.map((x) => ({ field: x.name, rule: "required", message: `${x.label} is needed.` })),
        );
      const r = add(p, { ...(ob.states ? { [ob.states.field]: ob.states.initial } : {}), ...json });
      if (p === "finance/invoices") compute(r);
      return send(201, r, run());
    }
    if (id === "aggregate") {
      const g = q.get("group");
      const rows = db[p].filter((r) => test(r, q.get("filter")) && (!q.get("q") || JSON.stringify(r).toLowerCase().includes(q.get("q").toLowerCase())));
      const out = {};
      for (const r of rows) {
        out[r[g]] ??= { [g]: r[g], "count()": 0, sum: 0 };
        out[r[g]]["count()"]++;
        out[r[g]].sum += Number(r.amount?.amount ?? 0);
      }
      return send(200, {
        data: Object.values(out).map(({ sum, ...r }) => ({ ...r, "sum(amount)": eur(sum) })),
      });
    }
    if (id === "import")
      return send(
        200,
        {
          run: randomUUID(),
          created: 2,
          updated: 0,
          rejected: [
            { row: 3, errors: [{ field: "email", rule: "email", message: "Not an email address." }] },
          ],
        },
        run(),
      );
    const r = find(p, id);
    if (!r) throw problem(404, "Not found", "It may have been deleted.");
    if (sub === "history") return send(200, { data: [...events[id]].reverse(), next: null });
    if (sub && req.method === "POST") {
      const action = ob.actions.find((x) => x.name === sub);
      const to = { post: "posted", pay: "paid", reverse: "reversed" }[sub];
      const number = r.number ?? "INV-2026-00042";
      if (q.get("preview"))
        return send(200, {
          output: null,
          changes: [
            {
              app: a,
              object: ob.name,
              record: id,
              title: number,
              verb: "update",
              action: action.action,
              summary: `${action.label}: ${number}, ${r.total?.amount} EUR, to Receivables`,
              fields: [{ field: "state", from: r.state, to }],
            },
            {
              app: a,
              object: "journal_entry",
              record: randomUUID(),
              title: "JE-9",
              verb: "create",
              action: action.action,
              summary: null,
              fields: [{ field: "total", from: null, to: r.total }],
            },
          ],
        });
      events[id].push({
        seq: events[id].length + 1,
        at: now(),
        action: action.action,
        verb: "update",
        run: randomUUID(),
        user: { id: "u1", name: "Ada Lovelace" },
        fields: to ? [{ field: "state", from: r.state, to }] : [],
      });
      if (to) r.state = to;
      r.number ??= number;
      r.version++;
      compute(r);
      return send(200, r, run());
    }
    if (req.method === "GET") return send(200, grow(r, q.get("expand"), p), { etag: `"${r.version}"` });
    if (req.method === "DELETE") {
      db[p] = db[p].filter((x) => x !== r);
      return send(204, null, run());
    }
    if (req.headers["if-match"] && req.headers["if-match"] !== `"${r.version}"`)
      throw problem(412, "Stale", "The record has changed.");
    if (json.email && !json.email.includes("@"))
      throw problem(422, "Not valid", "", [
        { field: "email", rule: "email", message: "Write an address such as ada@example.com." },
      ]);
    if (json.stage === "won" && Number(r.probability) < 20)
      throw problem(422, "Rule", "A deal is won only with a probability of at least 20 %.", [
        {
          field: "probability",
          rule: "check",
          message: "A deal is won only with a probability of at least 20 %.",
        },
      ]);
    events[id].push({
      seq: events[id].length + 1,
      at: now(),
      action: "update",
      verb: "update",
      run: randomUUID(),
      user: { id: "u1", name: "Ada Lovelace" },
      fields: Object.entries(json).map(([field, to]) => ({ field, from: r[field] ?? null, to })),
    });
    Object.assign(r, json);
    r.version++;
    r.updated_at = now();
    if (p === "finance/invoices") compute(r);
    return send(200, r, run());
  } catch (e) {
    send(e.status ?? 500, e.body ?? { title: "Error", detail: e.message, status: e.status ?? 500 });
  }
}).listen(8099, "127.0.0.1");
