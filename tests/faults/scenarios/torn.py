"""The last transaction of the write-ahead log is torn, as a loss of power leaves it.

What may be torn is decided by what the disk has promised. A commit is acknowledged after the log was flushed, so on
a disk that keeps its word nothing acknowledged can be torn, and to tear it would show only that data can be
destroyed. Frames that were written and not yet flushed may have reached the disk whole, in part, not at all, or the
later ones without the earlier. So after SIGKILL the log is read frame by frame: the shortest beginning that has
every acknowledged run was flushed, and what follows it is torn. When the kill came between two commits and nothing
follows, a transaction that was just about to be flushed is put there first; its pages are noise, so that the
database is broken if even one of them is taken for good. The shared index, which does not outlive a loss of power,
is noise as well.

Last, the log is cut where it may not be, on a copy: the comparison must notice, or it would prove nothing.
"""

import shutil
import time
import uuid

from check import Stored, compare
from harness import Client, Failure, Place
from load import Load, settle
from wal import Wal, as_of
from world import World

DATABASES = ("sqlite",)
TEARS = ("cut", "flipped", "half a page", "lost write", "zeros")
ROUNDS = {"short": 3, "long": 2 * len(TEARS)}
SECTOR = 512


def run(context):
    dice = context.dice
    tears = list(TEARS)
    dice.shuffle(tears)
    with World(dice) as world:
        for number in range(ROUNDS[context.form]):
            with Load(world) as load:
                load.answers(dice.randrange(30, 120))
                # Somewhere within the next few commits.
                time.sleep(dice.uniform(0, 0.02))
                world.server.kill()
            tear = tears[number % len(tears)]
            told = tear_tenant(world, tear)
            tear_control(world, tear)
            if number == 0:
                must_notice(world)
            noise_for_index(world)
            world.restart()
            open_ = len(world.book.open)
            settle(world)
            context.say(f"round {number + 1}: {tear} in {told}; {open_} without an answer; {world.check()}")


def database(world):
    return next((world.place.folder / "tenants").glob("*.db"))


def acknowledged_end(world, wal):
    """After how many frames the log has every acknowledged run."""
    ends = wal.commits()
    kept = ends[-1]
    for end in reversed(ends):
        rows = as_of(database(world), wal, end, "SELECT id FROM _run")
        runs = {str(uuid.UUID(bytes=bytes(row[0]))) for row in rows}
        if not world.book.runs <= runs:
            break
        kept = end
    return kept


def tear_tenant(world, tear):
    """Tears what followed the last acknowledged commit; says what that was."""
    wal = Wal(str(database(world)) + "-wal")
    if not wal.frames:
        return "a log that had just begun anew, left as it is"
    flushed = max(acknowledged_end(world, wal), wal.copied())
    follow = wal.commits()[-1] - flushed
    if follow > 0:
        # The last transaction alone: those before it may have been flushed.
        begin = max(flushed, wal.commits()[-2])
        tail = wal.data[wal.at(begin) : wal.at(wal.commits()[-1])]
        told = f"a transaction of {len(tail) // wal.size} frames on its way"
    else:
        begin, tail = flushed, noise(world, wal)
        told = "a transaction of noise after the last commit"
    wal.write(begin, torn(world.dice, tear, tail, wal.size))
    return told


def tear_control(world, tear):
    wal = Wal(world.place.folder / "control.db-wal")
    if wal.frames:
        end = wal.commits()[-1]
        wal.write(end, torn(world.dice, tear, noise(world, wal), wal.size))


def noise(world, wal):
    """A transaction of noise over pages that the log has already, page 1 first."""
    pages = sorted({frame.page for frame in wal.frames})[:3]
    return wal.transaction([(page, world.dice.randbytes(wal.page_size)) for page in pages])


def torn(dice, tear, tail, size):
    """A transaction's bytes as they may be on the disk when its flush did not come to its end."""
    last = len(tail) - size
    if tear == "cut":
        return tail[: last + dice.randrange(1, size)]
    if tear == "flipped":
        at = last + dice.randrange(24, size)
        return tail[:at] + bytes([tail[at] ^ (1 << dice.randrange(8))]) + tail[at + 1 :]
    if tear == "half a page":
        # A sector is written whole or not; what was there before was nothing.
        at = last + SECTOR * dice.randrange(1, size // SECTOR)
        return tail[:at] + bytes(len(tail) - at)
    if tear == "lost write":
        # The commit frame came through, the first frame before it did not.
        return bytes(size) + tail[size:] if last else tail[:24] + bytes(size - 24)
    return bytes(len(tail))


def noise_for_index(world):
    for shared in [*world.place.folder.glob("*-shm"), *(world.place.folder / "tenants").glob("*-shm")]:
        shared.write_bytes(world.dice.randbytes(shared.stat().st_size))


def must_notice(world):
    """On a copy, takes the last acknowledged commit away as well."""
    copy = Place(world.work / "copy")
    shutil.copytree(world.place.folder, copy.folder, ignore=shutil.ignore_patterns("nexus.sock"))
    (copy.folder / "tenants" / f"{database(world).name}-shm").unlink(missing_ok=True)
    wal = Wal(copy.folder / "tenants" / f"{database(world).name}-wal")
    wal.write(next(end for end in reversed(wal.commits()) if end < acknowledged_end(world, wal)))
    server = world.start(copy)
    try:
        wrong, _, _ = compare(world.book, Stored(Client(server, world.token)), world.base)
    finally:
        server.kill()
        shutil.rmtree(copy.folder)
    if not any("acknowledged" in line for line in wrong):
        raise Failure(f"an acknowledged commit was taken away and the comparison found {wrong}")
