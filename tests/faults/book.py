"""What was asked of the server, and what of it was acknowledged."""

import threading
from decimal import Decimal

from harness import Failure


class Thing:
    """A record that the load made or tried to make.

    `sure` is what must be stored, None standing for nothing. `maybe` is what is stored instead if the one change
    on its way has happened. States are dictionaries: of a party `name` and `phone`, of an invoice `state`,
    `total`, `paid` and `number`.
    """

    __slots__ = ("id", "kind", "sure", "maybe", "change")

    def __init__(self, kind, id):
        self.kind, self.id = kind, id
        self.sure = self.maybe = self.change = None


class Change:
    """One request that changes records; sent again under the same key it must not happen twice."""

    __slots__ = ("kind", "key", "method", "path", "body", "parts")

    def __init__(self, kind, key, method, path, body, parts):
        self.kind, self.key, self.method, self.path, self.body = kind, key, method, path, body
        # The things it touches, each with the state after it.
        self.parts = parts


class Book:
    """Everything asked for, by outcome. Safe to use from many threads."""

    def __init__(self):
        self.lock = threading.Condition()
        self.things = {}
        # Changes without an answer.
        self.open = {}
        # Runs that were acknowledged, and those found in the log that answer an open change.
        self.runs, self.found = set(), set()
        self.asked = self.answers = 0
        # Requests whose connection ended instead of an answer.
        self.lost = 0
        # By client: how often it was refused in a row.
        self.refused_in_row = {}
        self.refusals = {}

    def begin(self, change):
        with self.lock:
            self.asked += 1
            self.open[change.key] = change
            for thing, after in change.parts:
                self.things[thing.id] = thing
                thing.maybe, thing.change = after, change

    def acknowledged(self, change, run, reply, client=None):
        with self.lock:
            self._close(change)
            for thing, after in change.parts:
                if change.kind == "post":
                    after = {**after, "number": reply["number"]}
                thing.sure = after
            self.runs.add(run)
            self.answers += 1
            self.refused_in_row[client] = 0
            self.lock.notify_all()

    def refused(self, change, refusal, client, is_final):
        """Notes a refusal; a final one says that the change did not happen and never will."""
        with self.lock:
            if is_final:
                self._close(change)
            self.refused_in_row[client] = self.refused_in_row.get(client, 0) + 1
            # One of each sort is enough to look at.
            self.refusals.setdefault((refusal.status, refusal.problem["detail"]), refusal)
            self.lock.notify_all()

    def _close(self, change):
        self.open.pop(change.key, None)
        for thing, _ in change.parts:
            thing.maybe = thing.change = None

    def wait_for(self, condition, what, seconds):
        """Waits until the condition on this book is true."""
        with self.lock:
            if not self.lock.wait_for(condition, seconds):
                raise Failure(f"{what}: not within {seconds} seconds")

    def resolve(self, applied, runs):
        """Takes over what a check found out about the changes without an answer."""
        with self.lock:
            for change, states in applied:
                for (thing, _), state in zip(change.parts, states):
                    thing.sure = state
            for change in list(self.open.values()):
                self._close(change)
            self.found |= runs

    def count(self, kind):
        return sum(thing.kind == kind and thing.sure is not None for thing in self.things.values())


def party_state(record):
    return {"name": record["name"], "phone": record.get("phone")}


def invoice_state(record):
    total, open_ = Decimal(record["total"]["amount"]), Decimal(record["open"]["amount"])
    return {"state": record["state"], "total": total, "paid": total - open_, "number": record["number"]}


def agrees(state, found):
    """Whether a stored state is the expected one; a number that nobody was told may be any."""
    if state is None or found is None:
        return state is found
    told = {key: value for key, value in state.items() if key != "number" or value is not None}
    return all(found.get(key) == value for key, value in told.items())
