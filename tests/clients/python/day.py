"""A working day through the Python client, from a lead to a paid invoice and the books after it; it prints what
`docs/rest-day.sh` prints, to the letter."""

import json
import os
from typing import Any

from nexus_client import Nexus, Problem

nexus = Nexus(os.environ["NEXUS"])
nexus.sign_in(os.environ["EMAIL"], os.environ["PASSWORD"])


def tell(**values: Any) -> None:
    print(json.dumps(values, ensure_ascii=False, separators=(",", ":")))


# The customers so far come as a file.
contacts = "kind,name,email\norganisation,Duka la Mama,duka@example.com\nperson,Juma Otieno,juma@example.com\n"
report = nexus.contacts_import_party({"file": ("contacts.csv", contacts.encode())})
tell(created=report["created"], rejected=report["rejected"])

# A lead comes in, proves serious, and becomes a contact and a deal. The deal is won.
lead = nexus.crm_create_lead({"name": "Élodie Laurent", "organisation": "Atelier Lumière", "budget": "240"})
lead = nexus.crm_update_lead(lead["id"], {"state": "qualified"})
tell(name=lead["name"], state=lead["state"], budget=lead["budget"])
deal = nexus.crm_convert_lead(lead["id"], {"title": "Lanterns for the studio"})
won = nexus.crm_update_deal(deal["id"], {"stage": "won"})
customer = won["party"]
assert customer is not None
party = nexus.contacts_get_party(customer)
tell(title=won["title"], stage=won["stage"], amount=won["amount"], probability=won["probability"], party=party["name"])

# Five lanterns at 40 with 10 % tax and a delivery at 20 without are quoted, ordered and invoiced.
tax = nexus.finance_create_tax({"code": "T10", "name": "Tax 10 %", "rate": "10"})
lantern = nexus.sales_create_product({"code": "LANTERN", "name": "Solar lantern", "price": "40", "taxes": [tax["id"]]})
delivery = nexus.sales_create_product({"code": "DELIVERY", "name": "Delivery", "price": "20"})
quotation = nexus.sales_create_quotation({
    "party": customer,
    "lines": [{"product": lantern["id"], "quantity": "5"}, {"product": delivery["id"], "quantity": "1"}],
})
sums = (quotation["untaxed"], quotation["tax"], quotation["total"])
tell(**{name: money["amount"] for name, money in zip(("untaxed", "tax", "total"), sums) if money})
order = nexus.sales_accept_quotation(quotation["id"])
tell(state=nexus.sales_confirm_order(order["id"])["state"])
invoice = nexus.sales_invoice_order(order["id"])

# Posting is looked at before it is done: a preview answers every change, and makes none.
for change in nexus.preview("finance.post_invoice", invoice["id"]):
    print(change["summary"])
posted = nexus.finance_post_invoice(invoice["id"])
assert posted["open"] is not None
tell(number=posted["number"], state=posted["state"], open=posted["open"]["amount"])
print(nexus.finance_print_invoice_invoice(invoice["id"])[:5].decode())

# The customer pays, and the books balance.
nexus.finance_pay_invoice(invoice["id"], {"amount": "240"})
payment = nexus.run
paid = nexus.finance_get_invoice(invoice["id"])
assert paid["open"] is not None
tell(state=paid["state"], open=paid["open"]["amount"])
balance = nexus.finance_report_trial_balance()
for row in [*balance["rows"], {"name": "Total"} | balance["totals"]]:
    print(json.dumps([row["name"], row["debit"]["amount"], row["credit"]["amount"]], separators=(",", ":")))

# It was another customer's money: the payment is taken back, and the invoice is open again.
print(json.dumps(len(nexus.undo({"run": payment})["changes"]) > 0))
again = nexus.finance_get_invoice(invoice["id"])
assert again["open"] is not None
tell(state=again["state"], open=again["open"]["amount"])

# An id is one segment of the path, whatever is in it.
try:
    nexus.contacts_get_party(f"{customer}/history")
    raise SystemExit("an id leads to another page")
except Problem as problem:
    assert problem.status in (400, 404, 422), problem.document

try:
    nexus.crm_create_lead({"name": "A", "email": "nobody"})
    raise SystemExit("an address that is none is taken")
except Problem as problem:
    assert problem.status == 422 and problem.errors[0]["field"] == "email", problem.document
