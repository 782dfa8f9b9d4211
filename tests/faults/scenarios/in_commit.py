"""The connection to PostgreSQL breaks while a COMMIT is on its way, and PostgreSQL takes its time for it.

The server cannot know by itself what became of the group: it has to find out, and neither loses what it acknowledges
nor says of a change that it did not happen when it did. Consumers are told what was committed.
"""

import time

from harness import Refused
from load import Hand, Load, settle
from wire import Wire
from world import World

DATABASES = ("postgres",)
# Changes one by one, and answers under load.
ROUNDS = {"short": (8, 30), "long": (60, 600)}
# How long a COMMIT takes; the server asks for the group long before that.
COMMIT_MICROSECONDS = 50_000


def run(context):
    alone, together = ROUNDS[context.form]
    url, port = context.new_database(), context.cluster.port
    name = url.rpartition("/")[2]
    # Without siblings a COMMIT would not be delayed.
    for setting in (f"commit_delay = {COMMIT_MICROSECONDS}", "commit_siblings = 0"):
        context.cluster.ask(f"ALTER DATABASE {name} SET {setting}")
    with Wire(port, context.dice.getrandbits(32)) as wire:
        with World(context.dice, url=url.replace(f":{port}/", f":{wire.port}/")) as world:
            one_by_one(context, world, wire, alone)
            with Load(world, refusals=True, moves=True) as load:
                wire.share = 0.3
                load.answers(together)
                wire.share = 0
            must_be_clear(context, world)
            settle(world)
            context.say(f"{wire.cuts} connections cut in COMMIT; {world.check()}")


def one_by_one(context, world, wire, changes):
    """Each change that is refused is looked for before it is asked for again."""
    hand = Hand(context.dice, "alone", world.tax)
    refused = stored = 0
    for _ in range(changes):
        change, before = hand.next(), world.newest()
        world.book.begin(change)
        wire.share = 0.5
        try:
            reply, headers = world.client().ask(change.method, change.path, change.body, change.key)
        except Refused as refusal:
            world.book.refusals[refusal.status, refusal.problem["detail"]] = refusal
            refused += 1
            wire.share = 0
            says_so = "nothing was changed" in refusal.problem["detail"]
            # By then PostgreSQL has come to the end of what it was sent.
            time.sleep(4 * COMMIT_MICROSECONDS / 1e6)
            stored += says_so and world.newest() > before
            reply, headers = world.client().ask(change.method, change.path, change.body, change.key)
        world.book.acknowledged(change, headers["nexus-run"], reply)
        hand.keep(change)
    wire.share = 0
    told = f"of {refused} changes refused with `nothing was changed` {stored} were made"
    if stored:
        context.wrong(told)
    else:
        context.say(told)


def must_be_clear(context, world):
    for refusal in world.book.refusals.values():
        if not refusal.is_clear():
            context.wrong(f"a change is answered with {refusal.status}: {refusal.problem['detail']}")
    world.book.refusals.clear()
