"""What each check finds, what it mends, and when checks run."""

from datetime import timedelta

import pytest
from django.utils import timezone

from resources.history.models import Event
from resources.moderation.actions import NotAllowed, amend, apply_repair, propose, recheck
from resources.moderation.batches import Asked, propose_many
from resources.moderation.checks import CHECKS, NAMES
from resources.moderation.models import BannedWord
from resources.moderation.refusals import StaleProposal
from tests.makers import a_resource
from tests.moderation.proposing import a_new_one, a_removal, an_edit

pytestmark = pytest.mark.django_db


def found(proposal, name):
    """(state, repair) of one check."""
    return next(((check["state"], check["repair"]) for check in proposal.checks if check["name"] == name), None)


def test_every_check_has_a_name_for_people_and_a_sound_proposal_passes(cora):
    opened = {"link_title", "link_project"}  # what only an opened link can tell
    assert [check.__name__ for check in CHECKS] == [name for name in NAMES if name not in opened]
    proposal = a_new_one(cora, state="active")
    assert proposal.check_state == "passed"
    assert found(proposal, "link_status") == ("pending", None)
    assert {check["state"] for check in proposal.checks} == {"passed", "pending"}
    assert all(check["words"] for check in proposal.checks)


@pytest.mark.parametrize(
    ("name", "fields", "state", "repair"),
    [
        ("address", {"url": "ftp://example.org/x"}, "failed", None),
        ("address", {"url": "http://127.0.0.1:8265/"}, "failed", None),
        ("address", {"url": "http://0x7f.1/"}, "failed", None),
        ("address", {"url": "http://[::1]/"}, "failed", None),
        ("address", {"url": "http://169.254.169.254/latest/"}, "failed", None),
        ("address", {"url": "http://metadata.google.internal/"}, "failed", None),
        ("address", {"url": "http://localhost/"}, "failed", None),
        ("address", {"url": " https://Example.org/x "}, "warned", {"url": "https://example.org/x"}),
        ("style", {"summary": "scales pandas"}, "warned", {"summary": "Scales pandas."}),
        ("style", {"summary": "vLLM on Ray."}, "passed", None),
        ("style", {"summary": "Modin."}, "warned", None),
        ("style", {"summary": ""}, None, None),
        ("style", {"summary": "Scales  pandas,"}, "warned", {"summary": "Scales pandas."}),
        ("style", {"summary": "Long. " * 80}, "warned", None),
        ("archived", {"state": "archived"}, "warned", None),
        ("hidden_signs", {"summary": "Scales \u202epandas."}, "failed", {"summary": "Scales pandas."}),
        ("hidden_signs", {"title": "Mоdin"}, "warned", None),
        ("hidden_signs", {"summary": "Skaliert pandas – 東京, 5 µm."}, "passed", None),
        ("banned_words", {"summary": "Best CASINO bonus."}, "failed", None),
        ("banned_words", {"summary": "Casinos of data."}, "passed", None),
        ("twin_title", {"title": "ray dp"}, "warned", None),
        ("twin_title", {"title": "RayDQ"}, "passed", None),
    ],
)
def test_a_check_finds_what_it_is_for(cora, name, fields, state, repair):
    BannedWord.objects.create(word="casino")
    a_resource("RayDP")
    proposal = a_new_one(cora, **fields)
    assert found(proposal, name) == ((state, repair) if state else None)


def test_twins_by_address(cora, mo):
    a_resource("RayDP", url="https://github.com/Ray/DP")
    twin = a_new_one(cora, url="http://www.github.com/ray/dp.git?utm_source=x")
    assert found(twin, "twin_address") == ("failed", None)
    assert twin.check_state == "failed"
    first = a_new_one(cora, "One", url="https://example.org/page")
    second = a_new_one(mo, "Two", url="http://example.org/page/")
    assert (found(first, "twin_address"), found(second, "twin_address")) == (("passed", None), ("warned", None))


def test_an_edit_answers_only_for_what_it_changes(cora):
    entry = a_resource(summary="no capital", state="archived")
    proposal = an_edit(cora, entry, tags=["etl"])
    assert [check["name"] for check in proposal.checks] == []
    names = [check["name"] for check in an_edit(cora, entry, summary="Better.").checks]
    assert names == ["style", "many_links", "hidden_signs", "banned_words"]
    assert a_removal(cora, entry).checks == []


def test_new_accounts_with_many_links(cora, ed):
    links = " ".join(f"https://example.org/{number}" for number in range(5))
    assert found(a_new_one(cora, summary=f"{links}."), "many_links") == ("warned", None)
    assert found(a_new_one(ed, summary=f"{links}."), "many_links") is None
    cora.joined_at = timezone.now() - timedelta(days=8)
    cora.save()
    assert found(a_new_one(cora, summary=f"{links}."), "many_links") is None


def test_haste(cora, ed):
    content = {"title": "Modin", "slug": "modin", "url": "https://example.org/m", "summary": "Scales."}
    states = [
        found(propose(content, author=author, type="resource", seconds=seconds), "haste")
        for author, seconds in ((cora, 2), (cora, 3), (cora, None), (ed, 1))
    ]
    assert states == [("warned", None), ("passed", None), None, None]


def test_checks_run_again_when_amended_and_on_demand(cora):
    proposal = a_new_one(cora, summary="scales pandas")
    amended = amend(proposal, proposal.content | {"summary": "Scales pandas."}, author=cora)
    assert (found(amended, "style"), amended.check_state) == (("passed", None), "passed")
    BannedWord.objects.create(word="pandas")
    assert recheck(proposal).check_state == "failed"
    assert recheck(proposal).version == 2


def test_a_repair_by_the_author_is_an_amendment(cora):
    proposal = a_new_one(cora, summary="scales pandas")
    repaired = apply_repair(proposal, "style", by=cora, version=1)
    assert (repaired.content["summary"], repaired.version, repaired.check_state) == ("Scales pandas.", 2, "passed")
    with pytest.raises(StaleProposal):
        apply_repair(proposal, "style", by=cora, version=1)
    with pytest.raises(StaleProposal):
        apply_repair(proposal, "style", by=cora, version=2)


def test_a_repair_by_a_moderator_is_a_version_under_their_name(cora, mo, ed):
    proposal = a_new_one(cora, summary="scales pandas")
    with pytest.raises(NotAllowed):
        apply_repair(proposal, "style", by=ed, version=1)
    repaired = apply_repair(proposal, "style", by=mo, version=1)
    assert (repaired.state, repaired.author, repaired.versions.get(number=2).author) == ("open", cora, mo)
    assert Event.objects.get(act="repaired").details == {"check": "style", "version": 2}
    assert cora.notices.filter(act="proposal_amended").count() == 1


def test_an_import_is_checked_too(cora):
    content = {"title": "Modin", "slug": "modin", "url": "http://localhost/", "summary": "Scales pandas."}
    [proposal] = propose_many([Asked(content, "resource", cora, "Imported.")], batch="list")
    assert proposal.check_state == "failed"


def test_a_site_in_a_private_network_may_list_what_is_there(cora, settings):
    settings.LINK_CHECK_ALLOW_PRIVATE = ["10.0.0.0/8"]
    proposal = a_new_one(cora, url="http://10.1.2.3/dashboard")
    assert found(proposal, "address") == ("passed", None)
