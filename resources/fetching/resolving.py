"""Names of sites become addresses once in a run, and only addresses that were tested reach the connection."""

import asyncio
import socket
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address

from aiohttp.abc import AbstractResolver, ResolveResult

from resources.fetching.guard import Refused, judge
from resources.fetching.visits import Manners

type Lookup = Callable[[str], Awaitable[Sequence[str]]]
"""From a name to the IP addresses it has. Raises OSError (socket.gaierror) where it has none."""

LOOKUPS_AT_ONCE = 32
NAMES_KEPT = 20_000
LONGEST_LOOKUP = 10.0

WITNESSES = ("example.com", "www.iana.org", "www.wikipedia.org")
"""Names that are there as long as the Internet is: name servers that know none of them know nobody."""
NEVER_THERE = {"invalid", "test", "example"}
"""Nobody can have a name below these (RFC 2606), so that it is missing on any network."""
FRESH = 60.0
"""Seconds for which one name that was found shows that names can be found."""
ASK_AGAIN = 10.0
"""Seconds after which the witnesses are asked again."""

type _Outcome = tuple[str, ...] | Refused | OSError


class NobodyKnown(socket.gaierror):
    """A name is said to be missing by name servers that know no name at all: this machine is off the network."""


class GuardedResolver(AbstractResolver):
    """Resolves a name once, tests every address it gives, and refuses the name when one of them is forbidden.

    Whoever asks for a name that is being looked up waits for that lookup. A name that does not exist is remembered too;
    one whose servers did not answer is asked again. Raises Refused, or OSError where the name leads nowhere.
    """

    def __init__(self, manners: Manners, lookup: Lookup | None = None) -> None:
        self._manners = manners
        self._threads: ThreadPoolExecutor | None = None
        self._lookup = lookup or self._ask_system
        self._turns = asyncio.Semaphore(LOOKUPS_AT_ONCE)
        self._known: OrderedDict[str, _Outcome] = OrderedDict()
        self._asking: dict[str, asyncio.Task[_Outcome]] = {}
        self._found_at = self._missed_at = float("-inf")
        self._doubt = asyncio.Lock()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """What aiohttp asks before it connects: the tested addresses of this name, each with the port."""
        outcome = await self._outcome(host.rstrip(".").lower())
        if isinstance(outcome, Exception):
            # A new one for each asker: an exception that is raised twice grows a traceback of both.
            raise type(outcome)(*outcome.args)
        results = [_result(host, address, port) for address in outcome]
        wanted = [result for result in results if family in {socket.AF_UNSPEC, result["family"]}]
        if not wanted:
            raise socket.gaierror(socket.EAI_NONAME, "the name has no address of this family")
        return wanted

    async def close(self) -> None:
        """Lookups still under way are given up."""
        for task in self._asking.values():
            task.cancel()
        if self._threads:
            self._threads.shutdown(wait=False, cancel_futures=True)
            self._threads = None

    async def _outcome(self, name: str) -> _Outcome:
        known = self._known.get(name)
        if known is not None:
            self._known.move_to_end(name)
            return known
        task = self._asking.get(name)
        if task is None:
            task = self._asking[name] = asyncio.create_task(self._find(name))
            task.add_done_callback(lambda _: self._asking.pop(name, None))
        # One asker that gives up must not take the answer from the others.
        return await asyncio.shield(task)

    async def _find(self, name: str) -> _Outcome:
        outcome = await self._ask(name)
        if _is_missing(outcome) and name.rpartition(".")[2] not in NEVER_THERE and not await self._anybody_known():
            outcome = NobodyKnown(socket.EAI_AGAIN, "the name servers know nobody")
        if not (isinstance(outcome, OSError) and outcome.errno == socket.EAI_AGAIN):
            self._known[name] = outcome
            if len(self._known) > NAMES_KEPT:
                self._known.popitem(last=False)
        return outcome

    async def _ask(self, name: str) -> _Outcome:
        try:
            async with self._turns, asyncio.timeout(LONGEST_LOOKUP):
                addresses = tuple(dict.fromkeys(await self._lookup(name)))
        except TimeoutError:
            return socket.gaierror(socket.EAI_AGAIN, "the name servers did not answer in time")
        except (OSError, UnicodeError) as error:
            return error if isinstance(error, OSError) else socket.gaierror(socket.EAI_NONAME, "no such name")
        for address in addresses:
            if not judge(address, self._manners):
                return Refused(f"{name} leads to {address}, which belongs to a private network")
            if ip_address(address.partition("%")[0]).is_global:
                self._found_at = asyncio.get_running_loop().time()
        return addresses or socket.gaierror(socket.EAI_NONAME, "the name has no address")

    async def _anybody_known(self) -> bool:
        """Whether any name of the public network was found lately, or is when it is asked for."""
        async with self._doubt:
            now = asyncio.get_running_loop().time()
            if now - self._found_at > FRESH and now - self._missed_at > ASK_AGAIN:
                await asyncio.gather(*(self._ask(name) for name in WITNESSES))
                if now > self._found_at:
                    self._missed_at = now
            return self._found_at > self._missed_at

    async def _ask_system(self, name: str) -> list[str]:
        if self._threads is None:
            self._threads = ThreadPoolExecutor(LOOKUPS_AT_ONCE, thread_name_prefix="lookup")
        found = await asyncio.get_running_loop().run_in_executor(
            self._threads, lambda: socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
        )
        return [str(place[0]) for *_, place in found]


def _is_missing(outcome: _Outcome) -> bool:
    return isinstance(outcome, OSError) and outcome.errno != socket.EAI_AGAIN


def _result(host: str, address: str, port: int) -> ResolveResult:
    return {
        "hostname": host,
        "host": address,
        "port": port,
        "family": socket.AF_INET6 if ":" in address else socket.AF_INET,
        "proto": socket.IPPROTO_TCP,
        "flags": socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
    }
