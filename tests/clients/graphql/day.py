"""From a lead to a paid invoice over GraphQL, with a preview before the posting and an undo after the payment. Figures
are exact: 5 x 40 at 10 % and 1 x 20 untaxed are 220 / 20 / 240."""

import json
import os
import urllib.request

from gql import Client, gql
from gql.transport.exceptions import TransportQueryError
from gql.transport.requests import RequestsHTTPTransport

NEXUS = os.environ["NEXUS"]


def sign_in():
    body = json.dumps({"email": os.environ["EMAIL"], "password": os.environ["PASSWORD"]}).encode()
    request = urllib.request.Request(f"{NEXUS}/api/v1/session", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as reply:
        return json.load(reply)["token"]


transport = RequestsHTTPTransport(f"{NEXUS}/api/v1/graphql", headers={"Authorization": f"Bearer {sign_in()}"})
session = Client(transport=transport, fetch_schema_from_transport=True).connect_sync()


def ask(text, **variables):
    """One operation; with several fields all their answers, else the answer of the one."""
    question = gql(text)
    question.variable_values = variables
    answer = session.execute(question)
    return answer if len(answer) > 1 else next(iter(answer.values()))


lead = ask("""mutation { crm_create_lead(input: {
    name: "Élodie Laurent", organisation: "Atelier Lumière", budget: "240"
}) { output { id state budget { amount currency } } } }""")["output"]
assert lead["budget"] == {"amount": "240.00", "currency": "KES"}, lead

# Two changes of one document run one after the other.
both = ask("""mutation ($lead: ID!) {
    crm_update_lead(record: $lead, input: {state: qualified}) { output { state } }
    crm_convert_lead(record: $lead, input: {title: "Lanterns for the studio"}) {
        output { id title stage party { id name } }
    }
}""", lead=lead["id"])
assert both["crm_update_lead"]["output"]["state"] == "qualified", both
deal = both["crm_convert_lead"]["output"]
assert deal["party"]["name"] == "Atelier Lumière", deal

tax = ask("""mutation { finance_create_tax(input: {code: "T10", name: "Tax 10 %", rate: "10"}) { output { id } } }""")
goods = ask("""mutation ($taxes: [ID!]) {
    lantern: sales_create_product(input: {code: "LANTERN", name: "Solar lantern", price: "40", taxes: $taxes}) { output { id } }
    delivery: sales_create_product(input: {code: "DELIVERY", name: "Delivery", price: {amount: "20", currency: "KES"}}) { output { id } }
}""", taxes=[tax["output"]["id"]])
lines = [
    {"product": goods["lantern"]["output"]["id"], "quantity": "5"},
    {"product": goods["delivery"]["output"]["id"], "quantity": 1},
]
quotation = ask("""mutation ($input: SalesCreateQuotationInput!) { sales_create_quotation(input: $input) {
    output { id untaxed { amount } tax { amount } total { amount } lines { product { code taxes { code rate } } quantity } }
} }""", input={"party": deal["party"]["id"], "lines": lines})["output"]
assert [quotation[name]["amount"] for name in ("untaxed", "tax", "total")] == ["220.00", "20.00", "240.00"], quotation
assert quotation["lines"][0]["product"] == {"code": "LANTERN", "taxes": [{"code": "T10", "rate": "10"}]}, quotation
assert quotation["lines"][1]["product"]["taxes"] == [], quotation

order = ask("mutation ($id: ID!) { sales_accept_quotation(record: $id) { output { id } } }", id=quotation["id"])["output"]["id"]
ask("mutation ($id: ID!) { sales_confirm_order(record: $id) { run } }", id=order)
invoice = ask("mutation ($id: ID!) { sales_invoice_order(record: $id) { output { id } } }", id=order)["output"]["id"]
preview = ask("mutation ($id: ID!) { finance_post_invoice(record: $id, preview: true) { run changes } }", id=invoice)
assert preview["run"] is None and preview["changes"], preview
posted = ask("mutation ($id: ID!) { finance_post_invoice(record: $id) { output { number state } } }", id=invoice)["output"]
assert posted["state"] == "posted" and posted["number"], posted
paid = ask("""mutation ($id: ID!) { finance_pay_invoice(record: $id, input: {amount: "240"}) { run } }""", id=invoice)

# One question goes from the books to the person who pays.
told = ask("""query ($filter: String) {
    finance_list_invoice(filter: $filter, count: "exact") { count data {
        state open { amount } party { name } lines { description taxes { name } }
    } }
    finance_report_trial_balance
}""", filter="state == 'paid'")
page = told["finance_list_invoice"]
assert page["count"] == 1 and page["data"][0]["party"]["name"] == "Atelier Lumière", page
assert page["data"][0]["lines"][0]["taxes"] == [{"name": "Tax 10 %"}], page
totals = told["finance_report_trial_balance"]["totals"]
assert totals["debit"]["amount"] == totals["credit"]["amount"] == "480.00", totals

ask("mutation ($run: ID!) { undo(run: $run) { undone } }", run=paid["run"])
open_again = ask("query ($id: ID!) { finance_get_invoice(id: $id) { state open { amount } } }", id=invoice)
assert open_again == {"state": "posted", "open": {"amount": "240.00"}}, open_again

try:
    ask("""mutation { crm_create_lead(input: {name: "A", email: "nobody"}) { run } }""")
    raise SystemExit("an address that is none is taken")
except TransportQueryError as error:
    problem = error.errors[0]["extensions"]
    assert problem["status"] == 422 and problem["errors"][0]["field"] == "email", problem
print("from a lead to a paid invoice over GraphQL, and the payment taken back")
