"""Uploads files, and finds in the object store what the documentation says is there."""

import json
import os
import urllib.request

import boto3

NEXUS = os.environ["NEXUS"] + "/api/v1"
TENANT = "files/kibo-traders-ltd"


def call(method, path, body=None, **headers):
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(NEXUS + path, body, headers, method=method)
    with urllib.request.urlopen(request) as reply:
        return reply.headers, reply.read()


credentials = {"email": os.environ["EMAIL"], "password": os.environ["PASSWORD"]}
_, session = call("POST", "/session", json.dumps(credentials).encode(), Content_Type="application/json")
signed = {"Authorization": "Bearer " + json.loads(session)["token"]}
tus = {**signed, "Tus_Resumable": "1.0.0"}


def upload(content):
    headers, _ = call("POST", "/files", b"", Upload_Length=str(len(content)), **tus)
    place = headers["Location"].removeprefix("/api/v1")
    half = len(content) // 2
    for start, end in ((0, half), (half, len(content))):
        kind = "application/offset+octet-stream"
        call("PATCH", place, content[start:end], Upload_Offset=str(start), Content_Type=kind, **tus)
    return place.rsplit("/", 1)[1]


first = os.urandom(9_000_000)
second = b"a new beginning" + first
for content in (first, second):
    id = upload(content)
    headers, read = call("GET", f"/core/files/{id}/content", **signed)
    assert read == content
print("two files are uploaded to the object store and read back")

s3 = boto3.resource("s3", endpoint_url=os.environ["AWS_ENDPOINT"], region_name=os.environ["AWS_REGION"])
kept = {object.key: object.get()["Body"].read() for object in s3.Bucket("company").objects.all()}
assert all(key.startswith(TENANT + "/") for key in kept), list(kept)
# Behind 32 bytes of its own hash, a list has 36 bytes a chunk: its hash and its length.
lists = {key: text for key, text in kept.items() if "/lists/" in key}
assert len(lists) == 2, list(kept)
made = []
for key, text in lists.items():
    entries = [text[at : at + 36] for at in range(32, len(text), 36)]
    chunks = [kept[f"{TENANT}/chunks/{hash.hex()[:2]}/{hash.hex()}"] for hash in (entry[:32] for entry in entries)]
    assert [len(chunk) for chunk in chunks] == [int.from_bytes(entry[32:], "big") for entry in entries]
    made.append(b"".join(chunks))
assert sorted(made, key=len) == [first, second]
stored = sum(len(body) for key, body in kept.items() if "/chunks/" in key)
assert stored < 15_000_000, f"{stored} bytes for two files of 9,000,000 that differ at their beginning"
assert not any("/uploads/" in key for key in kept), "nothing is left of the uploads"
print(f"boto3 puts both together from {len(kept)} objects, which share what the files have in common")
