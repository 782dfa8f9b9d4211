"""A working day as a model lives it, over MCP: from a lead to a paid invoice, with a preview before the
posting and an undo after it. Figures are exact: 5 x 40 at 10 % and 1 x 20 untaxed are 220 / 20 / 240."""

import asyncio
import contextlib
import json
import os
import urllib.request

import httpx2
from mcp import Client, MCPError
from mcp.client.streamable_http import streamable_http_client

NEXUS = os.environ["NEXUS"]


def rest(path, body=None, token=None):
    """One request to the REST face, which signs people in and makes keys."""
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(f"{NEXUS}/api/v1/{path}", data, headers)) as reply:
        return json.load(reply)


@contextlib.asynccontextmanager
async def speaking(token, path="/mcp", mode="auto"):
    """A client of the official package, with a bearer token."""
    async with httpx2.AsyncClient(headers={"Authorization": f"Bearer {token}"}, timeout=30) as http:
        async with Client(streamable_http_client(NEXUS + path, http_client=http), mode=mode) as client:
            yield client


class Model:
    """What a model does: calls tools and reads what they answer."""

    def __init__(self, client):
        self.client = client

    async def call(self, tool, **arguments):
        result = await self.client.call_tool(tool, arguments)
        assert not result.is_error, result.content
        return result.structured_content

    async def refused(self, tool, **arguments):
        result = await self.client.call_tool(tool, arguments)
        assert result.is_error, result.structured_content
        return result

    async def run(self, action, record=None, preview=False, **input):
        arguments = {"action": action, "input": input, "preview": preview} | ({"record": record} if record else {})
        return await self.call("run_action", **arguments)

    async def do(self, action, record=None, **input):
        return (await self.run(action, record, **input))["output"]

    async def balances(self):
        report = await self.do("finance.trial_balance")
        sides = [report["totals"][side]["amount"] for side in ("debit", "credit")]
        assert sides[0] == sides[1], report["totals"]
        return {row["name"]: row["balance"]["amount"] for row in report["rows"]}, sides[0]


def equal(found, expected):
    assert found == expected, f"{found!r} is not {expected!r}"


async def the_small_face(model):
    client = model.client
    tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    equal(list(tools), ["search_actions", "describe_action", "run_action", "query", "search", "bulk", "undo"])
    assert tools["query"].annotations.read_only_hint and not tools["run_action"].annotations.read_only_hint

    found = await model.call("search_actions", query="convert a lead")
    equal(found["actions"][0]["action"], "crm.convert_lead")
    found = await model.call("search_actions", query="trial balance")
    equal(found["actions"][0]["action"], "finance.trial_balance")
    described = await model.call("describe_action", action="sales.create_quotation")
    row = described["input"]["$defs"]["SalesQuotationLineInput"]["properties"]
    assert {"product", "quantity", "unit_price", "taxes"} <= set(row), row
    equal(described["effect"], "reversible")

    resources = {resource.uri for resource in (await client.list_resources()).resources}
    assert {"nexus://crm/lead", "nexus://finance/invoice", "nexus://contacts/party"} <= resources, resources
    schema = json.loads((await client.read_resource("nexus://crm/lead")).contents[0].text)
    assert "crm.convert_lead" in schema["x-actions"] and "email" in schema["properties"]
    templates = [template.uri_template for template in (await client.list_resource_templates()).resource_templates]
    assert "nexus://{app}/{object}/{id}" in templates, templates


