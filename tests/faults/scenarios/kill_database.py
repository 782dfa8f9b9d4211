"""SIGKILL of PostgreSQL under load, whole or one of its backends, and its start soon after.

While it is away every change and every read is answered with a clear problem, and none hangs. Then the same server
process finds it again by itself. Who was refused asks again under the same key, as a client does that wants its
change made: a refusal may mean that the commit was on its way, so each change has happened once or not at all, and
once if it was acknowledged.
"""

import time

from harness import ANSWER_SECONDS_MAX, Client, Failure, Refused
from load import Load, settle
from world import World

DATABASES = ("postgres",)
ROUNDS = {"short": 2, "long": 10}
# A server that refuses before it has read the request's body closes the connection without saying so.
CONNECTIONS_STAY = False


def run(context):
    with World(context.dice, url=context.new_database()) as world:
        try:
            for number in range(ROUNDS[context.form]):
                # Both sorts come in the short form as well.
                how = away if number % 2 == 0 else backend
                context.say(f"round {number + 1}: {how(context, world)}; {world.check()}")
        finally:
            if context.cluster.process.poll() is not None:
                context.cluster.start()


def away(context, world):
    """All of PostgreSQL is gone until each client has noticed."""
    cluster, book, server = context.cluster, world.book, world.server
    with Load(world, refusals=True, moves=True) as load:
        load.answers(context.dice.randrange(40, 150))
        time.sleep(context.dice.uniform(0, 0.02))
        cluster.kill()
        book.refused_in_row.clear()
        load.wait_for(
            lambda book: all(book.refused_in_row.get(name, 0) >= 2 for name in load.names),
            f"each of {len(load.names)} clients refused without a database",
            2 * ANSWER_SECONDS_MAX,
        )
        refused_while_away(context, world)
        cluster.start()
        load.answers(40)
    return went_on(context, world, server, "PostgreSQL killed and started")


def backend(context, world):
    """One backend is gone, and with it for a moment all others."""
    server = world.server
    with Load(world, refusals=True, moves=True) as load:
        load.answers(context.dice.randrange(40, 150))
        context.cluster.kill_backend(context.dice)
        load.answers(40)
    return went_on(context, world, server, "a backend killed")


def refused_while_away(context, world):
    """Reading and readiness say that the database is away; that the process lives stays true."""
    client = Client(world.server, world.token)
    client.ask("GET", "/healthz")
    for path in ("/readyz", "/contacts/parties?limit=1", "/events?after=0"):
        try:
            client.ask("GET", path)
        except Refused as refusal:
            if not refusal.is_clear():
                context.wrong(f"without a database GET {path} is answered with {refusal.status}: "
                              f"{refusal.problem['detail']}")
        else:
            context.wrong(f"without a database GET {path} succeeds")


def went_on(context, world, server, told):
    if not server.is_alive():
        raise Failure(f"{told}: the server ended")
    for refusal in world.book.refusals.values():
        if not refusal.is_clear():
            context.wrong(f"{told}: a change is answered with {refusal.status}: {refusal.problem['detail']}")
    world.book.refusals.clear()
    lost, world.book.lost = world.book.lost, 0
    if lost and CONNECTIONS_STAY:
        context.wrong(f"{told}: {lost} requests got no answer, their connection ended")
    open_ = len(world.book.open)
    settle(world)
    return f"{told}, {open_} without an answer, {lost} connections lost"
