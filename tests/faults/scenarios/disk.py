"""The disk fills up under load, and later has space again.

While it is full every change is refused with a clear problem, none hangs, and reading goes on; so do a backup to
another disk and `nexus verify`, which are what somebody needs then. When there is space again, the same process
accepts changes. What was refused for good is not stored. Some clients send batches that are larger together than
the memory the database may take, so that the disk is full in the middle of a change and not only at its commit.
"""

import time

from disks import Limit, Mounted, can_mount
from harness import Client, Failure, NotStarted, Place, Refused, init, must_set_up, nexus
from load import Hand, Load, all_at_once, settle
from world import World

DATABASES = ("sqlite",)
ROUNDS = {"short": 1, "long": 3}
# How often each client is refused in a row before there is space again.
REFUSED_MIN = 3
# How often many changes come at once; once in two times the middle of a commit is hit.
CROWDS = 3
# Seconds; what failed is tried again after a pause of at most 60.
INDEXED_WITHIN = 120


def run(context):
    mounts = can_mount()
    if not mounts:
        context.say("nothing may be mounted here: the size of the server's files is limited instead")
    short = ["loop"] if mounts else ["limit"]
    for kind in short if context.form == "short" else [*(["loop", "memory"] if mounts else []), "limit"]:
        disk = Limit() if kind == "limit" else Mounted(kind)
        try:
            if kind != "limit":
                first_set_up(context, disk)
            with World(context.dice, folder=disk.path / "data") as world:
                for number in range(ROUNDS[context.form]):
                    # Wide batches from the second round on, so that the plain case stands alone first.
                    full(context, world, disk, wide=4 * (context.form == "short" or number % 2))
                in_one_commit(context, world, disk)
                if kind != "limit":
                    restarted(context, world, disk)
        finally:
            disk.close()


def first_set_up(context, disk):
    """`nexus init` on a full disk says so; run again with space, it makes what it was asked for."""
    place = Place(disk.path / "first")
    disk.fill(context.dice.randrange(64 << 10, 512 << 10), None)
    said = init(place)
    disk.free(None)
    if said.returncode != 1 or not any(words in said.stderr for words in ("there is no room", "disk is full")):
        context.wrong(f"init on a full disk ended with {said.returncode}: {said.stdout}{said.stderr}")
    must_set_up(context, place, "init failed on a full disk and was run again with space")


def full(context, world, disk, wide):
    """One round: full under load, then space again."""
    dice, book, server = context.dice, world.book, world.server
    with Load(world, refusals=True) as load:
        load.answers(dice.randrange(40, 120))
        disk.fill(dice.randrange(0, (4 << 20) if wide else (512 << 10)), server)
        book.refused_in_row.clear()
        # Only while it is full: they would soon fill it themselves.
        with Load(world, clients=0, wide=wide, refusals=True) as large:
            everybody = load.names + large.names
            load.wait_for(
                lambda book: all(book.refused_in_row.get(name, 0) >= REFUSED_MIN for name in everybody),
                f"each of {len(everybody)} clients refused {REFUSED_MIN} times in a row on a full disk",
            )
        reads_go_on(context, world)
        disk.free(server)
        load.answers(40)
    if not server.is_alive():
        raise Failure("the server ended")
    told(context, world, disk)
    open_ = len(book.open)
    settle(world)
    found_again(world)
    context.say(f"{disk.kind}, {wide} wide clients: {open_} without an answer; {world.check()}")


def found_again(world):
    """The index of words, which had no space either, gets to what was written last."""
    hand = Hand(world.dice, f"afterwards{world.dice.getrandbits(64):x}", world.tax)
    all_at_once(world, [hand])
    (party,) = [thing for thing in world.book.things.values()
                if thing.kind == "party" and thing.sure and thing.sure["name"].startswith(hand.name)]
    client, until = world.client(), time.monotonic() + INDEXED_WITHIN
    while not any(hit["id"] == party.id for hit in client.ask("GET", f"/search?q={hand.name}")[0]["data"]):
        if time.monotonic() > until:
            raise Failure(f"{party.sure['name']} is not found {INDEXED_WITHIN} seconds after there is space again")
        time.sleep(0.05)


def told(context, world, disk):
    """How changes were refused."""
    for refusal in world.book.refusals.values():
        if not refusal.is_clear():
            context.wrong(f"on a full disk ({disk.kind}) a change is answered with {refusal.status}: "
                          f"{refusal.problem['detail']}")
    world.book.refusals.clear()


def reads_go_on(context, world):
    """What must be possible while nothing can be written."""
    client = world.client()
    for path in ("/contacts/parties?limit=50", "/finance/reports/trial-balance", "/events?after=0", "/healthz"):
        client.ask("GET", path)
    party = next(id for id, thing in world.book.things.items() if thing.kind == "party" and thing.sure)
    client.ask("GET", f"/contacts/parties/{party}")
    said = nexus(world.place, "verify")
    if said.returncode != 0:
        context.wrong(f"`nexus verify` while the disk is full and the server at work: {said.stdout}{said.stderr}")
    backup = world.work / f"backup-{context.dice.getrandbits(32)}.tar"
    said = nexus(world.place, "backup", str(backup))
    if said.returncode != 0:
        context.wrong(f"no backup to another disk can be made while the disk is full: {said.stdout}{said.stderr}")
    try:
        world.sign_in()
    except Refused as refusal:
        # Signing in writes a session.
        if not refusal.is_clear():
            context.wrong(f"on a full disk signing in is answered with {refusal.status}: {refusal.problem['detail']}")


def in_one_commit(context, world, disk):
    """Changes that the server makes durable together, of which some in the middle find no space.

    Small ones and wide ones come at the same time, the wide ones together larger than the memory for a transaction.
    Each may be refused. What is not is stored, and what is refused is not.
    """
    for _ in range(CROWDS):
        wide = [True, False] * 12
        context.dice.shuffle(wide)
        hands = [Hand(context.dice, f"{context.dice.getrandbits(32):08x}", world.tax, each) for each in wide]
        disk.fill(context.dice.randrange(1 << 20, 4 << 20), world.server)
        refused = all_at_once(world, hands)
        disk.free(world.server)
        told(context, world, disk)
        context.say(f"{disk.kind}: {refused} of {len(hands)} changes refused that came together; {world.check()}")


def restarted(context, world, disk):
    """Killed on a full disk: it starts there or says why not, and starts when there is space."""
    with Load(world, refusals=True) as load:
        load.answers(20)
        disk.fill(0, world.server)
        load.wait_for(lambda book: any(book.refused_in_row.values()), "a client refused on a full disk")
        world.server.kill()
    world.book.refusals.clear()
    try:
        world.restart()
        how = "starts on the full disk"
        Client(world.server, world.token).ask("GET", "/contacts/parties?limit=1")
        disk.free(world.server)
    except NotStarted as ended:
        how = "says on the full disk why it cannot start"
        if "panicked" in ended.said or "full" not in ended.said:
            context.wrong(f"killed on a full disk, the server does not start and says: {ended.said.strip()}")
        disk.free(world.server)
        world.restart()
    settle(world, 1)
    context.say(f"{disk.kind}: the server {how}; {world.check()}")
