"""A tenant moves between databases under load, and moves are killed on the way.

First in a data folder whose server does the moving, SQLite to PostgreSQL and back; then from one PostgreSQL to another,
by a command beside the server. No request fails and no client asks twice, whoever moves; what is there holds together;
and when nobody writes, the content hash goes with the data. A killed move has happened or not, and the next one gets
there.
"""

import json
import subprocess
import time

from harness import Failure, binary, nexus, tied
from load import Load, settle
from world import World

DATABASES = ("postgres",)
# Moves there and back, and moves killed, of each kind.
ROUNDS = {"short": (1, 3), "long": (3, 25)}
TENANT = "fault-ltd"
# The place that the server of a world of its own knows as well as the commands.
BIG = "big"


def run(context):
    there_and_back, killed = ROUNDS[context.form]
    for url in (None, context.new_database()):
        way = "PostgreSQL to PostgreSQL" if url else "SQLite to PostgreSQL"
        places = f"{BIG}={context.cluster.new_database()}"
        with World(context.dice, url=url, places=places) as world:
            seconds = []
            for _ in range(there_and_back):
                with Load(world, lossless=True) as load:
                    for to in (BIG, "home"):
                        load.answers(context.dice.randrange(30, 60))
                        answers = world.book.answers
                        seconds.append(moved(world, to)[1])
                        context.say(f"{way}: {world.book.answers - answers} changes acknowledged during a move to {to}")
                        load.answers(30)
                context.say(f"{way}: {world.check()}")
            hashes = {content(world), moved(world, BIG)[0], moved(world, "home")[0], content(world)}
            if len(hashes) != 1:
                raise Failure(f"the content hash did not go with the data: {hashes}")
            context.say(f"{way}, nobody writes: the content hash is {hashes.pop()[:16]}… in all places")
            found = [killed_on_the_way(context, world, max(seconds), url) for _ in range(killed)]
            context.say(f"{way}: {killed} moves killed, of which {sum(found)} had happened; {world.check()}")


def said(world, *arguments):
    """The JSON that `nexus tenant` answers."""
    done = nexus(world.place, "tenant", *arguments, "--json")
    if done.returncode != 0:
        raise Failure(f"`nexus tenant {' '.join(arguments)}` ended with {done.returncode}: {done.stderr}")
    return json.loads(done.stdout)


def moved(world, to):
    """Moves the tenant; the hash that went over, and how long it took."""
    began = time.monotonic()
    return said(world, "move", TENANT, "--to", to)["hash"], time.monotonic() - began


def content(world):
    return said(world, "content", TENANT)["hash"]


def place(world):
    return said(world, "list")[0]["place"]


def killed_on_the_way(context, world, seconds, url):
    """Kills whoever moves, somewhere on the way, and moves again; whether the killed move had happened."""
    to = "home" if place(world) == BIG else BIG
    line = tied([binary(), "tenant", "move", TENANT, "--to", to, *world.place.flags])
    with Load(world, lossless=url is not None) as load:
        load.answers(10)
        command = subprocess.Popen(line, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(context.dice.uniform(0, seconds))
        if url is None:
            world.server.kill()
        command.kill()
        command.wait()
        if url is not None:
            load.answers(10)
    if url is None:
        world.restart()
        settle(world)
    world.check()
    happened = place(world) == to
    if not happened:
        moved(world, to)
        world.check()
    return happened
