"""Sends a message to an address of the outside, once, under the same guard as every visit. Redirects are not followed."""

import asyncio
from collections.abc import Mapping

import aiohttp
from yarl import URL

from resources.fetching.guard import Refused, gate, openable
from resources.fetching.posted import Posted
from resources.fetching.resolving import GuardedResolver
from resources.fetching.troubles import trouble_of
from resources.fetching.visits import Manners


def post(address: str, body: bytes, headers: Mapping[str, str], manners: Manners) -> Posted:
    """POST; the answer's body is not read. Whatever goes wrong is told, never raised."""
    return asyncio.run(_post(address, body, headers, manners))


async def _post(address: str, body: bytes, headers: Mapping[str, str], manners: Manners) -> Posted:
    loop = asyncio.get_running_loop()
    begun, resolver = loop.time(), GuardedResolver(manners)
    connector = aiohttp.TCPConnector(
        resolver=resolver, use_dns_cache=False, force_close=True, socket_factory=gate(manners)
    )
    try:
        async with aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=manners.timeout),
            trust_env=False,
        ) as session:
            url = URL(openable(address, manners))
            async with session.post(url, data=body, headers=headers, allow_redirects=False) as answer:
                return Posted(answer.status, _note(answer.status), loop.time() - begun)
    except TimeoutError:
        return Posted(0, f"no answer within {round(manners.timeout)} seconds", loop.time() - begun)
    except (Refused, aiohttp.ClientError, OSError, ValueError) as error:
        return Posted(0, trouble_of(error).note[:300], loop.time() - begun)
    finally:
        await resolver.close()


def _note(status: int) -> str:
    if 300 <= status < 400:
        return "it leads elsewhere, and messages do not follow"
    return "" if status < 300 else "it did not take the message"
