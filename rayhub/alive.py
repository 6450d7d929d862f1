"""Processes under names of their own, so that others on the machine see at once when one has died.

Whoever takes a name keeps a locked file under it; the system opens the lock when the process ends, however it ends. What a
process held under its name can then be given to others. On another machine the names say nothing.
"""

import fcntl
import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings


class Alive:
    """A name for what this process does now (`work`, one word), until `end()` or its death."""

    def __init__(self, work: str) -> None:
        folder = _folder(work)
        folder.mkdir(parents=True, exist_ok=True)
        self.name = f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(4)}"
        self._file = folder / self.name
        # Locked before it has its name: nobody ever sees the file of a living process without its lock.
        new = folder / f".{self.name}"
        self._lock = os.open(new, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        new.rename(self._file)

    def end(self) -> None:
        """Gives the name up; nothing is held under it any more."""
        self._file.unlink(missing_ok=True)
        self.die()

    def die(self) -> None:
        """What the system does when the process dies: the lock is gone, and the name stays behind for others to find."""
        os.close(self._lock)


def the_dead(work: str) -> Iterator[str]:
    """The names of those at this work who died. Each is forgotten when the next is asked for, and found again otherwise."""
    for file in sorted(_folder(work).glob("[!.]*")):
        with suppress(FileNotFoundError):
            lock = os.open(file, os.O_RDWR | os.O_CLOEXEC)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            else:
                yield file.name
                file.unlink(missing_ok=True)
            finally:
                os.close(lock)


def _folder(work: str) -> Path:
    return Path(settings.RAYHUB_DATA) / "alive" / work
