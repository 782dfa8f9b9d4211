"""A rolling restart: two servers on one PostgreSQL behind a load balancer, each ended and started again under load.

Not one request fails, and no client asks twice. A request that a server was in the middle of when it was told to
end is answered, and the server ends by itself within its grace.
"""

import random
import signal
import socket
import subprocess
import time

from balancer import Balancer
from follower import Stream
from harness import Client, Failure, wait_until
from load import Hand, Load
from world import World

DATABASES = ("postgres",)
ROUNDS = {"short": 1, "long": 6}
# What `nexus serve` allows its requests after the signal, and a little for the way.
GRACE_SECONDS = 10 + 2
# Requests that each server is in the middle of when it is told to end.
HELD = 4


def run(context):
    with World(context.dice, url=context.new_database()) as world:
        world.servers.append(world.start())
        with Balancer(world.servers) as balancer:
            world.door = balancer
            for number in range(ROUNDS[context.form]):
                served, balancer.longest = balancer.served, 0.0
                # From the second round on some requests take long.
                with Load(world, wide=number % 2, lossless=True) as load:
                    load.answers(context.dice.randrange(40, 100))
                    stops = [replaced(context, world, balancer, load, turn) for turn in (0, 1)]
                if balancer.failed:
                    raise Failure(f"{len(balancer.failed)} requests failed, such as {balancer.failed[0]}")
                context.say(
                    f"round {number + 1}: {balancer.served - served} requests served, the longest in "
                    f"{balancer.longest:.2f} s; the stops took {' and '.join(f'{took:.2f} s' for took in stops)}; "
                    f"{world.check()}"
                )


def replaced(context, world, balancer, load, turn):
    """One server ends and another takes its place; how long the end took."""
    server = world.servers[turn]
    stream = Stream(server, world.token)
    held = [hold(context, world, server) for _ in range(HELD)]
    balancer.leave(turn)
    began = time.monotonic()
    server.process.send_signal(signal.SIGTERM)
    wait_until(lambda: refuses_connections(server), "a server that ends takes no new connection")
    for hand, change, client in held:
        reply, headers = client.release()
        world.book.acknowledged(change, headers["nexus-run"], reply, hand.name)
    try:
        code = server.process.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        raise Failure(f"a server did not end within {GRACE_SECONDS} seconds of SIGTERM") from None
    took = time.monotonic() - began
    if code != 0 or "cut off" in server.logged():
        raise Failure(f"a server ended with {code} after SIGTERM: {server.logged()}")
    # The stream has come to its end, in order.
    stream.socket.settimeout(0)
    for _ in stream:
        pass
    load.answers(20)
    world.must_not_have_panicked()
    world.servers[turn] = world.start()
    balancer.join(turn, world.servers[turn])
    before = balancer.backends[turn].served
    load.wait_for(lambda _: balancer.backends[turn].served >= before + 20, "the new server gets its share")
    return took


def hold(context, world, server):
    """A change of which the server has all but the last byte."""
    name = f"{context.dice.getrandbits(32):08x}-held"
    hand, client = Hand(random.Random(name), name, world.tax), Client(server, world.token)
    change = hand.next()
    world.book.begin(change)
    client.park(change.method, change.path, change.body, change.key)
    return hand, change, client


def refuses_connections(server):
    host, port = server.address.split(":")
    try:
        socket.create_connection((host, int(port)), 1).close()
    except OSError:
        return True
    return False
