"""Assigns a task to somebody and reads the mail that a foreign server has taken."""

import email
import email.policy
import json
import os
import subprocess
import time
import urllib.request
from pathlib import Path

NEXUS = os.environ["NEXUS"] + "/api/v1"
MAIL = Path(os.environ["MAIL"])


def call(method, path, body=None, token=None):
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    request = urllib.request.Request(NEXUS + path, json.dumps(body).encode(), headers, method=method)
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
assert letter["List-Unsubscribe"] == "<https://nexus.kibo.example/core/notification-settings>"
assert letter["Message-ID"].endswith("@kibo.example>"), letter["Message-ID"]
link = f"https://nexus.kibo.example/tasks/tasks/{task['id']}"
text = letter.get_body(("plain",)).get_content()
html = letter.get_body(("html",)).get_content()
assert link in text and "naïve <b>plan</b>" in text, text
assert "Lease &amp; racks" in html and "&lt;b&gt;" in html and "<b>" not in html, html
print(f"{len(letters)} mail, refused once and taken at the second try: {letter['Subject']}")
