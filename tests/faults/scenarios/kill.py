"""SIGKILL of the server in the middle of a load, again and again."""

import time

from follower import Stream
from harness import verify
from load import Load, settle
from world import World

DATABASES = ("sqlite", "postgres")
ROUNDS = {"short": 4, "long": 12}


def run(context):
    with World(context.dice, url=context.new_database()) as world:
        for number in range(ROUNDS[context.form]):
            asked = world.book.asked
            # Now and then so much is written that the log is copied into the database meanwhile.
            with Load(world, wide=number % 4 == 3) as load:
                load.answers(context.dice.randrange(40, 200))
                # Somewhere within the next few commits.
                time.sleep(context.dice.uniform(0, 0.02))
                world.server.kill()
            if context.dice.random() < 0.5:
                # In half of the rounds it is not the server that finds the data first.
                verify(world.place)
            world.restart()
            if number == 0:
                begins_now(context, world)
            open_ = len(world.book.open)
            settle(world)
            sent = f"{world.book.asked - asked} requests, {open_} without an answer"
            context.say(f"round {number + 1}: {sent}; {world.check()}")


def begins_now(context, world):
    """After a restart as well, a consumer that names no event to go on from is told what happens from now on."""
    newest = world.newest()
    stream = Stream(world.server, world.token)
    with Load(world, clients=1) as load:
        load.answers(1)
    first = next(event["seq"] for event in stream)
    stream.end()
    if first <= newest:
        context.wrong(f"a new stream after a restart begins with the event {first}; {newest} were there before it")
