"""NATS with JetStream, and a consumer of its stream that goes on after every loss."""

import asyncio
import json
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import threading

from harness import START_SECONDS_MAX, Failure, tied, wait_until

STREAM = "NEXUS"
# How long the consumer waits for a message before it looks whether it is to end.
PAUSE_SECONDS = 0.2


class Nats:
    """A NATS server on a port of its own, which it keeps over kills and starts."""

    def __init__(self):
        program = shutil.which("nats-server")
        if program is None:
            raise Failure("nats-server is missing; on Debian: apt-get install nats-server")
        self.program = program
        self.work = pathlib.Path(tempfile.mkdtemp(prefix="nexus-faults-nats-"))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"nats://127.0.0.1:{self.port}"
        self.process = None
        self.start()

    def start(self):
        command = [self.program, "--jetstream", "--store_dir", str(self.work), "--addr", "127.0.0.1"]
        with open(self.work / "log", "ab") as log:
            self.process = subprocess.Popen(
                tied([*command, "--port", str(self.port)]), stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        wait_until(self._answers, "NATS listens", START_SECONDS_MAX)

    def _answers(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        except OSError:
            return False
        return True

    def kill(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def close(self):
        self.kill()
        shutil.rmtree(self.work, ignore_errors=True)


class Consumer(threading.Thread):
    """A durable consumer. Of each event it must be told at least once, of none before all that come before it."""

    def __init__(self, url, tenant):
        super().__init__(daemon=True)
        self.url, self.tenant = url, tenant
        self.told, self.again, self.wrong = [], 0, None
        self.stopping = threading.Event()

    def run(self):
        asyncio.run(self._follow())

    async def _follow(self):
        import nats  # of PyPI: nats-py

        async def quiet(_error):
            pass

        # It asks again by itself, however long the server is away.
        options = {"max_reconnect_attempts": -1, "reconnect_time_wait": PAUSE_SECONDS, "error_cb": quiet}
        while not self.stopping.is_set():
            try:
                connection = await nats.connect(self.url, **options)
                try:
                    places = await connection.jetstream().pull_subscribe(f"nexus.{self.tenant}.>", durable="probe")
                    while not self.stopping.is_set() and self.wrong is None:
                        try:
                            messages = await places.fetch(100, timeout=PAUSE_SECONDS)
                        except nats.errors.TimeoutError:
                            continue
                        for message in messages:
                            self._take(message)
                            await message.ack()
                finally:
                    await connection.close()
            except (nats.errors.Error, OSError):
                # There is no server or no stream yet, or not any more.
                await asyncio.sleep(PAUSE_SECONDS)

    def _take(self, message):
        told = json.loads(message.data)
        subject = f"nexus.{self.tenant}.{told['app']}.{told['object']}.{told['verb']}"
        if message.subject != subject or message.headers["Nats-Msg-Id"] != told["id"]:
            self.wrong = f"{message.subject} with id {message.headers['Nats-Msg-Id']} tells {told['id']} of {subject}"
        elif told["seq"] <= len(self.told) and self.told[told["seq"] - 1]["id"] == told["id"]:
            self.again += 1
        elif told["seq"] == len(self.told) + 1:
            self.told.append(told)
        else:
            self.wrong = f"event {told['seq']} ({told['id']}) came after {len(self.told)} events"

    def must_agree(self, events, seconds):
        """Waits until it was told of all these events; of each what the log says."""
        wait_until(lambda: self.wrong or len(self.told) >= len(events), f"{len(events)} events told by NATS", seconds)
        if self.wrong:
            raise Failure(f"NATS: {self.wrong}")
        if len(self.told) > len(events):
            raise Failure(f"NATS told {len(self.told)} events, the log has {len(events)}")
        for told, event in zip(self.told, events):
            alike = all(told[key] == event[key] for key in ("seq", "at", "action", "verb", "run", "record", "version"))
            if not alike or told["user"] != event["user"]["id"] or told["fields"] != event["fields"]:
                raise Failure(f"NATS told {told}, the log has {event}")

    def end(self):
        self.stopping.set()
        self.join()
