"""SIGKILL of NATS under load, then of a server that hands events to it.

No change waits for NATS or is refused for want of it. Once everything runs again the stream has every event of the
log in its order, and a durable consumer goes on where it was. A server that was killed while it handed events over
has left its place in the log marked as its own; on PostgreSQL the other takes that over.
"""

import time

from broker import Consumer, Nats
from check import Stored
from harness import TENANT, Client, wait_until
from load import Load, settle
from world import World

DATABASES = ("sqlite", "postgres")
ROUNDS = {"short": 1, "long": 5}
# The other server takes a dead one's work after 15 seconds, and tries NATS again within a minute.
CAUGHT_UP_SECONDS = 120


def run(context):
    nats = Nats()
    try:
        environment = {"NEXUS_NATS": nats.url}
        with World(context.dice, url=context.new_database(), environment=environment) as world:
            if not world.place.is_sqlite:
                world.servers.append(world.start())
            consumer = Consumer(nats.url, TENANT)
            consumer.start()
            try:
                for number in range(ROUNDS[context.form]):
                    away = without_nats(context, world, nats)
                    without_server(context, world)
                    behind = must_have_all(world, consumer)
                    again = consumer.again
                    context.say(f"round {number + 1}: {away} changes without NATS, a server killed; {behind} events told "
                                f"in order, {again} of them twice; {world.check()}")
            finally:
                consumer.end()
    finally:
        nats.close()


def without_nats(context, world, nats):
    """Changes go on while NATS is away; how many."""
    with Load(world, lossless=True) as load:
        load.answers(context.dice.randrange(40, 100))
        time.sleep(context.dice.uniform(0, 0.02))
        nats.kill()
        before = world.book.answers
        load.answers(context.dice.randrange(40, 100))
        away = world.book.answers - before
        metrics, _ = Client(world.server, world.token).ask("GET", "/metrics")
        if b"events_behind{" not in metrics:
            context.wrong("/metrics does not say how far NATS is behind")
        nats.start()
        load.answers(40)
    return away


def without_server(context, world):
    with Load(world, moves=True) as load:
        load.answers(context.dice.randrange(20, 60))
        time.sleep(context.dice.uniform(0, 0.02))
        killed = context.dice.randrange(len(world.servers))
        world.servers[killed].kill()
        if len(world.servers) > 1:
            # The other one takes up what was left; only then is the dead one's place filled.
            load.answers(20)
    if world.place.is_sqlite:
        world.restart()
    settle(world)
    must_be_handed_over(world, killed)
    if not world.place.is_sqlite:
        world.servers[killed] = world.start()


def must_be_handed_over(world, killed):
    """By those that live, with nothing further to tell them to."""
    alive = world.servers[0] if world.place.is_sqlite or killed == 1 else world.servers[1]
    client = Client(alive, world.token)

    def is_done():
        metrics, _ = client.ask("GET", "/metrics")
        behind = [line for line in metrics.decode().splitlines() if line.startswith("events_behind{")]
        return behind and all(line.endswith(" 0") for line in behind)

    wait_until(is_done, "all events handed over", CAUGHT_UP_SECONDS)


def must_have_all(world, consumer):
    events = Stored(world.client()).events
    consumer.must_agree(events, CAUGHT_UP_SECONDS)
    return len(events)
