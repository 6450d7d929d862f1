"""What is kept until something is published."""

from time import monotonic

from django.http import HttpRequest
from django.test import RequestFactory

from resources.history import freshness
from resources.history.freshness import kept, sign_for
from tests.makers import a_guide


def test_a_value_is_made_again_after_a_publication(db):
    made = []
    for _turn in range(2):
        kept("test", lambda: made.append("once"))
    a_guide("One")
    kept("test", lambda: made.append("again"))
    assert made == ["once", "again"]


def test_a_value_is_made_again_after_a_minute(db, monkeypatch):
    assert kept("test", lambda: 1) == kept("test", lambda: 2) == 1
    later = monotonic() + freshness.SECONDS + 1
    monkeypatch.setattr("resources.history.freshness.monotonic", lambda: later)
    assert kept("test", lambda: 3) == 3


def test_nothing_is_a_value_too(db):
    made = [kept("nothing", lambda: None), kept("nothing", lambda: "made again")]
    assert made == [None, None]


def test_a_request_asks_once_for_the_sign_of_life(db, django_assert_num_queries):
    request: HttpRequest = RequestFactory().get("/")
    with django_assert_num_queries(1):
        kept("test", list, request)
        sign_for(request)


def test_it_is_bounded(db, monkeypatch):
    monkeypatch.setattr(freshness, "MOST_KEPT", 3)
    for number in range(10):
        kept(f"test {number}", list)
    assert len(freshness._kept) <= 3
