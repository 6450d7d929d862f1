"""A progress bar on a terminal, plain lines otherwise; always on stderr."""

import time
from typing import TextIO

WIDTH = 30
PLAIN_SECONDS = 30.0
"""Without a terminal a line comes at every tenth of the work, and at least so often."""


class Progress:
    """Call it with what is done and the total: it draws at most ten times a second, with the rate and what is left."""

    def __init__(self, stream: TextIO, label: str) -> None:
        self.stream = stream
        self.label = label
        self.begun = self.drawn = self.said = time.monotonic()
        self.tenth = -1
        self.open = False

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if self.stream.isatty():
            if done < total and now - self.drawn < 0.1:
                return
            self.drawn = now
            full = WIDTH * done // max(total, 1)
            self.open = done < total
            end = "" if self.open else "\n"
            bar = f"{self.label} [{'#' * full}{'.' * (WIDTH - full)}] {done}/{total}{self._pace(done, total, now)}"
            self.stream.write(f"\r{bar}\x1b[K{end}")
        elif total >= 200 and (10 * done // total > self.tenth or now - self.said > PLAIN_SECONDS):
            self.tenth, self.said = 10 * done // total, now
            self.stream.write(f"{self.label}: {done}/{total}{self._pace(done, total, now)}\n")
        self.stream.flush()

    def clear(self) -> None:
        """Takes the bar off the terminal's line, so that something else can be written there."""
        if self.open:
            self.stream.write("\r\x1b[K")
            self.stream.flush()
            self.open = False

    def _pace(self, done: int, total: int, now: float) -> str:
        """How many a second, and how long the rest takes at that rate; nothing in the first second."""
        seconds = now - self.begun
        if seconds < 1 or not done:
            return ""
        rate = done / seconds
        rest = round((total - done) / rate)
        left = f", {rest // 3600}:{rest // 60 % 60:02}:{rest % 60:02} left" if done < total else ""
        return f", {rate:.1f} a second{left}"