async def the_day(model):
    lead = await model.do("crm.create_lead", name="Élodie Laurent", organisation="Atelier Lumière", budget="240")
    record = json.loads((await model.client.read_resource(f"nexus://crm/lead/{lead['id']}")).contents[0].text)
    equal(record["name"], "Élodie Laurent")

    # A mistake is an answer that names the field; a state that is not reached yet says what it takes.
    wrong = await model.refused("run_action", action="crm.update_lead", record=lead["id"], input={"email": "nobody"})
    equal(wrong.structured_content["errors"][0]["field"], "email")
    assert "email (email)" in wrong.content[0].text, wrong.content
    early = await model.refused("run_action", action="crm.convert_lead", record=lead["id"])
    equal(early.structured_content["kind"], "conflict")
    assert "qualified" in early.content[0].text, early.content

    await model.do("crm.update_lead", lead["id"], state="qualified")
    deal = await model.do("crm.convert_lead", lead["id"], title="Lanterns for the studio")
    equal(deal["amount"], {"amount": "240.00", "currency": "KES"})
    deal = await model.do("crm.update_deal", deal["id"], stage="won")
    equal((deal["stage"], deal["probability"]), ("won", "100"))
    hits = (await model.call("search", q="lanterns"))["data"]
    assert f"nexus://crm/deal/{deal['id']}" in [hit["uri"] for hit in hits], hits
    won = (await model.call("query", object="crm.deal", group="stage", measures="count(),sum(amount)"))["data"]
    equal(won, [{"stage": "won", "count()": 1, "sum(amount)": {"amount": "240.00", "currency": "KES"}}])

    tax = await model.do("finance.create_tax", code="T10", name="Tax 10 %", rate="10")
    lantern = await model.do("sales.create_product", code="LAN-1", name="Solar lantern", price="40", taxes=[tax["id"]])
    delivery = await model.do("sales.create_product", code="DEL-1", name="Delivery", price="20")
    lines = [{"product": lantern["id"], "quantity": "5"}, {"product": delivery["id"], "quantity": "1"}]
    quotation = await model.do("sales.create_quotation", party=deal["party"], lines=lines)
    equal([quotation[sum]["amount"] for sum in ("untaxed", "tax", "total")], ["220.00", "20.00", "240.00"])
    order = await model.do("sales.accept_quotation", quotation["id"])
    equal((await model.do("sales.confirm_order", order["id"]))["state"], "confirmed")
    invoice = await model.do("sales.invoice_order", order["id"])
    equal((invoice["state"], invoice["number"]), ("draft", None))

    # Looked at before it is done: the preview shows every change, and makes none.
    preview = await model.run("finance.post_invoice", invoice["id"], preview=True)
    equal((preview["output"]["state"], preview["output"]["open"]["amount"]), ("posted", "240.00"))
    entry = [change for change in preview["changes"] if (change["object"], change["verb"]) == ("journal_entry", "create")]
    equal(len(entry), 1)
    still = (await model.call("query", object="finance.invoice", id=invoice["id"]))["data"][0]
    equal((still["state"], still["number"]), ("draft", None))
    equal(await model.balances(), ({}, "0.00"))

    posting = await model.run("finance.post_invoice", invoice["id"])
    equal(posting["output"]["number"].split("-")[2], "00001")
    balances, total = await model.balances()
    equal((sorted(balances.values()), total), (["-20.00", "-220.00", "240.00"], "240.00"))

    arguments = {"action": "finance.pay_invoice", "record": invoice["id"], "input": {"amount": "240"}}
    payment = await model.call("run_action", **arguments, idempotency_key="payment-1")
    again = await model.call("run_action", **arguments, idempotency_key="payment-1")
    equal((again["run"], again["replayed"]), (payment["run"], True))
    equal((payment["output"]["state"], payment["output"]["open"]["amount"]), ("paid", "0.00"))
    balances, total = await model.balances()
    equal((sorted(balances.values()), total), (["-20.00", "-220.00", "0.00", "240.00"], "480.00"))

    # Taken back: first what would happen, then the payment, then the posting, by entries the other way round.
    would = await model.call("undo", run=payment["run"], preview=True)
    assert would["changes"], would
    equal((await model.call("query", object="finance.invoice", id=invoice["id"]))["data"][0]["state"], "paid")
    await model.call("undo", run=payment["run"])
    unpaid = (await model.call("query", object="finance.invoice", id=invoice["id"]))["data"][0]
    equal((unpaid["state"], unpaid["open"]["amount"]), ("posted", "240.00"))
    await model.call("undo", run=posting["run"])
    taken = (await model.call("query", object="finance.invoice", id=invoice["id"]))["data"][0]
    equal((taken["state"], taken["open"]["amount"]), ("reversed", "0.00"))
    balances, _ = await model.balances()
    equal(set(balances.values()), {"0.00"})
    twice = await model.refused("undo", run=posting["run"])
    equal(twice.structured_content["kind"], "conflict")
    return lead["id"]


