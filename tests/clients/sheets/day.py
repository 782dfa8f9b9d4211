"""Exports, edits and imports contacts, and takes the whole company elsewhere."""

import io
import json
import os
import subprocess
import tarfile
import time
import urllib.request
import uuid
from datetime import date
from decimal import Decimal

import openpyxl
import pyarrow.parquet

NEXUS = os.environ["NEXUS"] + "/api/v1"
DATA = os.environ["DATA"]


def call(method, path, body=None, **headers):
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(NEXUS + path, body, headers, method=method)
    with urllib.request.urlopen(request) as reply:
        return reply.read()


credentials = json.dumps({"email": os.environ["EMAIL"], "password": os.environ["PASSWORD"]}).encode()
token = json.loads(call("POST", "/session", credentials, Content_Type="application/json"))["token"]
signed = {"Authorization": "Bearer " + token}


def records(path, query):
    return json.loads(call("GET", f"/{path}?limit=500&{query}", **signed))["data"]


def send(path, name, content, **fields):
    """A form with a file."""
    edge = uuid.uuid4().hex
    parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{text}\r\n' for field, text in fields.items()]
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = "".join(parts).encode() + head.encode() + content + f"\r\n--{edge}--\r\n".encode()
    return json.loads(call("POST", path, body, Content_Type=f"multipart/form-data; boundary={edge}", **signed))


def nexus(*args):
    binary = os.environ["NEXUS_BIN"]
    return subprocess.run([binary, *args], check=True, capture_output=True, text=True).stdout


# Parquet has the types of the fields.
invoices = records("finance/invoices", "sort=id")
table = pyarrow.parquet.read_table(io.BytesIO(call("GET", "/finance/invoices/export?format=parquet&sort=id", **signed)))
assert table.num_rows == len(invoices) > 0
for field, kind in {"total": "decimal128(18, 4)", "date": "date32[day]", "created_at": "timestamp[us, tz=UTC]"}.items():
    assert str(table.schema.field(field).type) == kind, table.schema.field(field)
for row, invoice in zip(table.to_pylist(), invoices):
    assert row["id"] == invoice["id"] and row["total"] == Decimal(invoice["total"]["amount"]), (row, invoice)
    assert row["date"] == date.fromisoformat(invoice["date"]) and row["total_currency"] == invoice["total"]["currency"]
print(f"pyarrow reads {table.num_rows} invoices with their types")

# A workbook is read, edited and sent again.
parties = {party["id"]: party for party in records("contacts/parties", "sort=name")}
fields = "id,name,kind,reference,active"
content = call("GET", f"/contacts/parties/export?format=xlsx&sort=name&fields={fields}", **signed)
book = openpyxl.load_workbook(io.BytesIO(content))
sheet = book.active
headings = [cell.value for cell in sheet[1]]
assert headings == fields.split(","), headings
rows = [dict(zip(headings, row)) for row in sheet.iter_rows(min_row=2, values_only=True)]
assert len(rows) == len(parties)
for row in rows:
    assert all(row[field] == parties[row["id"]][field] for field in headings), row
sheet.cell(2, headings.index("name") + 1).value = "=Kibo & Söhne"
sheet.cell(2, headings.index("name") + 1).data_type = "s"
sheet.cell(3, headings.index("kind") + 1).value = "robot"
edited = io.BytesIO()
book.save(edited)
told = send("/contacts/parties/import/inspect", "parties.xlsx", edited.getvalue())
assert told["file"]["form"] == "xlsx" and not told["questions"], told
run = str(uuid.uuid4())
report = send("/contacts/parties/import", "parties.xlsx", edited.getvalue(), mapping='key = "id"', run=run)
counts = [report[name] for name in ("created", "updated", "unchanged", "rejected_count")]
assert counts == [0, 1, len(parties) - 2, 1], report
assert [party["name"] for party in records("contacts/parties", "filter=name.startsWith('%3D')")] == ["=Kibo & Söhne"]
refused = openpyxl.load_workbook(io.BytesIO(call("GET", f"/core/imports/{run}/rejects", **signed))).active
assert [cell.value for cell in refused[1]][-1] == "import_error" and refused.max_row == 2
assert "kind" in refused.cell(2, refused.max_column).value
print(f"openpyxl reads {len(rows)} contacts, changes one, and is told why another is refused")

# A file is uploaded and imported in the background.
lines = "".join(json.dumps({"name": f"Reader {number}", "kind": "person"}) + "\n" for number in range(300)).encode()
tus = {**signed, "Tus_Resumable": "1.0.0", "Upload_Length": str(len(lines)), "Content_Type": "application/offset+octet-stream"}
request = urllib.request.Request(NEXUS + "/files", lines, {name.replace("_", "-"): text for name, text in tus.items()}, method="POST")
with urllib.request.urlopen(request) as reply:
    file = reply.headers["Location"].rsplit("/", 1)[1]
begin = json.dumps({"object": "contacts.party", "file": file}).encode()
begun = json.loads(call("POST", "/core/imports/begin", begin, Content_Type="application/json", **signed))
begun = begun.get("output", begun)
for _ in range(600):
    done = json.loads(call("GET", f"/core/imports/{begun['id']}", **signed))
    if done["state"] != "running":
        break
    time.sleep(0.1)
assert (done["state"], done["created"], done["rejected"]) == ("done", 300, 0), done
print("300 contacts are imported by a job")

# The whole company elsewhere.
archive = DATA + ".tar"
written = json.loads(nexus("archive", archive, "--data", DATA, "--json"))
with tarfile.open(archive) as tar:
    manifest = json.load(tar.extractfile("manifest.json"))
    for table in manifest["tables"]:
        with tar.extractfile(f"data/{table['name']}.jsonl") as text:
            assert sum(1 for line in text if json.loads(line)) == table["rows"], table["name"]
    kept = [name for name in tar.getnames() if name.startswith("files/")]
    assert any(tar.extractfile(name).read() == lines for name in kept), kept
restored = json.loads(nexus("restore", archive, "--data", DATA + "-restored", "--json"))
assert restored["hash"] == written["hash"] == manifest["content"]["hash"] and restored["rows"] == written["rows"]
nexus("verify", "--data", DATA + "-restored")
print(f"{written['rows']} rows are restored elsewhere with an equal content hash")
