"""Two servers on one PostgreSQL under load; one is killed, and joins again.

The other goes on. Clients that lost their server ask again at the other, under the same key, so that all they
wanted has happened once. What one server has acknowledged the other shows at once.
"""

import time

from harness import Client, Failure
from load import Load, settle
from world import World

DATABASES = ("postgres",)
ROUNDS = {"short": 2, "long": 8}


def run(context):
    dice = context.dice
    with World(dice, url=context.new_database()) as world:
        world.servers.append(world.start())
        for number in range(ROUNDS[context.form]):
            with Load(world, moves=True) as load:
                load.answers(dice.randrange(40, 150))
                time.sleep(dice.uniform(0, 0.02))
                killed = dice.randrange(2)
                other = world.servers[1 - killed]
                world.servers[killed].kill()
                load.answers(60)
                if not other.is_alive():
                    raise Failure("the other server ended as well")
                world.servers[killed] = world.start()
                load.answers(30)
            settle(world)
            shows_what_the_other_did(world)
            context.say(f"round {number + 1}: server {killed + 1} killed and back; {world.check()}")


def shows_what_the_other_did(world):
    """A change through one server is there for a reader of the other."""
    first, second = (Client(server, world.token) for server in world.servers)
    with Load(world, clients=2) as load:
        load.answers(10)
    ones, _ = first.ask("GET", "/contacts/parties?count=exact&limit=1")
    others, _ = second.ask("GET", "/contacts/parties?count=exact&limit=1")
    if ones["count"] != others["count"]:
        raise Failure(f"one server has {ones['count']} contacts, the other {others['count']}")
