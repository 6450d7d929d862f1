"""Forges and indexes are asked how alive a project is; what they say is taken with care."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web

from resources.fetching.facts import ProjectFacts
from resources.fetching.opening import Opened, Opener
from resources.fetching.projects import Sources, ask_all
from resources.fetching.troubles import Trouble
from resources.fetching.visits import Cause, Manners, Pace

INDEX = "index.example.org"
PAGE = """<!doctype html><title>owner/old</title><div class="flash-warn">This repository was archived by the owner
on <relative-time datetime="2023-11-23T10:00:00Z">Nov 23, 2023</relative-time>. It is now read-only.</div>
<article><h1>Old</h1></article>"""
QUOTING = """<title>owner/new</title><article id="readme">We say: “This repository has been archived by the owner on
Nov 23, 2023. It is now read-only.”</article>"""
COMMITS = "<feed><title>Commits</title><updated>2024-05-06T07:08:09Z</updated><entry></entry></feed>"
RELEASES = """<feed><updated>2024-04-01T00:00:00+02:00</updated><entry><updated>2024-04-01T00:00:00+02:00</updated>
<link href="https://github.com/owner/old/releases/tag/v1.2"/><title>Version 1.2</title></entry><entry></entry></feed>"""


@dataclass
class World:
    """A server for everything: what each path answers, and what was asked."""

    answers: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    base: str = ""
    manners: Manners = field(default_factory=Manners)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append((request.path_qs, request.headers.get("Authorization", "")))
        found = self.answers.get(request.raw_path, 404)
        if isinstance(found, int):
            return web.Response(status=found, headers={"Retry-After": "60"} if found == 429 else {})
        if isinstance(found, str) and found.startswith("->"):
            return web.Response(status=301, headers={"Location": found[2:]})
        if isinstance(found, str):
            return web.Response(text=found, content_type="text/html")
        return web.Response(text=json.dumps(found), content_type="application/json")


def within[T](world: World, act: Callable[[], Awaitable[T]]) -> T:
    """Runs with the world's server on loopback."""

    async def run() -> T:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", world.answer)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        world.base = f"http://127.0.0.1:{port}"
        world.manners = Manners(
            private=("127.0.0.0/8", "::1/128"), ports=frozenset({port}), timeout=5, pace=Pace(2, 1_000), redirects=3
        )
        try:
            return await act()
        finally:
            await runner.cleanup()

    return asyncio.run(run())


def ask(world: World, key: str, *, token: str = "") -> ProjectFacts | None:
    async def act() -> ProjectFacts | None:
        base = world.base
        sources = Sources(
            base, token, base, f"{base}/gl", {"codeberg.org": f"{base}/gt"}, f"{base}/hf", {INDEX: f"{base}/ix"}
        )
        return (await ask_all([key], world.manners, sources))[key]

    return within(world, act)


def test_github_is_asked_by_its_interface_where_there_is_a_token() -> None:
    repository = {"full_name": "Owner/New", "archived": True, "pushed_at": "2024-05-06T07:08:09Z"}
    world = World(
        {
            "/repos/owner/old": "->/repositories/7",
            "/repositories/7": repository,
            "/repos/Owner/New/releases/latest": {"tag_name": "v2", "published_at": "2024-01-01T00:00:00Z"},
        }
    )
    facts = ask(world, "github.com/owner/old", token="word")
    assert facts
    assert (facts.source, facts.archived, facts.renamed_to) == ("GitHub", True, "github.com/owner/new")
    assert facts.last_commit == datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
    assert (facts.release_name, facts.last_release) == ("v2", datetime(2024, 1, 1, tzinfo=UTC))
    assert {token for _, token in world.asked} == {"Bearer word"}


def test_a_repository_without_releases_has_none() -> None:
    world = World(
        {"/repos/owner/one": {"full_name": "owner/One", "archived": False, "pushed_at": "2024-05-06T07:08:09Z"}}
    )
    facts = ask(world, "https://www.github.com/owner/one/issues", token="word")
    assert facts
    assert (facts.archived, facts.renamed_to, facts.release_name, facts.last_release) == (False, "", "", None)


def test_github_is_asked_by_its_pages_where_there_is_no_token() -> None:
    world = World({"/owner/old": PAGE, "/owner/old/commits.atom": COMMITS, "/owner/old/releases.atom": RELEASES})
    facts = ask(world, "github.com/owner/old")
    assert facts
    assert facts.archived
    assert facts.archived_at == datetime(2023, 11, 23, 10, tzinfo=UTC)
    assert facts.last_commit == datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
    assert (facts.release_name, facts.last_release) == ("v1.2", datetime(2024, 3, 31, 22, tzinfo=UTC))


def test_a_renamed_repository_is_found_by_its_redirect_and_a_readme_archives_nothing() -> None:
    facts = ask(World({"/owner/old": "->/owner/new", "/owner/new": QUOTING}), "github.com/owner/old")
    assert facts
    assert (facts.renamed_to, facts.archived, facts.archived_at) == ("github.com/owner/new", False, None)


