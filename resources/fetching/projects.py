"""How alive a project is, by the word of whoever can tell: its forge's interface, its forge's pages, its package index."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from aiohttp.abc import AbstractResolver

from resources.fetching.facts import (
    ProjectFacts,
    from_gitea,
    from_github,
    from_github_pages,
    from_gitlab,
    from_hugging_face,
    from_index,
)
from resources.fetching.forges import Forge, Repository, repository_of
from resources.fetching.opening import Opener
from resources.fetching.troubles import Trouble
from resources.fetching.visits import Manners

AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Sources:
    """Where is asked. An empty base is not asked. Without a token, GitHub is asked by its pages, which have no quota.

    `indexes` tells, for each host of a package index, the base of its JSON, without the /NAME/json behind it.
    """

    github: str = "https://api.github.com"
    github_token: str = ""
    github_pages: str = "https://github.com"
    gitlab: str = "https://gitlab.com/api/v4"
    gitea: Mapping[str, str] = MappingProxyType({"codeberg.org": "https://codeberg.org/api/v1"})
    hugging_face: str = "https://huggingface.co/api"
    indexes: Mapping[str, str] = MappingProxyType({})


def ask_projects(
    keys: Collection[str], manners: Manners, sources: Sources, resolver: AbstractResolver | None = None
) -> dict[str, ProjectFacts | None]:
    """What is said of projects, each named by its key ("github.com/ray-project/ray") or any address of it; None where
    nobody could tell. For code that is not asynchronous."""
    return asyncio.run(ask_all(keys, manners, sources, resolver))


async def ask_all(
    keys: Collection[str], manners: Manners, sources: Sources, resolver: AbstractResolver | None = None
) -> dict[str, ProjectFacts | None]:
    """The same for code that is."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def ask(opener: Opener, key: str) -> ProjectFacts | None:
        repository = repository_of(key, sources.indexes)
        if repository is None:
            return None
        async with turns:
            return await facts_of(repository, opener, sources)

    async with Opener(manners, resolver) as opener:
        said = await asyncio.gather(*(ask(opener, key) for key in keys))
    return dict(zip(keys, said, strict=True))


async def facts_of(repository: Repository, opener: Opener, sources: Sources) -> ProjectFacts | None:
    """What the project's own forge or index says of it; None where it says nothing, or nobody knows how to ask it."""
    ask = _asker(repository, opener, sources)
    if ask is None:
        return None
    try:
        facts = await ask(repository)
    except Trouble:
        return None
    if facts and facts.renamed_to == repository.key:
        return replace(facts, renamed_to="")
    return facts


def _asker(
    repository: Repository, opener: Opener, sources: Sources
) -> Callable[[Repository], Awaitable[ProjectFacts | None]] | None:
    forge, host = repository.forge, repository.host
    if forge is Forge.GITHUB and sources.github and sources.github_token:
        return lambda one: from_github(one, opener, sources.github, sources.github_token)
    if forge is Forge.GITHUB and sources.github_pages:
        return lambda one: from_github_pages(one, opener, sources.github_pages)
    if forge is Forge.GITLAB and sources.gitlab:
        return lambda one: from_gitlab(one, opener, sources.gitlab)
    if forge is Forge.GITEA and sources.gitea.get(host):
        return lambda one: from_gitea(one, opener, sources.gitea[host])
    if forge is Forge.HUGGING_FACE and sources.hugging_face:
        return lambda one: from_hugging_face(one, opener, sources.hugging_face)
    if forge is Forge.INDEX and sources.indexes.get(host):
        return lambda one: from_index(one, opener, sources.indexes[host])
    return None
