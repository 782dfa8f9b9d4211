"""A small load balancer in front of several servers, as a Service of Kubernetes is one.

It sends each request to a server that /readyz calls ready, in turn. A server that is about to end is told to it
first (`leave`, the preStop hook) and gets no further request. What goes wrong behind it is answered with 502, never
tried again: the client hears of it.
"""

import http.client
import socket
import threading
import time

from harness import ANSWER_SECONDS_MAX, wait_until

# Between two questions for readiness, and how long one may take.
PROBE_SECONDS, PROBE_SECONDS_MAX = 0.05, 5
# From the last request that a server is sent to the signal that ends it: the server has read the request by then. A
# request on its way to a server that closes its idle connections would be lost with the connection.
PRE_STOP_SECONDS = 0.25
HEAD_BYTES_MAX = 64 << 10
# Of one connection only, or said anew here.
OWN_HEADERS = ("connection", "keep-alive", "transfer-encoding", "content-length")


class Backend:
    """A place for a server, and whether it is sent requests."""

    def __init__(self, server):
        self.server = server
        self.is_ready, self.is_leaving = False, False
        self.served = 0


class Balancer:
    """Listens on a port of 127.0.0.1; `served`, `failed` and `longest` tell what became of the requests."""

    def __init__(self, servers):
        self.backends = [Backend(server) for server in servers]
        self.lock, self.turn = threading.Lock(), 0
        self.served, self.longest, self.failed = 0, 0.0, []
        self.closing = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.address = f"127.0.0.1:{self.listener.getsockname()[1]}"
        self.threads = [threading.Thread(target=self._accept, daemon=True)]
        self.threads += [threading.Thread(target=self._probe, args=(each,), daemon=True) for each in self.backends]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        for number in range(len(self.backends)):
            self._wait_until_ready(number)
        return self

    def __exit__(self, kind, error, trace):
        self.closing.set()
        # Wakes the thread that waits in accept.
        self.listener.shutdown(socket.SHUT_RDWR)
        for thread in self.threads:
            thread.join()
        self.listener.close()

    def leave(self, number):
        """No further request for this server; those that it was sent go on."""
        with self.lock:
            self.backends[number].is_leaving = True
        time.sleep(PRE_STOP_SECONDS)

    def join(self, number, server):
        """Another server in its place; answers once it is ready."""
        with self.lock:
            backend = self.backends[number]
            backend.server, backend.is_ready, backend.is_leaving = server, False, False
        self._wait_until_ready(number)

    def _wait_until_ready(self, number):
        wait_until(lambda: self.backends[number].is_ready, f"server {number + 1} is ready")

    def _probe(self, backend):
        while not self.closing.wait(PROBE_SECONDS):
            server = backend.server
            if backend.is_leaving:
                continue
            connection = http.client.HTTPConnection(server.address, timeout=PROBE_SECONDS_MAX)
            try:
                connection.request("GET", "/readyz")
                is_ready = connection.getresponse().status == 200
            except (OSError, http.client.HTTPException):
                is_ready = False
            finally:
                connection.close()
            with self.lock:
                if backend.server is server:
                    backend.is_ready = is_ready

    def _choose(self):
        with self.lock:
            ready = [backend for backend in self.backends if backend.is_ready and not backend.is_leaving]
            if not ready:
                return None, None
            self.turn += 1
            backend = ready[self.turn % len(ready)]
            return backend, backend.server

    def _accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        """One client's requests, one after another. Its connections to the servers are its own."""
        upstreams = {}
        with connection, connection.makefile("rb") as reader:
            try:
                while request := read_request(reader):
                    began = time.monotonic()
                    answer = self._forward(upstreams, *request)
                    connection.sendall(answer)
                    with self.lock:
                        self.served += 1
                        self.longest = max(self.longest, time.monotonic() - began)
            except OSError:
                # The client is gone.
                pass
        for upstream in upstreams.values():
            upstream.close()

    def _forward(self, upstreams, method, data):
        backend, server = self._choose()
        if server is None:
            return self._wrong("no server is ready")
        current = [each.server for each in self.backends]
        for old in [known for known in upstreams if known not in current]:
            upstreams.pop(old).close()
        try:
            upstream = upstreams.get(server)
            if upstream is None:
                host, port = server.address.split(":")
                upstream = upstreams[server] = socket.create_connection((host, int(port)), ANSWER_SECONDS_MAX)
                upstream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            upstream.sendall(data)
            reply = http.client.HTTPResponse(upstream, method=method)
            reply.begin()
            body = reply.read()
        except (OSError, http.client.HTTPException) as error:
            if server in upstreams:
                upstreams.pop(server).close()
            return self._wrong(f"{data.split(b' HTTP', 1)[0].decode()} to {server.address}: {error!r}")
        if reply.will_close:
            upstreams.pop(server).close()
        reply.close()
        with self.lock:
            backend.served += 1
        return answer_of(reply, body)

    def _wrong(self, what):
        with self.lock:
            self.failed.append(what)
        text = what.encode()
        return b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: %d\r\n\r\n%s" % (len(text), text)


def read_request(reader):
    """The method and the bytes of the next request; None at the end of the connection."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        line = reader.readline(HEAD_BYTES_MAX)
        if not line:
            return None
        head += line
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return head.split(b" ", 1)[0].decode(), head + reader.read(length)


def answer_of(reply, body):
    """The bytes of an answer as the client gets them."""
    lines = [f"HTTP/1.1 {reply.status} {reply.reason}"]
    lines += [f"{name}: {value}" for name, value in reply.getheaders() if name.lower() not in OWN_HEADERS]
    if reply.status not in (204, 304):
        lines.append(f"content-length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body
