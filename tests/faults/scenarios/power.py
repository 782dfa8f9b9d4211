"""The power goes: the server dies and with it everything that had not reached the disk.

SIGKILL alone leaves what was written in the memory of the system, where the next process finds it, flushed or not.
Here the data is on a file system in a file, and after the kill that file is taken as it is: only what was flushed
is in it. A file written beside the data and never flushed must be gone, or the scenario would have shown nothing.
"""

import time

from disks import Mounted, can_mount
from harness import Failure
from load import Load, settle
from world import World

DATABASES = ("sqlite",)
ROUNDS = {"short": 2, "long": 8}
WITNESS = b"written and never flushed"


def run(context):
    if not can_mount():
        context.say("not run: nothing may be mounted here")
        return
    disk = Mounted("loop")
    try:
        with World(context.dice, folder=disk.path / "data") as world:
            for number in range(ROUNDS[context.form]):
                context.say(f"round {number + 1}: {cut(context, world, disk, number)}")
            # The next owner of the disk is the scenario itself.
            world.server.kill()
    finally:
        disk.close()


def cut(context, world, disk, number):
    # A new file each time: ext4 flushes one that is written over.
    witness = disk.path / f"witness-{number}"
    # Now and then so much is written that the log is copied into the database meanwhile.
    with Load(world, wide=number % 4 == 3) as load:
        load.answers(context.dice.randrange(40, 200))
        witness.write_bytes(WITNESS)
        # Once more through a commit, whose flush must not take the witness along.
        load.answers(10)
        time.sleep(context.dice.uniform(0, 0.02))
        world.server.kill()
    disk.cut_power()
    if witness.exists() and witness.read_bytes() == WITNESS:
        raise Failure("what was never flushed is on the disk: this was no loss of power")
    world.restart()
    open_ = len(world.book.open)
    settle(world)
    return f"{open_} without an answer; {world.check()}"
