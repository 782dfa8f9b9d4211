"""What every scenario stands on: the binary, a server of it, a connection to it, and how to wait."""

import http.client
import json
import os
import pathlib
import select
import shutil
import signal
import subprocess
import sys
import time
import uuid

EMAIL, PASSWORD = "admin@fault.example", "a password for this run"
COMPANY, TENANT = "Fault Ltd", "fault-ltd"
# Only so that what hangs is noticed; nothing is right because so much time went by.
ANSWER_SECONDS_MAX = 30
START_SECONDS_MAX = 60
COMMAND_SECONDS_MAX = 120


class Failure(Exception):
    """Something does not hold, and the scenario cannot go on."""


class Refused(Exception):
    """An answer of 400 or more, which is always a problem document."""

    def __init__(self, asked, status, problem, headers):
        super().__init__(f"{asked}: {status} {problem.get('detail')}")
        self.status, self.problem, self.headers = status, problem, headers

    def is_clear(self):
        """Whether it says that the server, not the caller, is in trouble, and which trouble it is.

        500 stands for a mistake inside; somebody whose disk is full or whose database is away would look for it in
        the program.
        """
        return self.status in (503, 507) and len(self.problem["detail"]) > 10


class Place:
    """Where one installation keeps its data."""

    def __init__(self, folder, url=None, places=None):
        self.folder, self.url, self.places = pathlib.Path(folder), url, places

    @property
    def flags(self):
        database = ["--database", self.url] if self.url else []
        return ["--data", str(self.folder), *database, *(["--places", self.places] if self.places else [])]

    @property
    def is_sqlite(self):
        return self.url is None


def binary():
    path = os.environ.get("NEXUS_BIN")
    if not path or not os.access(path, os.X_OK):
        sys.exit("NEXUS_BIN names no program; `cargo xtask build` prints the path of the binary")
    return path


def tied(command):
    """The command, to be killed by the kernel when this process is gone, however it went."""
    return ["setpriv", "--pdeathsig", "KILL", "--", *command] if shutil.which("setpriv") else command


def nexus(place, command, *arguments, seconds=COMMAND_SECONDS_MAX):
    """Runs one command to its end; a command that hangs is a failure."""
    line = tied([binary(), command, *arguments, *place.flags])
    try:
        return subprocess.run(line, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=seconds)
    except subprocess.TimeoutExpired:
        raise Failure(f"`nexus {command}` did not end within {seconds} seconds") from None


def init(place, company=COMPANY):
    flags = ["--company", company, "--email", EMAIL, "--password", PASSWORD, "--country", "KE", "--currency", "KES"]
    return nexus(place, "init", *flags)


def verify(place):
    said = nexus(place, "verify")
    if said.returncode != 0:
        raise Failure(f"verify says: {said.stdout}{said.stderr}")


