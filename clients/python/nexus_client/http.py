"""How the client speaks to the server, with nothing but the standard library."""

from __future__ import annotations

import json
import secrets
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from typing import Any

#: Seconds that an answer may take.
TIMEOUT = 60.0


class Problem(Exception):
    """A refusal (RFC 9457): `status`, `detail`, `errors` with field, rule and message, and whatever else it says."""

    def __init__(self, status: int, document: Mapping[str, Any]) -> None:
        self.status = status
        self.detail: str = document.get("detail") or f"the server answers {status}"
        self.errors: list[dict[str, str]] = list(document.get("errors") or [])
        self.document = document
        super().__init__(self.detail, *(f"{error['field']}: {error['message']}" for error in self.errors))


class Http:
    """A server and who asks there: with a token or an API key, or after `sign_in`."""

    def __init__(self, server: str, token: str | None = None, company: str | None = None, timeout: float = TIMEOUT) -> None:
        self.base = server.rstrip("/") + "/api/v1"
        self.token = token
        self.company = company
        self.timeout = timeout
        #: The run of the last change, which `undo` takes back.
        self.run: str | None = None

    def sign_in(self, email: str, password: str, tenant: str | None = None) -> None:
        """Asks as this user from now on."""
        body = {"email": email, "password": password} | ({"tenant": tenant} if tenant else {})
        self.token = self.request("POST", "/session", body=body)["token"]

    def preview(self, action: str, record: str | None = None, **input: Any) -> list[dict[str, Any]]:
        """What an action, such as `finance.post_invoice`, would change; nothing is changed."""
        body = input | ({"record": record} if record else {})
        path = f"/actions/{quote(action)}"
        changes: list[dict[str, Any]] = self.request("POST", path, query={"preview": True}, body=body)["changes"]
        return changes

    def request(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        header: Mapping[str, Any] | None = None,
        body: Any = None,
        form: Mapping[str, str | tuple[str, bytes]] | None = None,
        plain: bool = False,
    ) -> Any:
        """One request. Raises `Problem` when it is refused."""
        headers = {name: str(value) for name, value in (header or {}).items() if value is not None}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if self.company:
            headers["Nexus-Company"] = self.company
        content: bytes | None = None
        if body is not None:
            content, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
        elif form is not None:
            content, headers["Content-Type"] = _form(form)
        given = {name: _text(value) for name, value in (query or {}).items() if value is not None}
        address = self.base + path + ("?" + urllib.parse.urlencode(given) if given else "")
        request = urllib.request.Request(address, content, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as reply:
                answer: bytes = reply.read()
                self.run = reply.headers.get("Nexus-Run") or self.run
        except urllib.error.HTTPError as error:
            raise Problem(error.code, _document(error.read())) from None
        if plain:
            return answer
        return json.loads(answer) if answer else None


def quote(text: str) -> str:
    """A text as one segment of a path or the name of a file, in which a slash is a letter like any other."""
    return urllib.parse.quote(text, safe="")


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _document(body: bytes) -> Mapping[str, Any]:
    try:
        document = json.loads(body)
    except ValueError:
        return {}
    return document if isinstance(document, dict) else {}


def _form(form: Mapping[str, str | tuple[str, bytes]]) -> tuple[bytes, str]:
    """A form as `multipart/form-data` (RFC 7578); a file is its name and its bytes."""
    boundary = secrets.token_hex(16)
    parts = []
    for name, value in form.items():
        file, data = value if isinstance(value, tuple) else (None, value.encode())
        named = f'; filename="{quote(file)}"' if file else ""
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'
        parts.append(head.encode() + data + b"\r\n")
    return b"".join(parts) + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"
