"""Visits to a hostile web on loopback: what was judged wrongly, how long it took, and how polite it was.

The web of 2,002 addresses lies beside the project (../shared/tools/linkweb). Measured against the floor (bench/links_floor.py)
and against linkinator from npm, each in a process of its own, in the same run. `--rude` also lifts our limits; `--many` visits
10,000 and 100,000 addresses of simulated hosts (bench/links_many.py).
"""

import argparse
import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.links_many import compare_sizes

ROOT = Path(__file__).resolve().parents[1]
LINKWEB = ROOT.parent / "shared" / "tools" / "linkweb"
WANTED = {
    "alive": "ok",
    "flaky": "ok",
    "anchor": "ok",
    "moved": "moved",
    "dead": "broken",
    "soft": "broken",
    "unknown": "blocked",
}
HOSTS = 20


@dataclass
class LinkWeb:
    """A running copy of that web: its ports, and the truth of each address."""

    folder: Path
    port: int
    tls: int
    truth: dict[str, tuple[str, str]]

    @property
    def addresses(self) -> Path:
        """The file that lists them."""
        return self.folder / "out" / "links.txt"

    def forget(self) -> None:
        """Its counts begin anew."""
        self._tell("/__reset")

    def stats(self) -> dict[str, Any]:
        """What the server tells of itself."""
        told: dict[str, Any] = json.loads(self._tell("/__stats"))
        return told

    def _tell(self, path: str) -> bytes:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}") as answer:
            return bytes(answer.read())


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])


@contextmanager
def linkweb(number: int, hosts: int = HOSTS, seed: int = 7, extra: tuple[str, ...] = ()) -> Iterator[LinkWeb]:
    """Serves a copy, since the original may be read-only. `extra` are classes that are served but not in the mix."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "web"
        shutil.copytree(LINKWEB, folder, copy_function=shutil.copyfile)
        folder.chmod(0o755)
        server = folder / "server.py"
        # Its own peak per host counts all hosts as one more.
        honest = "max([v for k,v in S.peak.items() if k!='*'] or [0])"
        server.write_text(server.read_text().replace("max(S.peak.values() or [0])", honest))
        port, tls = free_port(), free_port()
        shape = ["--port", str(port), "--hosts", str(hosts), "--tls-port", str(tls)]
        generate = [sys.executable, str(folder / "gen.py"), str(folder / "out"), "--n", str(number)]
        subprocess.run([*generate, "--seed", str(seed), *shape], check=True, capture_output=True)
        rows = [line.split("\t") for line in (folder / "out" / "truth.tsv").read_text().splitlines()]
        truth = {address: (kind, verdict) for address, kind, verdict in rows}
        truth |= {f"http://127.0.0.1:{port}/{kind}/1": (kind, "skipped") for kind in extra}
        running = subprocess.Popen(
            [sys.executable, str(server), *shape], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        try:
            assert running.stdout
            running.stdout.readline()
            yield LinkWeb(folder, port, tls, truth)
        finally:
            running.kill()
            running.communicate()


def mistakes(web: LinkWeb, found: list[tuple[str, str, str]]) -> Counter[tuple[str, ...]]:
    """What was judged otherwise than it is: class, truth, verdict, note."""
    wrong: Counter[tuple[str, ...]] = Counter()
    for address, verdict, note in found:
        kind, truth = web.truth[address]
        if verdict != WANTED.get(truth, truth) or (truth == "anchor" and "fragment missing" not in note):
            wrong[kind, truth, verdict, note] += 1
    return wrong


def measured(web: LinkWeb, name: str) -> dict[str, Any]:
    """One contestant in a process of its own."""
    web.forget()
    command = [sys.executable, "-m", "bench.links_floor", name, str(web.addresses), str(web.port), str(web.tls), "1"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result | {"stats": web.stats()}


def linkinator(web: LinkWeb, timeout: float) -> dict[str, Any] | None:
    """The checker from npm with equal limits: two at once for each of the hosts."""
    npm = shutil.which("npm")
    if not npm:
        print("linkinator: left out, there is no npm here")
        return None
    folder = web.folder / "npm"
    folder.mkdir(exist_ok=True)
    done = subprocess.run([npm, "install", "--silent", "linkinator"], cwd=folder, capture_output=True, check=False)
    if done.returncode:
        print("linkinator: left out, npm could not install it")
        return None
    web.forget()
    command = [str(folder / "node_modules" / ".bin" / "linkinator"), str(web.folder / "out" / "links.html")]
    limits = ["--concurrency", str(2 * HOSTS), "--timeout", str(int(timeout * 1000)), "--format", "json"]
    start = time.perf_counter()
    done = subprocess.run([*command, *limits], cwd=folder, capture_output=True, check=False, timeout=600)
    seconds = time.perf_counter() - start
    states = {"OK": "ok", "BROKEN": "broken", "SKIPPED": "skipped"}
    links = json.loads(done.stdout[done.stdout.index(b"{") :])["links"]
    found = [(link["url"], states[link["state"]], str(link.get("status"))) for link in links]
    known = [(address, verdict, note) for address, verdict, note in found if address in web.truth]
    return {"seconds": seconds, "found": known, "stats": web.stats()}


def show(name: str, web: LinkWeb, result: dict[str, Any], *, details: bool) -> None:
    """One line, and what was wrong."""
    wrong = mistakes(web, result["found"])
    stats, total = result["stats"], len(web.truth)

    def called(truths: set[str], verdicts: set[str]) -> int:
        return sum(count for (_, truth, verdict, _), count in wrong.items() if truth in truths and verdict in verdicts)

    print(
        f"{name:12} {result['seconds']:7.2f} {stats['requests'] / total:9.2f} {stats['peak_inflight_per_host']:8} "
        f"{stats['max_rps_one_host']:8} {result.get('memory', 0):7} "
        f"{called({'alive', 'moved', 'flaky', 'anchor'}, {'broken'}):11} {called({'dead'}, {'ok', 'moved'}):11} "
        f"{called({'unknown'}, {'broken'}):13} {called({'soft'}, {'ok', 'moved'}):9} {stats['canary_hits']:7}"
    )
    if details:
        for mistake, count in sorted(wrong.items()):
            print("   wrong:", count, *mistake)


def main() -> None:
    """Prints one line per contestant."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--n", type=int, default=2_000)
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--rude", action="store_true", help="also with our limits lifted")
    options.add_argument("--many", action="store_true", help="also 10,000 and 100,000 addresses of simulated hosts")
    options.add_argument("--alone", action="store_true", help="without linkinator")
    given = options.parse_args()
    if not LINKWEB.exists():
        print(f"No hostile web: put it into {LINKWEB}. The tests have a small one of their own.")
    else:
        _against_linkweb(given)
    if given.many:
        compare_sizes()


def _against_linkweb(given: argparse.Namespace) -> None:
    with linkweb(given.n, seed=given.seed) as web:
        print(f"{len(web.truth)} addresses on {HOSTS} hosts")
        print(
            "                seconds  requests  at once  a second  memory  alive dead  dead alive  blocked dead  gone ok  canary"
        )
        floor = measured(web, "floor")
        show("floor", web, floor, details=False)
        for name in ["ours", "rude"] if given.rude else ["ours"]:
            result = measured(web, name)
            show(name, web, result, details=True)
            print(f"   {result['seconds'] / floor['seconds']:.2f} times the floor")
        if not given.alone and (other := linkinator(web, 20)):
            show("linkinator", web, other, details=False)


if __name__ == "__main__":
    main()
