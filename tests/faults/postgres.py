"""A PostgreSQL cluster of our own: made, started, killed, started again, thrown away."""

import glob
import os
import pathlib
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile

from harness import Failure, wait_until

PROGRAMS = "/usr/lib/postgresql/*/bin"
# PostgreSQL refuses to run as root; Debian's package makes this user for it.
USER = "postgres"
START_SECONDS_MAX = 60


def programs():
    found = glob.glob(PROGRAMS)
    if not found:
        raise Failure(f"no {PROGRAMS}; remedy: apt-get install postgresql")
    return pathlib.Path(max(found, key=lambda path: int(path.split("/")[-2])))


def state(folder):
    """Of a process, the letter of its state and its parent; X, which is dead, when there is none."""
    try:
        fields = pathlib.Path(folder, "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return "X", None
    return fields[0], int(fields[1])


class Cluster:
    """Listens on a port of 127.0.0.1; what it acknowledges is flushed."""

    def __init__(self):
        self.programs = programs()
        self.work = pathlib.Path(tempfile.mkdtemp(prefix="nexus-postgres-"))
        self.process, self.databases = None, 0
        if os.getuid() == 0:
            user = pwd.getpwnam(USER)
            os.chown(self.work, user.pw_uid, user.pw_gid)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        try:
            self._done("initdb", "--pgdata", str(self.work / "data"), "--username", USER, "--auth", "trust",
                       "--encoding", "UTF8", "--locale", "C", "--no-instructions")
            self.start()
        except BaseException:
            self.close()
            raise

    def _as_user(self, program, *arguments):
        line = [str(self.programs / program), *arguments]
        if os.getuid() == 0:
            as_user = ["--reuid", USER, "--regid", USER, "--clear-groups", "--pdeathsig", "KILL"]
            line = ["setpriv", *as_user, "--", *line]
        return line

    def _done(self, program, *arguments):
        line = self._as_user(program, *arguments)
        said = subprocess.run(line, cwd=self.work, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if said.returncode != 0:
            raise Failure(f"{program} failed: {said.stdout}{said.stderr}")
        return said.stdout

    def start(self):
        settings = {
            "listen_addresses": "127.0.0.1", "port": self.port, "unix_socket_directories": self.work,
            "fsync": "on", "synchronous_commit": "on", "full_page_writes": "on",
        }
        flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with open(self.work / "log", "ab") as log:
            line = self._as_user("postgres", "-D", str(self.work / "data"), *flags)
            self.process = subprocess.Popen(
                line, cwd=self.work, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        wait_until(self._answers, "PostgreSQL answers", START_SECONDS_MAX)

    def _answers(self):
        if self.process.poll() is not None:
            raise Failure(f"PostgreSQL ended with {self.process.returncode}: {self.logged()}")
        try:
            return self.ask("SELECT 1") == "1"
        except Failure:
            return False

    def logged(self):
        return "\n".join((self.work / "log").read_text(errors="replace").splitlines()[-5:])

    def ask(self, sql, database=USER):
        """What psql prints for a statement."""
        where = ["--host", "127.0.0.1", "--port", str(self.port), "--username", USER, "--dbname", database]
        flags = ["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1"]
        return self._done("psql", *where, *flags, "--command", sql).strip()

    def new_database(self):
        """The address of a database that has nothing in it."""
        self.databases += 1
        name = f"faults{self.databases}"
        self.ask(f"CREATE DATABASE {name}")
        return f"postgres://{USER}@127.0.0.1:{self.port}/{name}"

    def children(self):
        """The processes that the postmaster has started. Each leads a process group of its own."""
        found = []
        for folder in glob.glob("/proc/[0-9]*"):
            _, parent = state(folder)
            if parent == self.process.pid:
                found.append(int(folder.removeprefix("/proc/")))
        return found

    def kill(self):
        """SIGKILL of the postmaster and all of its children, as one."""
        # Stopped first, so that it starts no further one meanwhile.
        self.process.send_signal(signal.SIGSTOP)
        children = self.children()
        for process in [self.process.pid, *children]:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process.wait()
        # They are no children of ours; the next postmaster does not start before they are gone.
        wait_until(lambda: all(state(f"/proc/{child}")[0] in "XZ" for child in children), "PostgreSQL is gone")

    def freeze(self):
        """All of it stands still, with its connections open, until `thaw`."""
        self._signal(signal.SIGSTOP)

    def thaw(self):
        self._signal(signal.SIGCONT)

    def _signal(self, sent):
        # The postmaster first, so that it starts no further one meanwhile.
        self.process.send_signal(sent)
        for child in self.children():
            try:
                os.kill(child, sent)
            except ProcessLookupError:
                pass

    def kill_backend(self, dice):
        """SIGKILL of one process that serves a client; the postmaster then ends all others and recovers."""
        sql = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        backends = sorted(int(line) for line in self.ask(sql).split())
        if not backends:
            raise Failure("PostgreSQL serves no client")
        os.kill(dice.choice(backends), signal.SIGKILL)

    def close(self):
        if self.process is not None and self.process.poll() is None:
            self.kill()
        shutil.rmtree(self.work, ignore_errors=True)
