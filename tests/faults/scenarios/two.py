"""A second process on a folder that a server has: it refuses and names the holder, and the server goes on.

Under load all commands that would change the data are tried, and those that only read, which must work. In the end
several servers are started at once on a folder that is free: exactly one takes it.
"""

import sqlite3

from harness import COMPANY, Failure, NotStarted, Place, Server, init, nexus
from load import Load, settle
from world import World

DATABASES = ("sqlite",)
SERVERS = 4
# Rows of the import that is only looked at; as many as a preview tries.
ROWS = 1_000


def run(context):
    with World(context.dice) as world:
        with Load(world) as load:
            load.answers(30)
            refuses(context, world)
            tolerates(context, world, load)
            load.answers(30)
        if not world.server.is_alive():
            raise Failure("the server ended")
        context.say(f"every change by a second process was refused; {world.check()}")
        readers_do_not_wait(context, world)
        world.server.kill()
        at_once(context, world)
        settle(world)
        context.say(f"of {SERVERS} servers started at once one took the folder; {world.check()}")


def refuses(context, world):
    """Commands that change data say who has the folder, and change nothing."""
    rows = world.work / "rows.csv"
    rows.write_text("kind,name\norganisation,Nobody Ltd\n")
    backup = world.work / "backup.tar"
    must_work(world.place, "backup", str(backup))
    run_id = next(iter(world.book.runs))
    alias = Place(world.work / "alias")
    alias.folder.symlink_to(world.place.folder)
    attempts = [
        ("serve", ["--listen", "127.0.0.1:0"], world.place),
        ("serve", ["--listen", "127.0.0.1:0"], alias),
        ("import", ["contacts.party", str(rows)], world.place),
        ("run", ["contacts.create_party", "--json", '{"kind": "person", "name": "Nobody"}'], world.place),
        ("undo", [run_id], world.place),
    ]
    holder = f"process {world.server.id}, which serves http://{world.server.address}"
    for command, arguments, place in attempts:
        must_refuse(context, nexus(place, command, *arguments), command, f"in use by {holder}")
    must_refuse(context, init(world.place, "Another Ltd"), "init of another company", f"in use by {holder}")
    must_refuse(context, nexus(world.place, "restore", str(backup)), "restore", "is not empty")
    again = init(world.place)
    if again.returncode != 0 or f"{COMPANY} is there already" not in again.stdout:
        raise Failure(f"init run twice ended with {again.returncode}: {again.stdout}{again.stderr}")


def must_refuse(context, said, command, words):
    if said.returncode != 1 or said.stdout:
        raise Failure(f"{command} on a folder in use ended with {said.returncode}: {said.stdout}{said.stderr}")
    if words not in said.stderr:
        context.wrong(f"{command} on a folder in use does not say `{words}` but: {said.stderr.strip()}")


def must_work(place, command, *arguments):
    said = nexus(place, command, *arguments)
    if said.returncode != 0:
        raise Failure(f"{command} while a server runs ended with {said.returncode}: {said.stdout}{said.stderr}")
    return said


def tolerates(context, world, load):
    """Commands that change nothing work beside the server, and no request of the load waits long for them."""
    rows = world.work / "many.csv"
    lines = (f"organisation,Looked at only {number}" for number in range(ROWS))
    rows.write_text("\n".join(["kind,name", *lines, ""]))
    preview = '{"kind": "person", "name": "Nobody"}'
    for command, arguments in (
        ("verify", []),
        ("export", ["contacts.party"]),
        ("run", ["contacts.create_party", "--json", preview, "--preview"]),
        ("import", ["contacts.party", str(rows), "--preview"]),
    ):
        said = nexus(world.place, command, *arguments)
        if said.returncode != 0:
            context.wrong(f"`{command} {' '.join(arguments[1:])}` while a server runs: {said.stdout}{said.stderr}")
        load.answers(5)


def readers_do_not_wait(context, world):
    """A change may take long; who only reads does not wait for its end.

    The change is this process's own, which takes the lock that a writer of SQLite has.
    """
    writer = sqlite3.connect(next((world.place.folder / "tenants").glob("*.db")), isolation_level=None)
    backup = world.work / "beside.tar"
    for command, arguments in (("verify", []), ("export", ["contacts.party"]), ("backup", [str(backup)])):
        writer.execute("BEGIN IMMEDIATE")
        said = nexus(world.place, command, *arguments)
        writer.execute("ROLLBACK")
        if said.returncode != 0:
            context.wrong(f"`nexus {command}` during a long change: {said.stderr.strip()}")
    writer.close()


def at_once(context, world):
    """Exactly one of several servers gets the folder; the others say who has it."""
    started = [Server(world.place, world.work / f"at-once-{number}.log") for number in range(SERVERS)]
    servers, refused = [], []
    for server in started:
        try:
            servers.append(server.listens())
        except NotStarted as ended:
            refused.append(ended)
    world.servers[:] = servers
    if len(servers) != 1:
        raise Failure(f"{len(servers)} of {SERVERS} servers took the same folder")
    for ended in refused:
        if ended.code != 1 or "is in use by" not in ended.said:
            context.wrong(f"a server that was started at the same time ended with {ended.code}: {ended.said}")
