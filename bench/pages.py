"""Pages of a site with 1,000 and with 10,000 guides, as ratios to a bare view that returns 10 KB under the same server.

A guide, its history, a difference, the list and a tag page, each over random pages, by several connections at once against
one worker; the bare view is measured in turn with them, round by round, and the median counts. Beside each: the number of
queries. There is no page cache, and of 10,000 pages each is asked for about once. What stands around guides was gathered, as
a worker does. Sizes may be given: `python -m bench.pages 1000`. The content is made once, under var/bench.
"""

import os
import random
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import Pool
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONNECTIONS, ROUNDS, SECONDS, DIFFERENT = 4, 5, 1.5, 10_000
ASKED = {"guide": 0.15, "history": 0.07, "difference": 0.07, "list": 0.07, "tag": 0.07}

QUERIES = """
import sys
import django; django.setup()
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
client = Client(SERVER_NAME="127.0.0.1")
for path in sys.argv[1:]:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    print(len(queries), len(answer.content))
"""


def main() -> None:
    """Measures every size that is named, 1,000 and 10,000 otherwise."""
    sizes = [int(size) for size in sys.argv[1:]] or [1_000, 10_000]
    with serving(["bench.bare:application"], {}) as bare:
        for size in sizes:
            data = ROOT / "var" / "bench" / f"pages-{size}"
            environment = {"RAYHUB_DATA": str(data), "ALLOWED_HOSTS": "127.0.0.1"}
            fill(size, environment)
            with serving(["rayhub.wsgi:application"], environment) as site:
                measure(f"{size:,} guides", _targets(size), ASKED, bare, site, environment)


def fill(size: int, environment: dict[str, str]) -> None:
    """Makes the site, unless an earlier run did."""
    Path(environment["RAYHUB_DATA"]).mkdir(parents=True, exist_ok=True)
    manage = [sys.executable, str(ROOT / "manage.py")]
    start = time.monotonic()
    for words in (
        ["migrate", "-v0"],
        ["collectstatic", "-v0", "--noinput"],
        ["make_sample", f"--pages={size}", "--seed=7"],
        ["gather_guides"],
    ):
        subprocess.run([*manage, *words], env=os.environ | environment, check=True, stdout=subprocess.DEVNULL)
    print(f"{size:,} guides with 3 revisions: {time.monotonic() - start:.0f} s (or found as an earlier run left them)")


def measure(
    title: str,
    targets: dict[str, list[str]],
    least: dict[str, float],
    bare: int,
    site: int,
    environment: dict[str, str],
) -> None:
    """Prints how often each target is answered in a second, beside the bare view, and with how many queries."""
    words = [paths[0] for paths in targets.values()]
    env = os.environ | environment | {"DJANGO_SETTINGS_MODULE": "rayhub.settings"}
    asked = subprocess.run(
        [sys.executable, "-c", QUERIES, *words], env=env, cwd=ROOT, check=True, capture_output=True, text=True
    )
    counts = [line.split() for line in asked.stdout.splitlines()]
    floors: list[float] = []
    rates: dict[str, list[float]] = {name: [] for name in targets}
    with Pool(CONNECTIONS) as pool:
        for paths in targets.values():
            _rate(pool, site, paths, 0.5)  # warm
        for _round in range(ROUNDS):
            floors.append(_rate(pool, bare, ["/"], SECONDS))
            for name, paths in targets.items():
                rates[name].append(_rate(pool, site, paths, SECONDS))
    floor = statistics.median(floors)
    print(f"{title}; the bare view: {floor:,.0f} requests a second")
    for (name, found), (queries, length) in zip(rates.items(), counts, strict=True):
        ratio = statistics.median(found) / floor
        verdict = "" if ratio >= least.get(name, 0) else f"  (asked: {least[name]})"
        print(
            f"  {name:10} {statistics.median(found):7,.0f}/s  ratio {ratio:.3f}  {queries} queries, {length} bytes{verdict}"
        )


def _targets(size: int) -> dict[str, list[str]]:
    """What is asked for: the same pages in every run."""
    chance = random.Random(size)
    slugs = [f"sample-{chance.randint(1, size):06}" for _place in range(DIFFERENT)]
    tags = ["sample-batch", "sample-cloud", "sample-data", "sample-edge", "sample-gpu", "sample-io", "sample-queue"]
    return {
        "guide": [f"/wiki/{slug}/" for slug in slugs],
        "history": [f"/wiki/{slug}/history/" for slug in slugs],
        "difference": [f"/wiki/{slug}/history/1..3/" for slug in slugs],
        "list": [f"/wiki/?page={chance.randint(1, 10)}" for _place in range(20)],
        "tag": [f"/tags/{tag}/" for tag in tags],
    }


def _rate(pool: object, port: int, paths: list[str], seconds: float) -> float:
    """Requests a second over all connections."""
    given = [(port, paths[place::CONNECTIONS] or paths, seconds) for place in range(CONNECTIONS)]
    return sum(pool.starmap(_ask, given))  # type: ignore[attr-defined]  # a multiprocessing pool


def _ask(port: int, paths: list[str], seconds: float) -> float:
    """Asks one path after the other on one connection; gives the rate."""
    requests = [f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode() for path in paths]
    done, start = 0, time.perf_counter()
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while time.perf_counter() - start < seconds:
            connection.sendall(requests[done % len(requests)])
            _read(connection)
            done += 1
    return done / (time.perf_counter() - start)


def _read(connection: socket.socket) -> None:
    """One answer, which must be a good one."""
    data = connection.recv(65536)
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(head[:200].decode())
    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
    missing = length - len(body)
    while missing > 0:
        missing -= len(connection.recv(min(missing, 1 << 20)))


@contextmanager
def serving(application: list[str], environment: dict[str, str]) -> Iterator[int]:
    """granian with one worker on a free port, as `manage.py serve` starts it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += [
        "--workers",
        "1",
        "--blocking-threads",
        "2",
        "--backpressure",
        "256",
        "--no-ws",
        "--log-level",
        "warning",
    ]
    server = subprocess.Popen([*command, *application], cwd=ROOT, env=os.environ | environment, start_new_session=True)
    try:
        for _try in range(200):
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                time.sleep(0.05)
        yield port
    finally:
        server.terminate()
        server.wait(10)


if __name__ == "__main__":
    main()
