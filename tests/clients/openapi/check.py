"""Checks the OpenAPI document, read from standard input, and the server's replies against it."""

import json
import os
import sys
import urllib.error
import urllib.request

from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

NEXUS = os.environ["NEXUS"]
document = json.load(sys.stdin)
checked = 0


def request(method, path, body=None, token=None):
    """Status, headers and JSON of one request."""
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    data = None if body is None else json.dumps(body).encode()
    try:
        reply = urllib.request.urlopen(urllib.request.Request(f"{NEXUS}/api/v1{path}", data, headers, method=method))
    except urllib.error.HTTPError as problem:
        reply = problem
    with reply:
        text = reply.read()
    return reply.status, reply.headers, json.loads(text) if text and "json" in reply.headers["Content-Type"] else None


def resolved(part):
    while "$ref" in part:
        target = document
        for step in part["$ref"].removeprefix("#/").split("/"):
            target = target[step.replace("~1", "/")]
        part = target
    return part


def conforms(path, method, status, headers, body):
    """That a reply is one that the document has for the operation."""
    global checked
    responses = document["paths"][path][method]["responses"]
    assert str(status) in responses, f"{method} {path} answered {status}, which the document does not have: {body}"
    response = resolved(responses[str(status)])
    media = headers["Content-Type"].split(";")[0] if body is not None else None
    if media is not None:
        schema = response["content"][media]["schema"]
        errors = list(Draft202012Validator({"components": document["components"], **schema}).iter_errors(body))
        assert not errors, f"{method} {path} {status}: {errors[0].json_path}: {errors[0].message}"
    for name, header in response.get("headers", {}).items():
        assert name in headers or not resolved(header).get("required"), f"{method} {path} {status}: the header {name} is missing"
    checked += 1


def call(path, method="get", body=None, query="", **place):
    """Sends a request and holds the reply to the document."""
    address = path.format(**place) if place else path
    status, headers, reply = request(method.upper(), address + query, body, token)
    conforms(path, method, status, headers, reply)
    return status, reply


validate(document)
assert document["openapi"].startswith("3.1")
operations = [operation for item in document["paths"].values() for operation in item.values()]
ids = [operation["operationId"] for operation in operations]
assert len(ids) == len(set(ids)), "operation ids are unique"
status, _, served = request("GET", "/openapi.json")
assert (status, served) == (200, document), "the server serves the document that the command prints"

credentials = {"email": os.environ["EMAIL"], "password": os.environ["PASSWORD"]}
token = None
token = call("/session", "post", credentials)[1]["token"]
for path in ("/session", "/meta", "/events"):
    assert call(path)[0] == 200
assert call("/search", query="?q=solar")[1]["data"], "the demo company has something solar"

lists = [path for path in document["paths"] if path.count("/") == 2 and "{" not in path]
for path in lists:
    status, page = call(path, query="?limit=5&count=exact")
    assert status == 200, (path, page)
    call(f"{path}/aggregate", query="?measures=count()")
    for record in page["data"]:
        assert call(path + "/{id}", id=record["id"])[0] == 200
        assert call(path + "/{id}/history", id=record["id"])[0] == 200
for path in [path for path in document["paths"] if "/reports/" in path]:
    status, report = call(path)
    assert status == 200, (path, report)

lead = {"name": "Tendai Moyo", "budget": {"amount": "12.50", "currency": "KES"}}
assert call("/crm/leads", "post", lead, query="?preview=true")[0] == 200
status, made = call("/crm/leads", "post", lead)
assert (status, made["budget"]) == (201, lead["budget"])
assert call("/crm/leads/{id}", "patch", {"phone": "+263 4 000 201"}, id=made["id"])[0] == 200
assert call("/crm/leads/{id}/convert", "post", {}, id=made["id"])[0] == 409
assert call("/crm/leads", "post", {"email": "x"})[0] == 422
assert call("/crm/leads", query="?filter=nonsense")[0] == 400
assert call("/crm/leads/{id}", "delete", id=made["id"])[0] == 204
assert call("/crm/leads/{id}", id=made["id"])[0] == 404
calls = [{"action": "crm.restore_lead", "record": made["id"]}, {"action": "crm.update_lead", "record": made["id"], "input": {"state": "qualified"}}]
status, batch = call("/batch", "post", calls)
assert status == 200, batch
assert call("/crm/leads/{id}/convert", "post", {}, query="?preview=true", id=made["id"])[0] == 200
assert call("/undo", "post", {"run": batch["run"]})[0] == 200
assert call("/undo", "post", {"run": batch["run"]})[0] == 409
token = None
assert call("/crm/leads")[0] == 401
print(f"{len(operations)} operations; {checked} replies are what the document says")
