"""A clock that a scenario sets: libfaketime in the server, told by a file.

Only the time of day jumps. The clock that measures how long something takes goes on, as it does when somebody sets
the time of a machine.
"""

import datetime
import glob
import os
import pathlib
import time

from harness import Failure

LIBRARY = "/usr/lib/*/faketime/libfaketimeMT.so.1"


class Clock:
    """Seconds that the server's clock is ahead of noon on 15 June of this year, as it goes on from now.

    That day is far from the turn of a year, where an invoice would need another fiscal year than the one that
    `nexus init` made.
    """

    def __init__(self, folder):
        libraries = glob.glob(LIBRARY)
        if not libraries:
            raise Failure(f"no {LIBRARY}; remedy: apt-get install faketime")
        self.file = pathlib.Path(folder) / "clock"
        self.ahead = 0.0
        now = datetime.datetime.now(datetime.timezone.utc)
        noon = now.replace(month=6, day=15, hour=12, minute=0, second=0, microsecond=0)
        self.base = (noon - now).total_seconds()
        self.environment = {
            "LD_PRELOAD": libraries[0],
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
        }
        self.set(0)

    def set(self, ahead):
        self.ahead = ahead
        new = self.file.with_suffix(".new")
        new.write_text(f"{self.base + ahead:+.3f}\n")
        os.replace(new, self.file)

    def jump(self, seconds):
        self.set(self.ahead + seconds)

    def now(self):
        """The server's time of day as seconds since 1970."""
        return time.time() + self.base + self.ahead
