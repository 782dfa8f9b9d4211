"""One company on one database: its server, what was asked of it, and a consumer of its log."""

import itertools
import pathlib
import shutil
import tempfile
import threading

from book import Book
from check import check
from follower import Follower
from harness import EMAIL, PASSWORD, Client, Failure, Place, Server, init, new_id


class World:
    """Made by `nexus init`, with a server that runs and a tax for its invoices.

    `folder` is where the data goes, a temporary one when left out; `url` names another database than SQLite;
    `environment` is the servers' in addition to our own. `renews` allows sessions to expire. `places` are further
    databases for tenants, as `--places` has them.
    """

    def __init__(self, dice, folder=None, url=None, environment=None, renews=False, places=None):
        self.dice, self.environment, self.renews = dice, environment, renews
        self.work = pathlib.Path(tempfile.mkdtemp(prefix="nexus-faults-"))
        self.place = Place(folder or self.work / "data", url, places)
        self.servers, self.follower, self.book = [], None, Book()
        # What clients go through instead of asking a server of their own choice.
        self.door = None
        self.renewing, self.numbers = threading.Lock(), itertools.count(1)
        try:
            made = init(self.place)
            if made.returncode != 0:
                raise Failure(f"init ended with {made.returncode}: {made.stdout}{made.stderr}")
            self.servers.append(self.start())
            self.token = self.sign_in()
            self.tax = self._tax()
            self.base = self.newest()
            self.follower = Follower(self)
            self.follower.start()
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if error is not None and isinstance(error, Exception):
            for number, server in enumerate(self.servers):
                tail = server.logged().strip().splitlines()[-5:]
                if tail:
                    error.add_note(f"the end of the log of server {number + 1}:\n" + "\n".join(tail))
        self.close()

    def close(self):
        if self.follower is not None:
            self.follower.end()
        for server in self.servers:
            server.kill()
        shutil.rmtree(self.work, ignore_errors=True)

    @property
    def server(self):
        return self.servers[0]

    def start(self, place=None):
        """A further server on the same data."""
        log = self.work / f"server-{next(self.numbers)}.log"
        return Server(place or self.place, log, self.environment).listens()

    def restart(self):
        """Another server in the place of the first, which has ended."""
        self.must_not_have_panicked()
        self.servers[0] = self.start()

    def must_not_have_panicked(self):
        for server in self.servers:
            # As the runtime tells it of every thread; "panicked" alone also stands in the texts of other errors.
            panics = [line for line in server.logged().splitlines() if " panicked at " in line]
            if panics:
                raise Failure(f"the server panicked: {panics[0][:500]}")

    def client(self, turn=0):
        return Client(self.door or self.servers[turn % len(self.servers)], self.token)

    def sign_in(self):
        reply, _ = Client(self.server).ask("POST", "/session", {"email": EMAIL, "password": PASSWORD})
        return reply["token"]

    def renewed(self, expired):
        """A session in the place of an expired one; those who come together get the same."""
        with self.renewing:
            if self.token == expired:
                self.token = self.sign_in()
            return self.token

    def _tax(self):
        body = {"code": "T10", "name": "Tax 10 %", "rate": "10"}
        return self.client().ask("POST", "/finance/taxes", body)[0]["id"]

    def newest(self):
        last, client = 0, self.client()
        while True:
            page, _ = client.ask("GET", f"/events?after={last}")
            if page["next"] == last:
                return last
            last = page["next"]

    def touch(self, server):
        """Writes an event through this server; the number of the newest event then."""
        id = new_id(self.dice)
        body = {"id": id, "name": "Nobody", "email": f"{id}@fault.example"}
        _, headers = Client(server, self.token).ask("POST", "/core/users", body)
        self.book.runs.add(headers["nexus-run"])
        return self.newest()

    def check(self):
        """Everything holds; a line that says what was looked at."""
        self.must_not_have_panicked()
        return check(self)
