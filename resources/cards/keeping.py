"""Cards are kept as files, one for each entry, and drawn one at a time: pictures cost more than pages."""

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from time import time

from django.conf import settings

from resources.api.rates import take
from resources.cards.drawing import LOOK, Card, png_of

MOST_KEPT = 20_000
"""Files; when there are more, the older half of them goes."""

A_MINUTE = 120
"""Cards that are drawn in a minute, by all processes together."""

WAIT = 5
"""Seconds that a request waits for its turn."""

_drawing = Lock()


class TooBusy(Exception):
    """There is no time to draw a card now."""


def card_png(name: str, revision: int, make: Callable[[], Card]) -> bytes:
    """The picture of a revision of what is called `name`, drawn at the first use. Raises TooBusy."""
    file = _folder() / f"{name}.{revision}.{LOOK}.png"
    with suppress(FileNotFoundError):
        return file.read_bytes()
    if not _drawing.acquire(timeout=WAIT):
        raise TooBusy
    try:
        with suppress(FileNotFoundError):
            return file.read_bytes()
        if settings.RATE_LIMITS and not take("cards", A_MINUTE, int(time())).allowed:
            raise TooBusy
        data = png_of(make())
        _keep(file, name, data)
    finally:
        _drawing.release()
    return data


def _folder() -> Path:
    folder = Path(settings.RAYHUB_DATA) / "cards"
    folder.mkdir(exist_ok=True)
    return folder


def _keep(file: Path, name: str, data: bytes) -> None:
    """Writes the file in one step, and takes away those of older revisions."""
    old = [one for one in file.parent.glob(f"{name}.*.png") if one != file]
    handle, new = tempfile.mkstemp(dir=file.parent, prefix=".new-")
    with os.fdopen(handle, "wb") as target:
        target.write(data)
    Path(new).replace(file)
    for one in [*old, *_too_many(file.parent)]:
        one.unlink(missing_ok=True)


def _too_many(folder: Path) -> list[Path]:
    files = list(folder.glob("*.png"))
    if len(files) <= MOST_KEPT:
        return []
    dated = []
    for one in files:
        with suppress(FileNotFoundError):  # another process takes them away too
            dated.append((one.stat().st_mtime, one))
    return [one for _time, one in sorted(dated)[: len(files) // 2]]