@pytest.mark.parametrize(
    "answer", [404, 429, 500, "->/login?return_to=x", "->http://10.0.0.1/", "->ftp://x/", "->/owner/old"]
)
def test_of_what_cannot_be_asked_nothing_is_said(answer: str | int) -> None:
    assert ask(World({"/owner/old": answer, "/login?return_to=x": "Sign in"}), "github.com/owner/old") is None


def test_other_forges_and_indexes_are_asked_in_their_ways() -> None:
    world = World(
        {
            "/gl/projects/group%2Fsub%2Fone": {
                "archived": True,
                "path_with_namespace": "group/two",
                "last_activity_at": "2024-02-03T04:05:06Z",
            },
            "/gt/repos/some/one": {
                "archived": True,
                "archived_at": "2022-01-01T00:00:00Z",
                "full_name": "some/one",
                "updated_at": "2021-01-01T00:00:00Z",
            },
            "/gt/repos/some/one/releases/latest": {"tag_name": "1", "published_at": "2020-01-01T00:00:00Z"},
            "/hf/datasets/some/data": {"id": "other/data", "lastModified": "2024-02-03T04:05:06.000Z"},
            "/ix/ray/json": {
                "info": {"version": "2.0", "classifiers": ["Development Status :: 7 - Inactive"]},
                "urls": [
                    {"upload_time_iso_8601": "2024-01-01T00:00:00Z"},
                    {"upload_time_iso_8601": "2024-01-02T00:00:00.5Z"},
                    7,
                ],
            },
        }
    )
    gitlab = ask(world, "https://gitlab.com/group/sub/one/-/tree/main")
    assert gitlab
    assert (gitlab.archived, gitlab.renamed_to) == (True, "gitlab.com/group/two")
    gitea = ask(world, "codeberg.org/some/one")
    assert gitea
    assert (gitea.source, gitea.archived, gitea.release_name) == ("Codeberg", True, "1")
    assert gitea.archived_at == datetime(2022, 1, 1, tzinfo=UTC)
    hub = ask(world, "huggingface.co/datasets/some/data")
    assert hub
    assert (hub.source, hub.renamed_to) == ("Hugging Face", "huggingface.co/datasets/other/data")
    index = ask(world, f"{INDEX}/project/ray")
    assert index
    assert (index.release_name, index.archived) == ("2.0", True)
    assert index.last_release == datetime(2024, 1, 2, 0, 0, 0, 500_000, tzinfo=UTC)
    assert ask(world, "bitbucket.org/some/one") is None
    assert ask(world, "https://www.example.org/") is None


_ODD: list[Any] = [[], {}, 7, None, "no JSON", {"full_name": 5, "archived": "yes", "pushed_at": {}}, {"info": []}]
_ODD += [
    {"full_name": "../..", "pushed_at": "9999-99-99"},
    {"full_name": "a/b", "pushed_at": "9999-12-31T23:59:59-23:00"},
]
_ODD += [{"info": {"version": 5, "classifiers": 7}, "urls": {"a": 1}}, {"pushed_at": "0001-01-01T00:00:00+23:00"}]


@pytest.mark.parametrize("odd", _ODD, ids=str)
def test_odd_answers_say_nothing_that_is_not_so(odd: object) -> None:
    for path, key in (("/repos/a/b", "github.com/a/b"), ("/ix/b/json", f"{INDEX}/project/b")):
        facts = ask(World({path: odd}), key, token="word")
        assert facts is None or (facts.archived, facts.renamed_to, facts.last_commit, facts.last_release) == (
            False,
            "",
            None,
            None,
        )


def open_one(world: World, path: str = "/", **more: Any) -> Opened | Cause:
    async def act() -> Opened | Cause:
        async with Opener(world.manners, longest=1_000) as opener:
            try:
                return await opener.open(path if "://" in path else world.base + path, **more)
            except Trouble as trouble:
                return trouble.cause

    return within(world, act)


def test_no_more_is_read_than_allowed() -> None:
    opened = open_one(World({"/": "x" * 5_000}))
    assert isinstance(opened, Opened)
    assert (len(opened.body), opened.whole, opened.data) == (1_000, False, None)


def test_the_guard_stands_here_too() -> None:
    assert open_one(World(), "http://10.0.0.1/") is Cause.GUARD
    assert open_one(World({"/": "->http://169.254.169.254/"})) is Cause.GUARD
    assert open_one(World({"/": "->/"})) is Cause.TOO_MANY_REDIRECTS
    assert open_one(World({"/": "->http://[/"})) is Cause.NOT_WEB


def test_a_token_goes_to_no_other_host() -> None:
    world = World({"/a": "elsewhere"})

    async def act() -> Opened:
        world.answers["/"] = f"->{world.base.replace('127.0.0.1', 'localhost')}/a"
        async with Opener(world.manners) as opener:
            return await opener.open(world.base + "/", token="word")

    assert within(world, act).text == "elsewhere"
    assert world.asked == [("/", "Bearer word"), ("/a", "")]


def test_a_host_that_has_enough_is_left_alone_for_the_rest_of_the_run() -> None:
    world = World({"/one": 429, "/two": "fine"})

    async def act() -> None:
        async with Opener(world.manners) as opener:
            assert (await opener.open(world.base + "/one")).status == 429
            with pytest.raises(Trouble):
                await opener.open(world.base + "/two")

    within(world, act)
    assert len(world.asked) == 1
