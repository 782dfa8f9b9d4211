"""Rights across two servers on one PostgreSQL: what one of them changes the other obeys with its very next request.

A role that was taken, a password that was changed, a user who left, a session that was ended. And what one of them
writes is told to the consumers of the other.
"""

import contextlib
import threading

from follower import Stream
from harness import Client, Failure, Refused, new_id, wait_until
from load import Load
from world import World

DATABASES = ("postgres",)
ROUNDS = {"short": 2, "long": 6}
TOLD_SECONDS_MAX = 10
FIRST_PASSWORD, SECOND_PASSWORD = "a first password", "a second password"
READER, WRITER = "contact_reader", "contact_editor"


def run(context):
    with World(context.dice, url=context.new_database()) as world:
        world.servers.append(world.start())
        told_across(context, world)
        for number in range(ROUNDS[context.form]):
            # In every other round the rest of the world is at work as well.
            with Load(world, clients=4) if number % 2 else contextlib.nullcontext():
                asked = sum(one_user(context, world, *servers) for servers in (world.servers, world.servers[::-1]))
            context.say(f"round {number + 1}: {asked} answers as the other server's change had it; {world.check()}")


class User:
    """One who is changed through one server and asks the other."""

    def __init__(self, context, world, changing, asked):
        self.changing, self.asked = Client(changing, world.token), asked
        self.email, self.answers = f"{context.dice.getrandbits(48):012x}@fault.example", 0
        body = {"id": new_id(context.dice), "name": "User", "email": self.email, "password": FIRST_PASSWORD}
        self.runs, self.path = world.book.runs, f"/core/users/{body['id']}"
        self._ask("POST", "/core/users", body)

    def _ask(self, method, path, body):
        _, headers = self.changing.ask(method, path, body)
        self.runs.add(headers["nexus-run"])

    def change(self, **fields):
        self._ask("PATCH", self.path, fields)

    def sign_in(self, password):
        return Client(self.asked).ask("POST", "/session", {"email": self.email, "password": password})[0]["token"]

    def must(self, status, what, ask):
        """The answer has this status, at the first time of asking."""
        try:
            ask()
            found = 200
        except Refused as refusal:
            found = refusal.status
        if found != status:
            raise Failure(f"{what}: the other server answers {found}, not {status}")
        self.answers += 1

    def may(self, token, read, write, what):
        """How a reading and a writing request are answered."""
        client, person = Client(self.asked, token), {"kind": "person"}
        self.must(read, f"reading {what}", lambda: client.ask("GET", "/contacts/parties?limit=1"))
        # Without a name, so that it changes nothing where it is allowed.
        self.must(write, f"writing {what}", lambda: client.ask("POST", "/contacts/parties", person))


def one_user(context, world, changing, asked):
    """From the first to the last day of a user; how many answers were looked at."""
    user = User(context, world, changing, asked)
    token = user.sign_in(FIRST_PASSWORD)
    user.may(token, 403, 403, "without a role")
    for roles, read, write in (([WRITER], 200, 422), ([READER], 200, 403), ([], 403, 403), ([WRITER], 200, 422)):
        user.change(roles=roles)
        user.may(token, read, write, f"with the roles {roles}")
    Client(changing, token).ask("DELETE", "/session")
    user.may(token, 401, 401, "after the session has ended")
    token = user.sign_in(FIRST_PASSWORD)
    user.may(token, 200, 422, "in a new session")
    user.change(password=SECOND_PASSWORD)
    user.may(token, 401, 401, "after the password was changed")
    user.must(401, "signing in with an old password", lambda: user.sign_in(FIRST_PASSWORD))
    token = user.sign_in(SECOND_PASSWORD)
    user.may(token, 200, 422, "with a new password")
    left_behind(world, user, token)
    user.may(token, 401, 401, "after the user has left")
    user.must(401, "signing in after the user has left", lambda: user.sign_in(SECOND_PASSWORD))
    user.change(active=True)
    user.sign_in(SECOND_PASSWORD)
    user.change(active=False)
    return user.answers


def left_behind(world, user, token):
    """The user leaves; a stream that is open at the other server tells nothing that happens after that."""
    stream = Stream(user.asked, token)
    user.change(active=False)
    mark = world.newest()
    world.touch(user.asked)
    try:
        later = [event["seq"] for event in stream if event["seq"] > mark]
    except TimeoutError:
        raise Failure("a stream does not end with the rights of its user") from None
    if later:
        raise Failure(f"a stream tells {len(later)} events to a user who left before them")
    user.answers += 1


def told_across(context, world):
    """What is written through one server reaches a stream that is open at the other, and none begins in the past."""
    for writing, telling in (world.servers, world.servers[::-1]):
        before = world.newest()
        with listening(Stream(telling, world.token)) as told:
            newest = world.touch(writing)
            wait_until(lambda: newest in told, "an event reaches a stream at the other server", TOLD_SECONDS_MAX)
        if told[0] <= before:
            raise Failure(f"a new stream begins with the event {told[0]}; {before} were there before it")


@contextlib.contextmanager
def listening(stream):
    """The numbers of the events that the stream tells while this lasts."""
    told = []

    def listen():
        for event in stream:
            told.append(event["seq"])

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    try:
        yield told
    finally:
        stream.end()
        thread.join()
