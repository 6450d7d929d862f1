"""A progress bar on a terminal, plain lines otherwise; always on stderr."""

import time
from typing import TextIO

WIDTH = 30


class Progress:
    """Call it with what is done and the total: it draws at most ten times a second."""

    def __init__(self, stream: TextIO, label: str) -> None:
        self.stream = stream
        self.label = label
        self.drawn = 0.0
        self.tenth = -1

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if self.stream.isatty():
            if done < total and now - self.drawn < 0.1:
                return
            self.drawn = now
            full = WIDTH * done // max(total, 1)
            end = "\n" if done >= total else ""
            self.stream.write(f"\r{self.label} [{'#' * full}{'.' * (WIDTH - full)}] {done}/{total}{end}")
        elif total and 10 * done // total > self.tenth and total >= 200:
            self.tenth = 10 * done // total
            self.stream.write(f"{self.label}: {done}/{total}\n")
        self.stream.flush()
