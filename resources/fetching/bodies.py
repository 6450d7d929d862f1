"""Bodies of answers, read no further than needed, and unpacked no further than allowed."""

import asyncio
import zlib
from enum import Enum, auto

import aiohttp

PACKED = "gzip, deflate"
"""What we can unpack, as an Accept-Encoding."""


class Unpacking:
    """Takes a body in pieces and gives it unpacked, at most `limit` bytes in all: a small bomb stays small."""

    def __init__(self, encoding: str, limit: int) -> None:
        self.encoding = encoding.strip().lower()
        self.left = limit
        self.known = self.encoding in {"", "identity", "gzip", "x-gzip", "deflate"}
        self._inflate = None if self.encoding in {"", "identity"} else zlib.decompressobj(zlib.MAX_WBITS | 32)

    def feed(self, piece: bytes) -> bytes:
        """What this piece unpacks to. Raises zlib.error where it is broken."""
        unpacked = piece[: self.left] if self._inflate is None else self._unpack(self._inflate, piece)
        self.left -= len(unpacked)
        return unpacked

    def _unpack(self, inflate: "zlib._Decompress", piece: bytes) -> bytes:
        try:
            return inflate.decompress(piece, self.left) if self.left else b""
        except zlib.error:
            if self.encoding != "deflate":
                raise
            # Some send "deflate" without the header that belongs to it.
            self._inflate, self.encoding = zlib.decompressobj(-zlib.MAX_WBITS), "raw"
            return self._inflate.decompress(piece, self.left)


class End(Enum):
    """Why the reading of a body ended."""

    WHOLE = auto()
    ENOUGH = auto()
    """The limit was reached."""
    BROKEN = auto()
    """It came too slowly, broke off, or cannot be unpacked."""


async def read_body(response: aiohttp.ClientResponse, limit: int, seconds: float) -> tuple[bytes, End]:
    """Up to `limit` bytes. What comes slowly or breaks off counts as far as it came."""
    unpacking = Unpacking(response.headers.get("Content-Encoding", ""), limit)
    body = bytearray()
    if not unpacking.known:
        return b"", End.BROKEN
    raw = 0
    try:
        async with asyncio.timeout(seconds):
            async for piece in response.content.iter_any():
                raw += len(piece)
                body += unpacking.feed(piece)
                if not unpacking.left or raw > limit:
                    return bytes(body), End.WHOLE if response.content.at_eof() else End.ENOUGH
    except (TimeoutError, aiohttp.ClientError, OSError, zlib.error):
        return bytes(body), End.BROKEN
    return bytes(body), End.WHOLE
