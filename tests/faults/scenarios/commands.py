"""SIGKILL of the commands that make something: `init`, `backup`, `restore`, `import`.

Run again they come to their end, as if the first attempt had not been. A backup or a restored folder is there whole
or not at all; of an import there are whole parts, and those that are there hold together.
"""

import shutil
import subprocess
import time

from harness import COMPANY, EMAIL, PASSWORD, Failure, Place
from harness import binary, init, must_set_up, nexus, tied, verify, wait_until

DATABASES = ("sqlite",)
# Of init, of import, of backup and restore.
ROUNDS = {"short": (5, 1, 1), "long": (25, 10, 10)}
# Rows of an import: several of the parts that it commits one by one.
ROWS = 1_500
INIT = ["--company", COMPANY, "--email", EMAIL, "--password", PASSWORD, "--country", "KE", "--currency", "KES"]


def run(context):
    inits, imports, backups = ROUNDS[context.form]
    place = Place(context.work / "data")
    seconds = timed(lambda: must_work(init(place), "init"))
    for number in range(inits):
        killed_init(context, Place(context.work / f"init-{number}"), None if number == 0 else seconds)
    context.say(f"init: killed {inits} times and run again")
    for number in range(imports):
        killed_import(context, place, number)
    context.say(f"import: killed {imports} times and run again")
    for number in range(backups):
        killed_backup(context, place, number)
    context.say(f"backup and restore: killed {backups} times each and run again")


def must_work(said, command):
    if said.returncode != 0:
        raise Failure(f"{command}, run after one that was killed, ended with {said.returncode}: "
                      f"{said.stdout}{said.stderr}")


def begun(place, command, *arguments):
    line = tied([binary(), command, *arguments, *place.flags])
    return subprocess.Popen(line, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def killed(context, seconds, place, command, *arguments):
    """Runs a command that takes about so many seconds, and kills it somewhere on the way."""
    process = begun(place, command, *arguments)
    time.sleep(context.dice.uniform(0, seconds))
    process.kill()
    process.wait()


def timed(work):
    began = time.monotonic()
    work()
    return time.monotonic() - began


def killed_init(context, place, seconds):
    """Killed after some part of the seconds; without them, when the tenant is noted and its tables are made."""
    if seconds is None:
        process = begun(place, "init", *INIT)
        wait_until((place.folder / "tenants").exists, "a folder for the tenant")
        process.kill()
        process.wait()
    else:
        killed(context, seconds, place, "init", *INIT)
    must_set_up(context, place, "init was killed and run again")
    shutil.rmtree(place.folder)


def killed_import(context, place, number):
    """The rows have a key, so an import that is run again makes no row twice."""
    rows = context.work / "rows.csv"
    lines = (f"organisation,Row {row},{number}-{row}" for row in range(ROWS))
    rows.write_text("\n".join(["kind,name,reference", *lines, ""]))
    arguments = ["contacts.party", str(rows), "--key", "reference"]
    killed(context, 0.7, place, "import", *arguments)
    verify(place)
    must_work(nexus(place, "import", *arguments), "import")
    verify(place)
    exported = nexus(place, "export", "contacts.party")
    must_work(exported, "export")
    found, expected = len(exported.stdout.splitlines()) - 1, ROWS * (number + 1)
    if found != expected:
        raise Failure(f"{found} of {expected} rows are there after an import that was killed and run again")


def killed_backup(context, place, number):
    target = context.work / f"backup-{number}.tar"
    killed(context, 0.5, place, "backup", str(target))
    if not target.exists():
        must_work(nexus(place, "backup", str(target)), "backup")
    restored = Place(context.work / f"restored-{number}")
    killed(context, 0.5, restored, "restore", str(target))
    if not restored.folder.exists():
        must_work(nexus(restored, "restore", str(target)), "restore")
    verify(restored)
    shutil.rmtree(restored.folder)
