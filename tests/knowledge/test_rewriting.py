"""Pages that call an entry by its old name are rewritten in one act."""

from typing import Any

import pytest

from resources.editing.rewriting import new_name, plan_rewrite, rewrite_pages
from resources.entries.content import MODELS, read_content
from resources.entries.models import Entry
from resources.history.models import Event, Revision
from resources.links.models import Mention
from resources.links.old_names import old_callers
from resources.moderation.protecting import protect
from resources.proposals.models import Proposal
from resources.publishing import StaleRead, publish
from tests.makers import a_comparison, a_guide, a_person, a_resource, a_section

pytestmark = pytest.mark.django_db

BODY = "See [[Tasks]], [[Tasks#How|so]] and `[[Tasks]]`."


def now(entry):
    return MODELS[entry.type].objects.get(pk=entry.pk)


def renamed(entry, **fields):
    publish(read_content(entry) | fields, entry=entry, author=a_person())
    return now(entry)


@pytest.fixture
def guide():
    return a_guide("Tasks")


def picked(*entries):
    return {"page": [f"{one.pk}:{one.revision_number}" for one in entries], "why": "It has another name."}


def test_an_editor_rewrites_what_the_page_offers(guide, ed, client):
    other, third = a_guide("Other", body=BODY), a_guide("Third", body="[[tasks]]")
    guide = renamed(guide, title="Remote tasks", slug="remote-tasks")
    assert "still call this" not in client.get(guide.get_absolute_url()).content.decode()
    client.force_login(ed)
    assert "2 pages still call this “" in client.get(guide.get_absolute_url()).content.decode()
    page = client.get("/wiki/remote-tasks/rewrite/").content.decode()
    assert page.count('name="page"') == page.count("checked") == 2
    assert client.post("/wiki/remote-tasks/rewrite/", picked(other))["Location"] == "/wiki/remote-tasks/"
    assert now(other).body == "See [[Remote tasks]], [[Remote tasks#How|so]] and `[[Tasks]]`."
    assert now(third).revision_number == 1
    assert "1 page still calls this" in client.get(guide.get_absolute_url()).content.decode()
    event = Event.objects.latest("pk")
    assert (event.actor, event.why, event.details["with"]) == (ed, "It has another name.", "Remote tasks")
    rewrite_pages(guide, {third.pk: 1}, by=ed, reason="Too.")
    assert not Mention.objects.filter(name="tasks").exists()
    assert "Nothing to rewrite" in client.get("/wiki/remote-tasks/rewrite/").content.decode()


def test_every_kind_is_rewritten_wherever_markdown_stands(ed):
    resource = a_resource("RayDP", slug="raydp")
    mention = "A [[resource:raydp|so]]."
    passage = {"key": "p1", "position": 1, "form": "text", "text": mention}
    pages = [
        a_section("Data", introduction=mention, passages=[passage]),
        a_resource("Other", summary=mention),
        a_comparison(cells={"ray/cost": {"text": mention, "note": mention}}),
        a_guide("Guide", body=mention),
    ]
    resource = renamed(resource, slug="ray-dp")
    plan = plan_rewrite(resource, ed)
    assert {one.entry.title for one in plan} == {"Data", "Other", "Engines", "Guide"}
    rewrite_pages(resource, {one.pk: 1 for one in pages}, by=ed, reason="Renamed.")
    for page in pages:
        words = str(read_content(now(page)))
        assert "resource:raydp" not in words
        assert "[[resource:ray-dp|so]]" in words


def test_a_contributor_proposes_a_batch(guide, cora, client):
    other = a_guide("Other", body=BODY)
    renamed(guide, title="Remote tasks", slug="remote-tasks")
    client.force_login(cora)
    assert "/proposals/" in client.post("/wiki/remote-tasks/rewrite/", picked(other))["Location"]
    proposal = Proposal.objects.get()
    assert proposal.batch.startswith(f"rewrite-{guide.pk}-")
    assert proposal.content["body"].startswith("See [[Remote tasks]]")
    assert now(other).revision_number == 1


def test_stale_and_unreadable_forms(guide, ed, client):
    other = a_guide("Other", body=BODY)
    guide = renamed(guide, title="Remote tasks", slug="remote-tasks")
    client.force_login(ed)
    address = "/wiki/remote-tasks/rewrite/"
    renamed(other, body=f"{BODY} More.")
    answer = client.post(address, picked(other))
    assert answer.status_code == 422
    assert "changed since you looked" in answer.content.decode()
    wrong: list[dict[str, Any]] = [{"page": ["x"]}, {"page": []}, {"page": ["999:1"]}, {"why": ""}]
    for bad in wrong:
        assert client.post(address, picked(now(other)) | bad).status_code == 422
    with pytest.raises(StaleRead):
        rewrite_pages(guide, {}, by=ed, reason="None.")
    assert client.post(address, picked(now(other))).status_code == 302
    assert client.post(address, picked(now(other))).status_code == 422
    assert Revision.objects.filter(author=ed).count() == 1


def test_strangers_and_bad_addresses(guide, ed, client):
    assert client.get("/wiki/tasks/rewrite/").status_code == 403
    assert client.post("/wiki/tasks/rewrite/", {}).status_code == 403
    client.force_login(ed)
    assert client.get("/wiki/nothing/rewrite/").status_code == 404
    assert client.put("/wiki/tasks/rewrite/").status_code == 405


def test_a_protected_page_is_left_out(guide, ed, mo, client):
    other = a_guide("Other", body=BODY)
    protect(Entry.objects.get(pk=other.pk), level="moderators", reason="Edit war.", until=None, by=mo)
    renamed(guide, title="Remote tasks", slug="remote-tasks")
    client.force_login(ed)
    page = client.get("/wiki/remote-tasks/rewrite/").content.decode()
    assert "This page is protected" in page
    assert 'name="page"' not in page


def test_a_title_that_cannot_stand_in_brackets_gives_its_address():
    assert new_name(a_guide("Ray [core]", slug="core")) == "core"
    assert new_name(a_guide("resource: what", slug="what")) == "what"
    assert new_name(a_guide("Ray Core")) == "Ray Core"
    assert new_name(a_resource("RayDP")) == "raydp"


def test_a_title_that_changed_while_the_address_stayed(guide, ed):
    other, third = a_guide("Other", body="[[Tasks]]"), a_guide("Third", body="[[tasks]] [[tasks#How]]")
    guide = renamed(guide, title="Remote tasks")
    assert [one.entry.pk for one in plan_rewrite(guide, ed)] == [other.pk]
    assert old_callers(guide) == (1, "Tasks")
    rewrite_pages(guide, {other.pk: 1}, by=ed, reason="Renamed.")
    assert (now(other).body, now(third).revision_number) == ("[[Remote tasks]]", 1)


def test_an_address_that_was_never_a_title_is_no_old_name(ed):
    limits = a_guide("Scaling limits and the GCS", slug="scaling-limits")
    a_guide("Other", body="[[Scaling limits]]")
    assert old_callers(limits) == (0, "")
    assert plan_rewrite(limits, ed) == []
