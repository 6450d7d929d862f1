"""What the pages of one host say of one another: redirects to the front page, and the page for whatever is not there."""

import pytest

from resources.fetching.landings import depth, has_lost_all, is_home, leads_to_sign_in
from resources.fetching.visits import Cause, HostMemory, Verdict
from tests.fetching.small_web import WORDS, Request, Web, page, redirect
from tests.fetching.test_visiting import visited

OTHER = "Here somebody explains how a scheduler places tasks on machines, with pictures, and what it costs when memory is short."


@pytest.mark.parametrize("home", ["/", "/home", "/en/", "/index.html", "/welcome/default.aspx"])
@pytest.mark.parametrize("status", [301, 302])
def test_a_deep_page_that_leads_to_the_front_page_is_gone(web: Web, home: str, status: int):
    web.add(home, page("Front"))
    address = web.add("/blog/2019/scaling", redirect(home, status))
    found = visited([address], web.manners())[address]
    assert (found.verdict, found.cause) == (Verdict.BROKEN, Cause.REDIRECTED_HOME)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/", "/en/latest/"),
        ("/index.html", "/"),
        ("/en", "/"),
        ("/docs/", "/en/latest/index.html"),
        ("/en/latest/rllib.html", "/en/latest/rllib/index.html"),
        ("/blog/scaling", "/posts/2019/scaling/"),
        ("/blog/scaling", "/blog/"),
        ("/p/1234", "/articles/1234-scaling"),
    ],
)
def test_a_page_that_moved_within_its_site_is_not_gone(web: Web, old: str, new: str):
    web.add(new, page("There"))
    address = web.add(old, redirect(new, 301))
    assert visited([address], web.manners())[address].verdict is Verdict.MOVED


def test_one_page_alone_that_leads_to_another_sites_front_is_believed(web: Web):
    web.add("/", page("Front"))
    short = [web.add(f"/s{number}", redirect(web.at("/", 2), 301)) for number in range(3)]
    assert visited(short[:1], web.manners())[short[0]].verdict is Verdict.MOVED
    found = visited(short, web.manners())
    assert {visit.cause for visit in found.values()} == {Cause.REDIRECTED_HOME}


def test_many_pages_that_lead_to_one_were_not_all_moved_there(web: Web):
    web.add("/sorry", page("Something new"))
    old = [web.add(f"/{name}/{name}x", redirect("/sorry", 302)) for name in ("actors", "tasks", "objects")]
    assert {visit.cause for visit in visited(old, web.manners()).values()} == {Cause.REDIRECTED_HOME}
    assert {visit.verdict for visit in visited(old[:2], web.manners()).values()} == {Verdict.OK}


def test_a_page_that_leads_to_a_sign_in_is_kept_from_machines(web: Web):
    web.add("/accounts/login", page("Welcome", f"<input type=password>{WORDS}"))
    address = web.add("/board/7", redirect("/accounts/login?next=/board/7", 302))
    found = visited([address], web.manners())[address]
    assert (found.verdict, found.cause) == (Verdict.BLOCKED, Cause.SIGN_IN)


def test_the_page_for_nonsense_is_gone_wherever_it_is_shown(web: Web):
    hosts: dict[str, HostMemory] = {}
    web.otherwise = lambda request: page("Our shop", f"Look at what else we have. {WORDS}")
    real = web.add("/real", page("Scheduling", OTHER))
    gone = [web.at(f"/gone/{number}") for number in range(3)]
    found = visited([real, *gone], web.manners(), hosts)
    assert found[real].verdict is Verdict.OK
    assert {found[one].cause for one in gone} == {Cause.SOFT_404}
    asked = len(web.asked)
    assert hosts["127.0.0.1"].nonsense
    # The next time it is known, and costs nothing.
    found = visited([real, gone[0]], web.manners(), hosts)
    assert found[gone[0]].cause is Cause.SOFT_404
    assert len(web.asked) == asked + 2


def test_a_host_with_one_page_for_everything_tells_nothing(web: Web):
    web.otherwise = lambda request: page("The one page", WORDS)
    found = visited([web.at(f"/a/{number}") for number in range(4)], web.manners())
    assert {visit.verdict for visit in found.values()} == {Verdict.OK}


def test_pages_alike_on_an_honest_host_are_there(web: Web):
    hosts: dict[str, HostMemory] = {}
    alike = [web.add(f"/a/{number}", page("One of many", WORDS)) for number in range(4)]
    found = visited(alike, web.manners(), hosts)
    assert {visit.verdict for visit in found.values()} == {Verdict.OK}
    assert hosts["127.0.0.1"].nonsense == "404"
    assert len(web.asked) == 6


def test_nonsense_is_not_asked_for_where_it_decides_nothing(web: Web):
    def own(request: Request) -> bytes:
        return page(request.path, " ".join(f"{request.path}{number}" for number in range(40)))

    pages = [web.add(f"/own{number}", own) for number in range(4)]
    visited(pages, web.manners())
    assert len(web.asked) == 5
    visited([pages[0]], web.manners())
    assert len(web.asked) == 6


def test_what_addresses_say_of_one_another():
    assert depth("https://a.example/en/latest/") == 0
    assert depth("https://a.example/blog/2019/") == 2
    assert is_home("https://a.example/")
    assert is_home("https://a.example/x/home.html")
    assert not is_home("https://a.example/guide/")
    assert not has_lost_all("https://anyscale.example/ray", "https://ray.example/")
    assert has_lost_all("https://ray.example/ray/x", "https://ray.example/")
    assert not leads_to_sign_in("https://a.example/login", "https://a.example/sign-in")
    assert leads_to_sign_in("https://a.example/x", "https://sso.example/oauth/authorize")
