"""A mail server that wants TLS and a password, refuses the first mail for now and keeps the others as files."""

import socket
import ssl
import sys
import threading
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

folder = Path(sys.argv[1])


class Keep:
    refused = 0
    kept = 0

    async def handle_DATA(self, server, session, envelope):
        assert session.ssl is not None, "mail comes over TLS alone"
        if self.refused == 0:
            self.refused = 1
            return "451 4.3.0 come again"
        self.kept += 1
        part = folder / f"{self.kept}.part"
        part.write_bytes(envelope.content)
        part.rename(folder / f"{self.kept}.eml")
        return "250 2.0.0 taken"


def authenticate(server, session, envelope, mechanism, given):
    return AuthResult(success=(given.login, given.password) == (b"nexus", b"quiet mail"))


tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
tls.load_cert_chain(folder / "cert.pem", folder / "key.pem")
# The controller asks itself on the port that it was given, so that it wants to be given one.
with socket.create_server(("localhost", 0)) as free:
    port = free.getsockname()[1]
controller = Controller(
    Keep(),
    hostname="localhost",
    port=port,
    tls_context=tls,
    require_starttls=True,
    auth_required=True,
    authenticator=authenticate,
)
controller.start()
print(port, flush=True)
threading.Event().wait()
