"""Assigns a task to somebody, reads the mail that a foreign server has taken, and turns such mail off with one click."""

import email
import email.policy
import http.client
import json
import os
import subprocess
import time
import urllib.parse
import urllib.request
from pathlib import Path

NEXUS = os.environ["NEXUS"] + "/api/v1"
MAIL = Path(os.environ["MAIL"])


def call(method, path, body=None, token=None):
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    body = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(NEXUS + path, body, headers, method=method)
    with urllib.request.urlopen(request) as reply:
        return json.load(reply)


doctor = subprocess.run([os.environ["NEXUS_BIN"], "doctor", "--json"], capture_output=True, check=False)
mail = next(line for line in json.loads(doctor.stdout) if line["check"] == "mail")
assert mail["verdict"] == "ok", mail
print(f"doctor: {mail['value']}")

token = call("POST", "/session", {"email": os.environ["EMAIL"], "password": os.environ["PASSWORD"]})["token"]
grace = {"name": "Grace Wambui", "email": "grace@kibo.example", "roles": ["task_user"]}
grace = call("POST", "/core/users", grace, token)
task = {"title": "Lease & racks: naïve <b>plan</b>", "assignee": grace["id"], "due": "2026-12-01"}
task = call("POST", "/tasks/tasks", task, token)

end = time.monotonic() + 60
while not (letters := sorted(MAIL.glob("*.eml"))):
    assert time.monotonic() < end, "no mail came within a minute"
    time.sleep(0.2)
letter = email.message_from_bytes(letters[0].read_bytes(), policy=email.policy.default)
assert letter["To"] == "Grace Wambui <grace@kibo.example>", letter["To"]
assert letter["From"] == "Nexus <nexus@kibo.example>", letter["From"]
assert letter["Subject"] == "Your task: Lease & racks: naïve <b>plan</b>", letter["Subject"]
assert letter["Message-ID"].endswith("@kibo.example>"), letter["Message-ID"]
link = f"https://nexus.kibo.example/tasks/tasks/{task['id']}"
text = letter.get_body(("plain",)).get_content()
html = letter.get_body(("html",)).get_content()
assert link in text and "naïve <b>plan</b>" in text, text
assert "Lease &amp; racks" in html and "&lt;b&gt;" in html and "<b>" not in html, html
print(f"{len(letters)} mail, refused once and taken at the second try: {letter['Subject']}")

# RFC 8058: a POST by the mail program, without a sign-in, turns off this kind of mail; to look at the link does nothing.
assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click", letter["List-Unsubscribe-Post"]
unsubscribe = "".join(letter["List-Unsubscribe"].split()).strip("<>")
public, path = unsubscribe[:26], unsubscribe[26:]
assert public == "https://nexus.kibo.example" and path.startswith("/api/v1/unsubscribe/nxu_kibo-traders-ltd."), unsubscribe


def click(method, path):
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(NEXUS).netloc)
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if method == "POST" else {}
    connection.request(method, path, "List-Unsubscribe=One-Click" if method == "POST" else None, headers)
    reply = connection.getresponse()
    reply.read()
    return reply.status, reply.headers["Location"]


def told():
    mine = urllib.parse.urlencode({"filter": f"user == '{grace['id']}'", "sort": "created_at"})
    return call("GET", "/core/notifications?" + mine, token=token)["data"]


settings = "/core/notification-settings?" + urllib.parse.urlencode({"filter": f"user == '{grace['id']}'"})
assert click("GET", path) == (303, "/core/notification-settings"), click("GET", path)
assert click("POST", path.replace("tasks.assigned", "tasks.due"))[0] == 404
assert call("GET", settings, token=token)["data"] == []
assert click("POST", path)[0] == 204
call("POST", "/tasks/tasks", {"title": "Order racks", "assignee": grace["id"]}, token)
assert [news["mail"] for news in told()] == ["at_once", None], told()
print("one click: she is told in the app alone from then on")
