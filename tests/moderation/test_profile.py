"""A person's page, the page of their trust, and the picture of their year."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.roles import role_of
from resources.entries.content import read_content
from resources.entries.models import Resource
from resources.history.models import Event, Revision
from resources.history.year import WEEKS, draw, year_of
from resources.moderation.actions import propose
from resources.moderation.blocking import block
from resources.moderation.deciding import accept, reject
from resources.moderation.models import Trust
from tests.makers import a_person, a_resource
from tests.moderation.conftest import somebody

pytestmark = pytest.mark.django_db


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_year_has_a_square_for_each_day_and_a_row_for_each_month():
    today = date(2026, 11, 22)
    first = today - timedelta(days=today.weekday(), weeks=WEEKS - 1)
    year = draw({today: 4, date(2026, 5, 1): 1, date(2026, 5, 2): 30}, first, today)
    assert sum(path.count("z") for path in year.paths) == (today - first).days + 1
    assert [path.count("z") for path in year.paths[1:]] == [1, 1, 0, 1]
    assert (year.total, year.months[-1], ("May 2026", 31) in year.months) == (35, ("November 2026", 4), True)


def test_the_year_counts_what_was_written_in_it(cora):
    a_resource(author=cora)
    Revision.objects.create(
        entry_id=Resource.objects.get().pk, number=9, content={}, act="edited", author=cora,
        created_at=timezone.now() - timedelta(days=400),
    )  # fmt: skip
    assert year_of(cora).total == 1


def test_a_profile_tells_what_somebody_gave(client, cora, mo):
    User.objects.filter(pk=cora.pk).update(bio="I read papers.", links=["https://example.org/cora"])
    entry = a_resource(author=cora)
    proposal = propose(read_content(entry) | {"year": 2020}, author=cora, entry=entry)
    accept(proposal, moderator=mo, version=1)
    text = client.get("/people/cora/").text
    for words in ("I read papers.", "0 of 5 accepted edits", "contributor", "2 contributions in a year"):
        assert words in text, words
    assert 'href="https://example.org/cora" rel="nofollow ugc' in text
    assert "Keeping order" not in text
    assert "proposals accepted" in client.get("/people/mo/").text
    assert "style=" not in text.split("<main")[1]


def test_a_block_is_shown_and_its_reason_only_to_whom_it_concerns(client, cora, mo):
    block(cora, until=timezone.now() + timedelta(days=3), reason="Private words.", by=mo)
    assert "Blocked until" in client.get("/people/cora/").text
    assert "Private words." not in client.get("/people/cora/").text
    assert "Private words." in signed_in(cora).get("/people/cora/").text
    shown = signed_in(mo).get("/people/cora/").text
    assert "Private words." in shown
    assert "Lift the block" in shown
    assert "/people/mo/block/" not in signed_in(mo).get("/people/mo/").text


def test_names_of_another_case_lead_on_and_strange_ones_are_404(client, cora):
    assert client.get("/people/CORA/")["Location"] == "/people/cora/"
    assert client.get("/people/nobody/").status_code == 404
    assert client.post("/people/cora/").status_code == 405


def test_profiles_cost_the_same_for_few_revisions_and_many(client, cora, mo):
    counts = []
    for numbers in (range(3), range(3, 40)):
        for number in numbers:
            entry = a_resource(f"R{number}", author=cora)
            proposal = propose(read_content(entry) | {"year": 2020}, author=cora, entry=entry)
            if number % 2:
                reject(proposal, moderator=mo, version=1, reason="No.")
            else:
                accept(proposal, moderator=mo, version=1)
        client.get("/people/cora/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/people/cora/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 14, counts


def test_who_sees_the_page_of_trust(client, cora, ed, mo):
    assert client.get("/people/cora/trust/").status_code == 302
    assert signed_in(ed).get("/people/cora/trust/").status_code == 403
    assert signed_in(mo).get("/people/nobody/trust/").status_code == 404
    for person in (cora, mo):
        assert "0 of 5 accepted edits" in signed_in(person).get("/people/cora/trust/").text


def test_appeal_and_answer_by_the_pages(cora, mo):
    own, other = signed_in(cora), signed_in(mo)
    address = "/people/cora/trust/"
    assert own.post(address, {"act": "appeal", "words": ""}).status_code == 409
    assert own.post(address, {"act": "appeal", "words": "Please look."}).status_code == 302
    assert own.post(address, {"act": "appeal", "words": "Again."}).status_code == 409
    assert other.post(address, {"act": "appeal", "words": "For her."}).status_code == 403
    assert "Appeals that wait" in other.get("/reports/").text
    assert mo.notices.filter(act="appeal_asked").count() == 1
    assert own.post(address, {"act": "answer", "words": "Yes."}).status_code == 409
    other.post(address, {"act": "answer", "words": "Done."})
    assert cora.notices.get().words == "Done."


def test_lock_and_role_by_the_pages(cora, mo):
    address = "/people/cora/trust/"
    ann = signed_in(somebody("ann", "administrator"))
    other = signed_in(mo)
    assert other.post(address, {"act": "lock", "words": "Wait."}).status_code == 302
    assert Trust.objects.get().locked
    assert other.post(address, {"act": "unlock"}).status_code == 302
    assert signed_in(cora).post(address, {"act": "lock", "words": "Mine."}).status_code == 409
    assert other.post(address, {"act": "role", "role": "editor", "words": "Good."}).status_code == 409
    assert ann.post(address, {"act": "role", "words": "Good."}).status_code == 409
    assert ann.post(address, {"act": "role", "role": "editor", "words": "Good."}).status_code == 302
    assert role_of(a_person("cora")) == "editor"
    assert "made" in ann.get("/log/").text
    assert Event.objects.filter(act="role_given").count() == 1