async def one_app(token, lead):
    """`/mcp/crm`: its actions as tools, with hints from their effects and schemas that the client checks."""
    for mode in ("auto", "legacy"):
        async with speaking(token, "/mcp/crm", mode) as client:
            tools = {tool.name: tool for tool in (await client.list_tools()).tools}
            assert {"create_lead", "update_lead", "convert_lead", "complete_activity", "forecast", "query"} <= set(tools)
            assert "post_invoice" not in tools and "run_action" not in tools
            convert = tools["convert_lead"]
            equal(convert.input_schema["required"], ["record"])
            hints = convert.annotations
            equal((hints.read_only_hint, hints.destructive_hint, hints.idempotent_hint), (False, False, False))
            assert tools["forecast"].annotations.read_only_hint and tools["update_lead"].annotations.idempotent_hint
            model = Model(client)
            preview = await model.call("create_lead", name="Peter Njoroge", preview=True)
            equal(preview["changes"][0]["summary"], "Creates lead Peter Njoroge")
            made = await model.call("create_lead", name="Peter Njoroge")
            await model.call("undo", run=made["run"])
            resources = [resource.uri for resource in (await client.list_resources()).resources]
            assert "nexus://crm/lead" in resources and "nexus://finance/invoice" not in resources, resources
            equal((await model.call("query", object="crm.lead", id=lead))["data"][0]["state"], "converted")


async def others_are_kept_out(token):
    """A seller sees what a seller may; nobody is nobody; a page from elsewhere is refused."""
    person = {"name": "Seller", "email": "seller@kibo.example", "roles": ["salesperson"], "password": "0123456789"}
    rest("core/users", person, token)
    seller = rest("session", {"email": person["email"], "password": person["password"]})["token"]
    async with speaking(seller) as client:
        model = Model(client)
        equal((await model.call("query", object="crm.lead"))["data"], [])
        refused = await model.refused("query", object="finance.invoice")
        equal(refused.structured_content["kind"], "denied")
        names = [line["action"] for line in (await model.call("search_actions", query="invoice"))["actions"]]
        assert "finance.post_invoice" not in names, names
        resources = [resource.uri for resource in (await client.list_resources()).resources]
        assert "nexus://crm/lead" in resources and "nexus://finance/invoice" not in resources, resources
        try:
            await client.read_resource("nexus://finance/invoice")
            raise AssertionError("a denied object was described")
        except MCPError:
            pass

    ping = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    accept = {"Accept": "application/json, text/event-stream"}
    bearer = accept | {"Authorization": f"Bearer {token}"}
    async with httpx2.AsyncClient() as http:
        nobody = await http.post(f"{NEXUS}/mcp", json=ping, headers=accept)
        equal((nobody.status_code, nobody.headers["www-authenticate"]), (401, "Bearer"))
        page = await http.post(f"{NEXUS}/mcp", json=ping, headers=bearer | {"Origin": "https://evil.example"})
        equal(page.status_code, 403)
        local = await http.post(f"{NEXUS}/mcp", json=ping, headers=bearer | {"Origin": "http://localhost:6274"})
        equal(local.status_code, 200)
        equal((await http.post(f"{NEXUS}/mcp/nothing", json=ping, headers=bearer)).status_code, 404)


async def main():
    session = rest("session", {"email": os.environ["EMAIL"], "password": os.environ["PASSWORD"]})
    key = rest("core/api-keys/issue", {"name": "A model's key", "agent": True}, session["token"])["key"]
    async with speaking(key) as client:
        model = Model(client)
        await the_small_face(model)
        lead = await the_day(model)
        print(f"the day was lived over MCP {client.protocol_version}")
    await one_app(session["token"], lead)
    await others_are_kept_out(session["token"])


asyncio.run(main())
