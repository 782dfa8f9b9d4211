"""Consumers of the event log: one stream of server-sent events, and a follower that goes on after every loss."""

import http.client
import json
import socket
import threading

from harness import ANSWER_SECONDS_MAX, Failure

# How long a follower waits before it looks for a server again.
PAUSE_SECONDS = 0.05


class Stream:
    """One stream, from after an event, or from now on when none is given; `status` is the answer's."""

    def __init__(self, server, token, after=None):
        self.connection = http.client.HTTPConnection(server.address, timeout=ANSWER_SECONDS_MAX)
        headers = {"accept": "text/event-stream", "authorization": f"Bearer {token}"}
        if after is not None:
            headers["last-event-id"] = str(after)
        self.connection.request("GET", "/api/v1/events", headers=headers)
        # Kept here, since the connection lets go of it once the answer has begun.
        self.socket = self.connection.sock
        self.reply = self.connection.getresponse()
        self.status = self.reply.status

    def __iter__(self):
        while line := self.reply.readline():
            if line.startswith(b"data:"):
                yield json.loads(line[5:])

    def end(self):
        """Wakes the thread that waits for the next event, which then finds the end."""
        try:
            self.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


class Follower(threading.Thread):
    """Must be told every event once, in order, and none that is not in the log afterwards."""

    def __init__(self, world, after=0):
        super().__init__(daemon=True)
        self.world, self.last = world, after
        self.told = {}
        self.wrong = None
        self.stopping = threading.Event()
        self.changed = threading.Condition()
        self.stream = None

    def run(self):
        while not self.stopping.is_set():
            try:
                self.stream = Stream(self.world.server, self.world.token, self.last)
                if self.stream.status == 200:
                    for event in self.stream:
                        self._take(event)
            except (OSError, http.client.HTTPException, ValueError):
                # The connection ended in the middle of whatever it said.
                pass
            except Failure as failure:
                self.wrong = failure
                return
            self.stopping.wait(PAUSE_SECONDS)

    def _take(self, event):
        with self.changed:
            if event["seq"] != self.last + 1:
                raise Failure(f"the consumer was told the event {event['seq']} after {self.last}")
            self.last = event["seq"]
            self.told[self.last] = event
            self.changed.notify_all()

    def must_agree(self, events, seconds):
        """Waits until it was told the newest event; each that it was told is in the log as it was told."""
        newest = len(events)
        with self.changed:
            caught_up = self.changed.wait_for(lambda: self.wrong or self.last >= newest, seconds)
        if self.wrong:
            raise self.wrong
        if not caught_up:
            raise Failure(f"the consumer was told {self.last} of {newest} events within {seconds} seconds")
        other = [seq for seq, event in self.told.items() if seq > newest or events[seq - 1] != event]
        if other:
            raise Failure(f"the consumer was told {len(other)} events that the log does not have, such as {other[0]}")

    def end(self):
        self.stopping.set()
        while self.is_alive():
            if self.stream is not None:
                self.stream.end()
            self.join(PAUSE_SECONDS)
