#!/usr/bin/env bash
# A working day over REST, from a lead to a paid invoice and the books after it. Needs curl and jq:
#   NEXUS=http://127.0.0.1:3000 EMAIL=admin@demo.nexus.local PASSWORD=nexus-demo docs/rest-day.sh
set -euo pipefail
headers=$(mktemp) page=$(mktemp)
trap 'rm -f "$headers" "$page"' EXIT

api() { # METHOD PATH [JSON]; a problem ends the day and says which field and why
  local reply
  reply=$(curl -sS --fail-with-body -D "$headers" -X "$1" "$NEXUS/api/v1/$2" -H "Authorization: Bearer ${TOKEN-}" \
    -H 'Content-Type: application/json' ${3+--data "$3"}) || { echo "$1 $2: $reply" >&2; return 1; }
  echo "$reply"
}
last_run() { tr -d '\r' <"$headers" | sed -n 's/^nexus-run: //Ip'; }

TOKEN=$(api POST session "{\"email\": \"$EMAIL\", \"password\": \"$PASSWORD\"}" | jq -r .token)

# The customers so far come as a file.
printf 'kind,name,email\norganisation,Duka la Mama,duka@example.com\nperson,Juma Otieno,juma@example.com\n' |
  curl -sS --fail-with-body "$NEXUS/api/v1/contacts/parties/import" -H "Authorization: Bearer $TOKEN" \
    -F 'file=@-;filename=contacts.csv' | jq -c '{created, rejected}'

# A lead comes in, proves serious, and becomes a contact and a deal. The deal is won.
lead=$(api POST crm/leads '{"name": "Élodie Laurent", "organisation": "Atelier Lumière", "budget": "240"}' | jq -r .id)
api PATCH "crm/leads/$lead" '{"state": "qualified"}' | jq -c '{name, state, budget}'
deal=$(api POST "crm/leads/$lead/convert" '{"title": "Lanterns for the studio"}' | jq -r .id)
customer=$(api PATCH "crm/deals/$deal" '{"stage": "won"}' | jq -r .party)
api GET "crm/deals/$deal?expand=party" | jq -c '{title, stage, amount, probability, party: .party.name}'

# Five lanterns at 40 with 10 % tax and a delivery at 20 without are quoted, ordered and invoiced.
tax=$(api POST finance/taxes '{"code": "T10", "name": "Tax 10 %", "rate": "10"}' | jq -r .id)
lantern=$(api POST sales/products "{\"code\": \"LANTERN\", \"name\": \"Solar lantern\", \"price\": \"40\", \"taxes\": [\"$tax\"]}" | jq -r .id)
delivery=$(api POST sales/products '{"code": "DELIVERY", "name": "Delivery", "price": "20"}' | jq -r .id)
quotation=$(api POST sales/quotations "{\"party\": \"$customer\",
  \"lines\": [{\"product\": \"$lantern\", \"quantity\": \"5\"}, {\"product\": \"$delivery\", \"quantity\": \"1\"}]}" | jq -r .id)
api GET "sales/quotations/$quotation" | jq -c '{untaxed, tax, total} | map_values(.amount)'
order=$(api POST "sales/quotations/$quotation/accept" | jq -r .id)
api POST "sales/orders/$order/confirm" | jq -c '{state}'
invoice=$(api POST "sales/orders/$order/invoice" | jq -r .id)

# Posting is looked at before it is done: a preview answers every change, and makes none.
api POST "finance/invoices/$invoice/post?preview=true" | jq -r '.changes[].summary'
api POST "finance/invoices/$invoice/post" | jq -c '{number, state, open: .open.amount}'
curl -sS --fail-with-body "$NEXUS/api/v1/finance/invoices/$invoice/print/invoice" -H "Authorization: Bearer $TOKEN" -o "$page"
head -c 5 "$page" && echo

# The customer pays, and the books balance.
api POST "finance/invoices/$invoice/pay" '{"amount": "240"}' | jq -c '{state, open: .open.amount}'
payment=$(last_run)
api GET finance/reports/trial-balance |
  jq -c '(.rows[] | [.name, .debit.amount, .credit.amount]), ["Total", .totals.debit.amount, .totals.credit.amount]'

# It was another customer's money: the payment is taken back, and the invoice is open again.
api POST undo "{\"run\": \"$payment\"}" | jq -c '.changes | length > 0'
api GET "finance/invoices/$invoice" | jq -c '{state, open: .open.amount}'
