"""10,000 and 100,000 addresses on 2,000 simulated hosts: does the time grow with the number, and how much memory does it take?

Every host is a made-up name for an address of 127.0.0.0/8 that one small server listens on. Each has 5 or 50 addresses, of which
one in ten is gone and one in ten has moved.
"""

import asyncio
import json
import resource
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from aiohttp.abc import AbstractResolver, ResolveResult

from resources.fetching.visiting import visit_all
from resources.fetching.visits import Asked, Manners

ROOT = Path(__file__).resolve().parents[1]
HOSTS = 2_000
WORDS = " ".join(f"word{number}" for number in range(60))


class MadeUp(AbstractResolver):
    """host-1234.example.net is 127.1.4.210."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        number = int(host.partition(".")[0].partition("-")[2])
        place = f"127.1.{number // 256}.{number % 256}"
        return [
            {"hostname": host, "host": place, "port": port, "family": socket.AF_INET, "proto": 0, "flags": 0},
        ]

    async def close(self) -> None:
        """Nothing is open."""


class Site(asyncio.Protocol):
    """Answers every request with a page of its own, a redirect, or 404."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        path = data.split(b" ", 2)[1].decode()
        kind = path.rpartition("/")[2][-1:]
        if path == "/robots.txt" or kind == "9":
            self.transport.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        elif kind == "8":
            self.transport.write(f"HTTP/1.1 301 So\r\nLocation: {path}0\r\nContent-Length: 0\r\n\r\n".encode())
        else:
            body = f"<!doctype html><title>Page {path}</title><p>{path} {path[::-1]} {WORDS}".encode()
            head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
            self.transport.write(head.encode() + body)


async def serve() -> None:
    """Prints its port, and serves until it is ended."""
    server = await asyncio.get_running_loop().create_server(Site, "0.0.0.0", 0, backlog=4096)  # all of 127.0.0.0/8
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def addresses(number: int, port: int) -> Iterator[Asked]:
    """One after the other, host by host; never all of them at once."""
    each = number // HOSTS
    for one in range(number):
        yield Asked(f"http://host-{one // each}.example.net:{port}/page/{one}")


async def visit(number: int, port: int) -> dict[str, object]:
    """Visits so many."""
    manners = Manners(private=("127.0.0.0/8",), ports=frozenset({port}))
    verdicts: Counter[str] = Counter()
    requests = 0
    start = time.perf_counter()
    async for one in visit_all(addresses(number, port), manners, resolver=MadeUp()):
        verdicts[one.verdict] += 1
        requests += one.requests
    return {
        "seconds": time.perf_counter() - start,
        "processor": time.process_time(),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "requests": requests,
        "verdicts": verdicts,
    }


def compare_sizes(sizes: tuple[int, ...] = (10_000, 100_000)) -> None:
    """Prints one line per size."""
    command = [sys.executable, "-m", "bench.links_many"]
    server = subprocess.Popen([*command, "serve"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout
        port = server.stdout.readline().strip()
        print(f"on {HOSTS} hosts   seconds  processor  a second  memory  verdicts")
        for size in sizes:
            done = subprocess.run([*command, str(size), port], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
            told = json.loads(done.stdout)
            print(
                f"{size:13,} {told['seconds']:9.1f} {told['processor']:10.1f} {size / told['seconds']:9.0f} "
                f"{told['memory']:7}  {told['verdicts']}"
            )
    finally:
        server.kill()
        server.wait()


def main() -> None:
    """`serve`, or a number of addresses and the server's port."""
    if sys.argv[1:] == ["serve"]:
        asyncio.run(serve())
    else:
        number, port = map(int, sys.argv[1:])
        print(json.dumps(asyncio.run(visit(number, port))))


if __name__ == "__main__":
    main()
