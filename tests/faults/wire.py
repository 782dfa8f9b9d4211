"""The way from a server to PostgreSQL, which may break at the worst moment: right after a COMMIT was sent."""

import random
import socket
import threading

# How a COMMIT ends that is sent alone, as a simple query of PostgreSQL's protocol.
COMMIT = b"COMMIT\0"
PIECE = 64 << 10


class Wire:
    """Forwards a port of 127.0.0.1 to another; `share` of the connections that send a COMMIT break after it."""

    def __init__(self, port, seed):
        self.target, self.dice = port, random.Random(seed)
        self.share, self.cuts = 0.0, 0
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self._accept, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, kind, error, trace):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.thread.join()
        self.listener.close()

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
                server = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                return
            for end in (client, server):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for ends in ((client, server, True), (server, client, False)):
                threading.Thread(target=self._pump, args=ends, daemon=True).start()

    def _pump(self, source, target, is_request):
        try:
            while data := source.recv(PIECE):
                target.sendall(data)
                if is_request and data.endswith(COMMIT) and self.dice.random() < self.share:
                    self.cuts += 1
                    # PostgreSQL hears of it when it answers, and has committed by then.
                    source.shutdown(socket.SHUT_RDWR)
                    return
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
