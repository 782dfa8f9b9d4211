"""SQLite's write-ahead log as a file (https://sqlite.org/fileformat2.html#walformat): frames, and frames of our own.

A frame counts when its salts are the header's and its checksum goes on from the frame before it; a transaction
counts when its last frame, which alone says how large the database is then, counts.
"""

import pathlib
import sqlite3
import struct
import tempfile

HEADER, FRAME_HEADER = 32, 24
# Where the shared index says how far copying into the database has begun (walIndex format, nBackfillAttempted).
BACKFILL_AT = 128


class Frame:
    """A frame that counts: which page it holds and, of a commit, the size of the database after it."""

    def __init__(self, page, commit, checksum):
        self.page, self.commit, self.checksum = page, commit, checksum


class Wal:
    """The log of one database."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.data = self.path.read_bytes() if self.path.exists() else b""
        self.frames = []
        if len(self.data) < HEADER:
            return
        magic, _, self.page_size, _ = struct.unpack(">IIII", self.data[:16])
        self.order = ">" if magic & 1 else "<"
        self.salts = self.data[16:24]
        self.size = FRAME_HEADER + self.page_size
        chain = self.checksum(self.data[:24], (0, 0))
        if chain != struct.unpack(">II", self.data[24:32]):
            return
        while True:
            frame = self.data[self.at(len(self.frames)) : self.at(len(self.frames) + 1)]
            if len(frame) < self.size or frame[8:16] != self.salts:
                return
            chain = self.checksum(frame[FRAME_HEADER:], self.checksum(frame[:8], chain))
            if chain != struct.unpack(">II", frame[16:24]):
                return
            self.frames.append(Frame(*struct.unpack(">II", frame[:8]), chain))

    def at(self, number):
        """Where a frame begins, counted from 0."""
        return HEADER + number * self.size

    def checksum(self, data, start):
        first, second = start
        words = struct.unpack(f"{self.order}{len(data) // 4}I", data)
        for even, odd in zip(words[::2], words[1::2]):
            first = (first + even + second) & 0xFFFFFFFF
            second = (second + odd + first) & 0xFFFFFFFF
        return first, second

    def commits(self):
        """After how many frames the database is whole: once before the first, then after each transaction."""
        return [0] + [number for number, frame in enumerate(self.frames, 1) if frame.commit]

    def copied(self):
        """How many frames a checkpoint may have begun to copy; it has flushed them before."""
        shared = self.path.with_name(self.path.name.removesuffix("-wal") + "-shm")
        data = shared.read_bytes() if shared.exists() else b""
        return struct.unpack("=I", data[BACKFILL_AT : BACKFILL_AT + 4])[0] if len(data) > BACKFILL_AT + 4 else 0

    def write(self, frames, rest=b""):
        """Cuts the log after so many frames and puts the rest there."""
        self.path.write_bytes(self.data[: self.at(frames)] + rest)

    def transaction(self, pages):
        """The bytes of further frames that count, the last one with the mark of a commit."""
        chain, out = self.frames[-1].checksum, b""
        size = next(frame.commit for frame in reversed(self.frames) if frame.commit)
        for number, (page, content) in enumerate(pages, 1):
            head = struct.pack(">II", page, size if number == len(pages) else 0)
            chain = self.checksum(content, self.checksum(head, chain))
            out += head + self.salts + struct.pack(">II", *chain) + content
        return out


def as_of(database, wal, frames, query):
    """The rows of a query on the database with so many frames of its log, asked of a copy."""
    with tempfile.TemporaryDirectory(prefix="nexus-wal-") as folder:
        copy = pathlib.Path(folder) / "copy.db"
        copy.write_bytes(pathlib.Path(database).read_bytes())
        copy.with_name("copy.db-wal").write_bytes(wal.data[: wal.at(frames)])
        connection = sqlite3.connect(copy)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()
