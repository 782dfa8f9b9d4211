"""Small disks: a file system in a file, one in memory, and, where nothing may be mounted, a limit on files."""

import errno
import filecmp
import os
import pathlib
import resource
import shutil
import subprocess
import tempfile

from harness import Failure

DISK_BYTES = 160 << 20


def _done(*command):
    said = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if said.returncode != 0:
        raise Failure(f"`{' '.join(map(str, command))}` failed: {said.stderr.strip()}")


class Mounted:
    """A mounted file system of DISK_BYTES, either ext4 in a file or one in memory."""

    def __init__(self, kind):
        self.kind = kind
        self.work = pathlib.Path(tempfile.mkdtemp(prefix="nexus-disk-"))
        self.image, self.path = self.work / "image", self.work / "disk"
        self.path.mkdir()
        self.is_mounted = False
        try:
            if kind == "memory":
                self._mount("-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs")
            else:
                with open(self.image, "wb") as image:
                    image.truncate(DISK_BYTES)
                _done("mkfs.ext4", "-q", "-m", "0", "-E", "lazy_itable_init=0,lazy_journal_init=0", str(self.image))
                self.mount()
        except BaseException:
            self.close()
            raise

    def _mount(self, *flags):
        _done("mount", *flags, str(self.path))
        self.is_mounted = True

    def mount(self):
        """Nothing is written but what is flushed: the file system's own timer is set to ten minutes."""
        self._mount("-o", "loop,commit=600", str(self.image))

    def unmount(self):
        _done("umount", str(self.path))
        self.is_mounted = False

    def fill(self, leave, _server):
        """Takes all space but about so many bytes, while the server takes some as well."""
        space = os.statvfs(self.path)
        taken, piece = 0, space.f_bavail * space.f_frsize - leave
        with open(self.path / "ballast", "wb") as ballast:
            while piece >= space.f_frsize:
                try:
                    os.posix_fallocate(ballast.fileno(), taken, piece)
                    taken += piece
                except OSError as error:
                    if error.errno != errno.ENOSPC:
                        raise
                space = os.statvfs(self.path)
                piece = min(piece // 2, space.f_bavail * space.f_frsize - leave)

    def free(self, _server):
        (self.path / "ballast").unlink()

    def cut_power(self):
        """Puts the disk back to what had reached it, as a loss of power does.

        The file with the image has what was flushed; what programs wrote since then is in the memory of the file
        system above it and goes. Copied until two copies are the same, so that the copy is the disk at one moment.
        """
        copies = self.work / "copy-1", self.work / "copy-2"
        for _ in range(10):
            for copy in copies:
                _done("cp", "--sparse=always", str(self.image), str(copy))
            if filecmp.cmp(*copies, shallow=False):
                break
        else:
            raise Failure("the disk was written to for longer than it took to copy it ten times")
        self.unmount()
        os.replace(copies[0], self.image)
        copies[1].unlink()
        self.mount()

    def close(self):
        if self.is_mounted:
            self.unmount()
        shutil.rmtree(self.work)


class Limit:
    """An ordinary folder whose server may make no file larger than the largest is now (RLIMIT_FSIZE).

    Needs no rights. What is refused is the same write that a full disk refuses, under another error (EFBIG).
    """

    kind = "file size limit"

    def __init__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="nexus-disk-"))

    def fill(self, leave, server):
        largest = max(file.stat().st_size for file in self.path.rglob("*-wal"))
        self._limit(server, largest + leave)

    def free(self, server):
        self._limit(server, resource.RLIM_INFINITY)

    @staticmethod
    def _limit(server, size):
        _, hard = resource.prlimit(server.id, resource.RLIMIT_FSIZE)
        resource.prlimit(server.id, resource.RLIMIT_FSIZE, (size if hard < 0 else min(size, hard), hard))

    def close(self):
        shutil.rmtree(self.path)


def can_mount():
    """Whether file systems may be mounted here; tried, since to be root is not always enough."""
    try:
        Mounted("loop").close()
    except (Failure, OSError):
        return False
    return True