def wait_until(condition, what, seconds=ANSWER_SECONDS_MAX):
    """Waits until the condition is true, looked at again and again; what it answered."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.01)
    raise Failure(f"{what}: not within {seconds} seconds")


class Server:
    """`nexus serve` on a port of its own choice; `listens` waits until it has one."""

    def __init__(self, place, log, environment=None):
        self.log = pathlib.Path(log)
        self.log_before = self.log.stat().st_size if self.log.exists() else 0
        command = tied([binary(), "serve", *place.flags, "--listen", "127.0.0.1:0", "--log", "warn"])
        with open(self.log, "ab") as log_file:
            # Not restored: SIGXFSZ stays ignored, so that a file at its limit is an error and no death.
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log_file,
                env={**os.environ, **(environment or {})}, restore_signals=False,
            )
        self.address = None

    def listens(self):
        """Waits until it listens; answers itself."""
        self.address = self._address()
        return self

    def _address(self):
        said, out = b"", self.process.stdout.fileno()
        end = time.monotonic() + START_SECONDS_MAX
        while True:
            ready, _, _ = select.select([out], [], [], max(0, end - time.monotonic()))
            if not ready:
                self.kill()
                raise Failure(f"the server did not listen within {START_SECONDS_MAX} seconds")
            piece = os.read(out, 4096)
            said += piece
            for line in said.decode().splitlines(keepends=True):
                if line.startswith("listening on http://") and line.endswith("\n"):
                    return line.split("http://", 1)[1].strip()
            if not piece:
                code = self.process.wait()
                raise NotStarted(code, said.decode() + self.logged())

    @property
    def id(self):
        return self.process.pid

    def is_alive(self):
        return self.process.poll() is None

    def logged(self):
        """What this server, not one before it, wrote into the log."""
        with open(self.log, "rb") as log:
            log.seek(self.log_before)
            return log.read().decode(errors="replace")

    def kill(self):
        if self.is_alive():
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()


class NotStarted(Failure):
    """The server ended before it listened."""

    def __init__(self, code, said):
        super().__init__(f"the server ended with {code} before it listened: {said.strip()}")
        self.code, self.said = code, said


def must_set_up(context, place, told):
    """`init` works, after an attempt that did not come to its end, and its administrator can sign in."""
    said = init(place)
    if said.returncode != 0:
        raise Failure(f"{told}: it ended with {said.returncode}: {said.stdout}{said.stderr}")
    verify(place)
    server = Server(place, context.work / "first.log").listens()
    try:
        Client(server).ask("POST", "/session", {"email": EMAIL, "password": PASSWORD})
    except Refused as refusal:
        context.wrong(f"{told}; it says `{said.stdout.splitlines()[0]}`, but nobody can sign in: {refusal}")
    finally:
        server.kill()


class Client:
    """One connection, kept open."""

    def __init__(self, server, token=None):
        self.connection = http.client.HTTPConnection(server.address, timeout=ANSWER_SECONDS_MAX)
        self.token = token

    def ask(self, method, path, body=None, key=None):
        """The JSON of an answer and its headers.

        Raises Refused for a problem document, an OSError or HTTPException when the connection ends instead.
        """
        data = None if body is None else json.dumps(body).encode()
        return self._answer(f"{method} {path}", lambda: self.connection.request(
            method, self._whole(path), data, self._headers(key)
        ))

    def park(self, method, path, body, key):
        """Sends a request but for its last byte; `release` sends that and answers like `ask`."""
        data = json.dumps(body).encode()
        self.connection.putrequest(method, self._whole(path))
        for name, value in {**self._headers(key), "content-length": str(len(data))}.items():
            self.connection.putheader(name, value)
        self.connection.endheaders(data[:-1])
        self.parked = f"{method} {path}", data[-1:]

    def release(self):
        asked, last = self.parked
        return self._answer(asked, lambda: self.connection.send(last))

    @staticmethod
    def _whole(path):
        return path if path in ("/healthz", "/readyz", "/metrics") else "/api/v1" + path

    def _headers(self, key):
        headers = {"content-type": "application/json"}
        if self.token:
            headers["authorization"] = f"Bearer {self.token}"
        if key:
            headers["idempotency-key"] = key
        return headers

    def _answer(self, asked, send):
        try:
            send()
            reply = self.connection.getresponse()
            content = reply.read()
        except TimeoutError:
            self.connection.close()
            raise Failure(f"{asked}: no answer within {ANSWER_SECONDS_MAX} seconds") from None
        except (OSError, http.client.HTTPException):
            self.connection.close()
            raise
        if reply.status < 400:
            is_json = reply.headers.get_content_type() == "application/json"
            return (json.loads(content) if is_json and content else content), reply.headers
        problem = self._problem(asked, reply, content)
        raise Refused(asked, reply.status, problem, reply.headers)

    @staticmethod
    def _problem(asked, reply, content):
        kind = reply.headers.get_content_type()
        try:
            problem = json.loads(content)
        except ValueError:
            problem = None
        members = ("type", "title", "status", "detail")
        if kind != "application/problem+json" or not problem or any(member not in problem for member in members):
            raise Failure(f"{asked}: {reply.status} is no problem document but {kind}: {content[:300]!r}")
        return problem

    def pages(self, path, fields):
        """All records of a list, the fields asked for alone."""
        after = ""
        while True:
            page, _ = self.ask("GET", f"{path}?limit=500&fields={fields}{after}")
            yield from page["data"]
            if page["next"] is None:
                return
            after = f"&after={page['next']}"


def new_id(dice):
    """A random UUID that the seed decides."""
    return str(uuid.UUID(int=dice.getrandbits(128), version=4))
