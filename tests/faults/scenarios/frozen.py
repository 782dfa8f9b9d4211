"""PostgreSQL stands still for a while, with its connections open: a machine that is out of memory, a disk that hangs.

When it goes on, so does the server, and every request is answered as if it had only taken long. Meanwhile the server
says that it lives, and it ends when it is told to.
"""

import signal
import subprocess
import time

from harness import Client, Failure, Refused
from load import Load
from world import World

DATABASES = ("postgres",)
ROUNDS = {"short": 1, "long": 6}
# The server bounds neither a statement nor the wait for its answer.
ANSWERS_WHILE_FROZEN = False
GRACE_SECONDS = 10 + 2


def run(context):
    cluster = context.cluster
    with World(context.dice, url=context.new_database()) as world:
        for number in range(ROUNDS[context.form]):
            with Load(world, lossless=True) as load:
                load.answers(context.dice.randrange(20, 60))
                cluster.freeze()
                try:
                    Client(world.server).ask("GET", "/healthz")
                    if ANSWERS_WHILE_FROZEN:
                        must_be_unready(context, world)
                    time.sleep(context.dice.uniform(0.2, 1))
                finally:
                    cluster.thaw()
                load.answers(40)
            context.say(f"round {number + 1}: went on; {world.check()}")
        ends(context, world)


def must_be_unready(context, world):
    try:
        Client(world.server).ask("GET", "/readyz")
    except Refused as refusal:
        if refusal.is_clear():
            return
        context.wrong(f"while PostgreSQL stands still /readyz is answered with {refusal}")
    else:
        context.wrong("a server is ready while PostgreSQL stands still")


def ends(context, world):
    """Told to end while requests wait for PostgreSQL, it ends within its grace."""
    # Who has waited ten seconds for a connection is refused; the server ends at about that time.
    with Load(world, refusals=True):
        context.cluster.freeze()
        try:
            time.sleep(0.2)
            world.server.process.send_signal(signal.SIGTERM)
            world.server.process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            world.server.kill()
            raise Failure(f"a server does not end within {GRACE_SECONDS} seconds while PostgreSQL stands still") from None
        finally:
            context.cluster.thaw()
    world.restart()
    context.say(f"ended while PostgreSQL stood still; {world.check()}")
