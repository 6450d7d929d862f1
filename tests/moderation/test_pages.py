"""The pages that keep order: who gets through, what they do, and what a bad, second or late request gets."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from resources.entries.content import read_content
from resources.entries.models import Entry, Resource
from resources.history.models import Event, Revision
from resources.moderation.models import Protection, Report
from resources.moderation.protecting import protect
from resources.moderation.reporting import report
from resources.publishing import publish
from tests.makers import a_person, a_resource
from tests.moderation.conftest import somebody

pytestmark = pytest.mark.django_db

HISTORY = "/resources/raydp/history/"
PAGES = {
    f"{HISTORY}2/undo/": "editor",
    f"{HISTORY}rollback/": "editor",
    "/people/van/clean-up/": "moderator",
    "/people/van/block/": "moderator",
    "/resources/raydp/protect/": "moderator",
    "/reports/": "moderator",
    "/report/?person=van": "contributor",
}
BUTTONS = {
    "/resources/raydp/unprotect/": "moderator",
    "/people/van/unblock/": "moderator",
    "/reports/decide/": "moderator",
}
ROLES = ["reader", "contributor", "editor", "moderator", "administrator"]


@pytest.fixture
def entry():
    made = a_resource()
    publish(read_content(made) | {"summary": "Spoilt."}, entry=made, author=somebody("van", "contributor"))
    return Resource.objects.get()


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("address", PAGES)
def test_who_gets_through(entry, client, address):
    response = client.get(address)
    if address != "/reports/":
        assert (response.status_code, response["Location"][:20]) == (302, "/accounts/login/?nex")
    for role in ROLES:
        status = signed_in(somebody(f"a-{role}", role)).get(address).status_code
        assert status == (200 if ROLES.index(role) >= ROLES.index(PAGES[address]) else 403), role


@pytest.mark.parametrize("address", BUTTONS)
def test_buttons_answer_to_post_alone_and_to_their_role(entry, address, mo):
    assert signed_in(mo).get(address).status_code == 405
    for role in ROLES[:3]:
        assert signed_in(somebody(f"a-{role}", role)).post(address).status_code == 403
    assert Client().post(address).status_code == 302
    assert signed_in(mo).post(address).status_code == 302


@pytest.mark.parametrize(
    "address",
    [
        f"{HISTORY}9/undo/", "/resources/none/history/1/undo/", "/resources/none/history/rollback/",
        "/people/nobody/clean-up/", "/people/nobody/block/", "/resources/none/protect/", "/report/?entry=999",
        "/report/?revision=abc", "/report/", "/report/?post=99999999999999999999",
    ],
)  # fmt: skip
def test_what_is_not_there_is_404(entry, mo, address):
    assert signed_in(mo).get(address).status_code == 404


def test_undo_shows_what_would_happen_and_does_it(entry, ed):
    page = signed_in(ed)
    shown = page.get(f"{HISTORY}2/undo/").text
    assert "RayDP in one" in shown
    assert Revision.objects.count() == 2
    sent = {"live": "2", "reason": "Advertising."}
    assert page.post(f"{HISTORY}2/undo/", sent)["Location"] == HISTORY
    assert Resource.objects.get().summary == "RayDP in one sentence."
    late = page.post(f"{HISTORY}2/undo/", sent)
    assert late.status_code == 409
    assert "since you looked" in late.text
    again = page.get(f"{HISTORY}2/undo/")
    assert "nothing to take back" in again.text


def test_a_late_undo_keeps_the_reason_and_asks_again(entry, ed):
    page = signed_in(ed)
    publish(read_content(entry) | {"year": 2020}, entry=entry, author=a_person("cleo"))
    late = page.post(f"{HISTORY}2/undo/", {"live": "2", "reason": "Advertising."})
    assert (late.status_code, "Advertising." in late.text, 'value="3"' in late.text) == (409, True, True)
    assert page.post(f"{HISTORY}2/undo/", {"live": "3"}).status_code == 302


def test_roll_back_takes_back_the_latest_author(entry, ed):
    page = signed_in(ed)
    assert "van" in page.get(f"{HISTORY}rollback/").text
    page.post(f"{HISTORY}rollback/", {"live": "2"})
    assert Resource.objects.get().summary == "RayDP in one sentence."
    assert page.post(f"{HISTORY}rollback/", {"live": "2"}).status_code == 409


def test_only_who_may_sees_the_buttons(entry, ed, cora, client):
    for address in (HISTORY, f"{HISTORY}2/", f"{HISTORY}1..2/"):
        assert "/undo/" in signed_in(ed).get(address).text
        assert "/undo/" not in signed_in(cora).get(address).text
        assert "/undo/" not in client.get(address).text
    protect(entry, level="moderators", reason="Quarrel.", until=None, by=somebody("mo", "moderator"))
    assert "/undo/" not in signed_in(ed).get(HISTORY).text
    assert signed_in(ed).get(f"{HISTORY}2/undo/").status_code == 403


def plan_of(page):
    """The hidden fields of the clean-up form."""
    form = page.context["form"]
    return {"since": page.context["plan"].since.isoformat(), "digest": form.initial["digest"]}


def plan_of_late(page):
    """The hidden fields of a form that came back."""
    return {name: page.context["form"].data[name] for name in ("since", "digest")}


def test_clean_up_with_a_block_in_one_act(entry, mo):
    page = signed_in(mo)
    shown = page.get("/people/van/clean-up/")
    assert "goes back to what it was" in shown.text
    sent = plan_of(shown) | {"reason": "Vandalism.", "block": "7", "proposals": "on"}
    assert page.post("/people/van/clean-up/", sent | {"reason": ""}).status_code == 409
    assert page.post("/people/van/clean-up/", sent)["Location"] == "/people/van/"
    assert Resource.objects.get().summary == "RayDP in one sentence."
    assert User.objects.get(name="van").is_blocked
    assert page.post("/people/van/clean-up/", sent).status_code == 409
    assert Event.objects.filter(act="cleaned_up").count() == 1


def test_a_late_clean_up_shows_the_plan_anew(entry, mo):
    page = signed_in(mo)
    a_resource("Advert", author=a_person("van"))
    sent = plan_of(page.get("/people/van/clean-up/")) | {"reason": "Vandalism.", "block": "no"}
    publish(read_content(entry) | {"summary": "Built on it."}, entry=entry, author=a_person("cleo"))
    late = page.post("/people/van/clean-up/", sent)
    assert late.status_code == 409
    assert "Vandalism." in late.text
    assert "is left for you" in late.text
    assert Resource.objects.live().count() == 2
    page.post("/people/van/clean-up/", plan_of_late(late) | {"reason": "Vandalism.", "block": "no"})
    assert Resource.objects.live().get().summary == "Built on it."


def test_protect_and_lift(entry, mo, client):
    page = signed_in(mo)
    sent = {"level": "editors", "lasting": "7", "reason": "A quarrel."}
    assert page.post("/resources/raydp/protect/", sent | {"reason": ""}).status_code == 422
    assert page.post("/resources/raydp/protect/", sent)["Location"] == "/resources/raydp/"
    assert "A quarrel." in client.get("/resources/raydp/").text
    assert page.get("/resources/raydp/protect/").context["protection"].by == mo
    page.post("/resources/raydp/unprotect/")
    page.post("/resources/raydp/unprotect/")
    assert "A quarrel." not in client.get("/resources/raydp/").text
    assert not Protection.objects.exists()


def test_block_and_lift(entry, mo):
    page = signed_in(mo)
    assert page.post("/people/van/block/", {"lasting": "3", "reason": ""}).status_code == 422
    page.post("/people/van/block/", {"lasting": "", "reason": "Advertising."})
    van = User.objects.get(name="van", blocked_until__year=9999)
    assert signed_in(van).get("/").status_code == 200
    assert signed_in(van).get("/report/?person=mo").status_code == 403
    page.post("/people/van/unblock/")
    assert not User.objects.get(name="van").is_blocked
    for name in ("mo", somebody("ann", "administrator").name):
        assert page.get(f"/people/{name}/block/").status_code == 403


def test_report_and_decide(entry, cora, mo):
    base = Entry.objects.get()
    page = signed_in(cora)
    address = f"/report/?entry={base.pk}"
    assert page.post(address, {"reason": "nonsense"}).status_code == 422
    assert page.post(address, {"reason": "spam", "words": "Look."})["Location"] == "/resources/raydp/"
    page.post(address, {"reason": "spam"})
    made = Report.objects.get()
    queue = signed_in(mo)
    assert "Look." in queue.get("/reports/").text
    sent = {"report": [made.pk], "verdict": "uphold", "note": "Thank you."}
    queue.post("/reports/decide/", sent)
    assert cora.notices.get().words == "Thank you."
    assert "meanwhile" in queue.post("/reports/decide/", sent, follow=True).text
    assert "Choose reports" in queue.post("/reports/decide/", {"report": ["x"]}, follow=True).text
    assert "Thank you." in queue.get("/reports/?state=upheld").text


def test_too_many_reports_are_429_and_the_words_stay(entry, cora, settings):
    settings.RATE_LIMITS = True
    page = signed_in(cora)
    for number in range(5):
        page.post(f"/report/?entry={a_resource(f'R{number}').pk}", {"reason": "spam"})
    late = page.post(f"/report/?entry={entry.pk}", {"reason": "spam", "words": "These words stay."})
    assert late.status_code == 429
    assert "These words stay." in late.text
    assert "try again at" in late.text


def test_the_log_tells_who_did_what_and_keeps_what_is_private(entry, cora, mo, client):
    signed_in(mo).post("/people/van/block/", {"lasting": "3", "reason": "Private words."})
    report(entry, reporter=cora, reason="spam")
    public, whole = client.get("/log/").text, signed_in(mo).get("/log/").text
    assert 'blocked <a href="/people/van/">van</a>' in public
    assert "Private words." not in public
    assert "Private words." in whole
    assert "reported" not in public
    assert 'reported <a href="/resources/raydp/">RayDP</a>' in whole


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("actor=van", 1), ("actor=VAN&act=edited", 1), ("act=created", 1), ("entry=raydp", 2), ("entry=/resources/raydp/", 2),
        ("person=van", 0), ("start=2100-01-01", 0), ("end=2000-01-01", 0), ("actor=nobody", 0), ("act=nonsense", 2),
        ("start=nonsense", 2), ("page=999", 2),
    ],
)  # fmt: skip
def test_the_log_is_narrowed(entry, client, query, number):
    assert client.get(f"/log/?{query}").context["page"].paginator.count == number


def test_log_and_reports_cost_the_same_for_few_rows_and_many(entry, mo):
    page = signed_in(mo)
    counts: list[list[int]] = []
    for numbers in (range(10), range(10, 1000)):
        people = [a_person(f"p{number}") for number in range(3)]
        Event.objects.bulk_create(
            Event(actor=people[number % 3], act="edited", entry=Entry.objects.get(slug="raydp"), person=people[0])
            for number in numbers
        )
        revisions = Revision.objects.bulk_create(
            Revision(entry_id=entry.pk, number=number + 10, content={}, act="edited", author=people[number % 3])
            for number in numbers
        )
        Report.objects.bulk_create(
            Report(revision=revision, reporter=people[revision.number % 3], reason="spam") for revision in revisions
        )
        counts.append([])
        for address in ("/log/", "/reports/"):
            with CaptureQueriesContext(connection) as queries:
                assert page.get(address).status_code == 200
            counts[-1].append(len(queries))
    assert counts[0] == counts[1]
    assert max(counts[1]) <= 12, counts


def test_an_expired_protection_is_not_shown(entry, mo, client):
    protect(entry, level="editors", reason="A quarrel.", until=timezone.now() + timedelta(days=1), by=mo)
    Protection.objects.update(until=timezone.now())
    assert "A quarrel." not in client.get("/resources/raydp/").text
