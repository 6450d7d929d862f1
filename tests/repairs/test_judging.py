"""Which redirects are a page's new home, and which are none."""

import pytest

from resources.repairs.models import Repair
from resources.repairs.proposing import propose_repairs
from tests.makers import a_resource
from tests.repairs.cast import OLD, moved

pytestmark = pytest.mark.django_db


def proposed(old, new, title="RayDP", **told):
    a_resource(title, url=old)
    moved(old, new, **told)
    propose_repairs()
    repair = Repair.objects.first()
    return (repair.cause, repair.new) if repair else None


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        (OLD, "https://old.example.org/docs/guide.html", "moved"),
        ("https://docs.example.org/a/b", "https://www.example.org/docs/b", "moved"),
        ("https://example.org/docs/index.html", "https://example.org/docs/", "moved"),
        ("https://github.com/Old/repo", "https://github.com/new/repo", "renamed"),
        ("https://github.com/old/repo/blob/main/x.md", "https://github.com/new/repo/blob/main/x.md", "renamed"),
        ("http://example.org/a", "https://example.org/a", "https"),
        ("http://example.org/a", "https://www.example.org/a/", "https"),
        ("https://example.org/a", "https://example.org/a/", "spelling"),
        ("https://a.example.net/a-long-name", "https://b.example.com/x/a-long-name", "moved"),
    ],
)
def test_a_new_home(old, new, cause):
    assert proposed(old, new) == (cause, new)


@pytest.mark.parametrize(
    "new",
    [
        "https://old.example.org/login?next=/guide",
        "https://old.example.org/sign-in",
        "https://sso.example.org/",
        "https://old.example.org/",
        "https://old.example.org/index.html",
        "https://old.example.org/en/",
        "https://new.example.org/en",
        "https://old.example.org/404",
        "https://old.example.org/error/not-found.html",
        "https://old.example.org/guide;jsessionid=12ab",
        "https://elsewhere.example.net/offers",
        "http://old.example.org/a-guide",
        "http://10.0.0.1/guide",
    ],
)
def test_no_new_home(new):
    assert proposed(OLD, new) is None


def test_what_stands_above_a_page_is_not_the_page():
    assert proposed("https://example.org/blog/2024/post", "https://example.org/blog/") is None


@pytest.mark.parametrize("statuses", [(302,), (301, 302), (307, 308), (303,)])
def test_a_redirect_for_now_is_no_move(statuses):
    assert proposed(OLD, "https://old.example.org/b", statuses=statuses) is None


def test_another_page_than_the_one_that_was_accepted_is_none():
    assert proposed(OLD, "https://old.example.org/b", likeness=0.2) is None


def test_the_page_that_was_accepted_may_be_anywhere():
    assert proposed(OLD, "https://elsewhere.example.net/x", likeness=0.9) == (
        "moved",
        "https://elsewhere.example.net/x",
    )


def test_a_page_with_the_title_of_the_entry_may_be_anywhere():
    a_resource("Spark on Ray", url=OLD)
    moved(OLD, "https://elsewhere.example.net/x", title="Spark on Ray · Docs")
    assert len(propose_repairs().proposed) == 1


def test_trackers_of_the_redirect_are_left_out():
    assert proposed(OLD, "https://old.example.org/b?utm_source=redirect&a=1") == (
        "moved",
        "https://old.example.org/b?a=1",
    )


def test_a_place_in_the_page_is_kept_where_it_is_there():
    assert proposed(f"{OLD}#part", "https://old.example.org/b") == ("moved", "https://old.example.org/b#part")


def test_a_place_that_the_page_has_no_more_is_left_out():
    found = proposed(f"{OLD}#part", "https://old.example.org/b#part", note="fragment missing")
    assert found == ("moved", "https://old.example.org/b")
