"""Two guides made into one."""

import pytest

from resources.editing.merging import merge_guides
from resources.entries.content import read_content
from resources.entries.knowledge import WikiPage
from resources.history.models import Event
from resources.moderation.taking_back import undo
from resources.proposals.models import Proposal
from resources.publishing import EditConflict, PublishRefused, StaleRead, publish
from tests.makers import a_guide, a_person

pytestmark = pytest.mark.django_db


def now(page):
    return WikiPage.objects.get(pk=page.pk)


@pytest.fixture
def core():
    return a_guide("Ray Core", body="The core.", tags=["core"])


@pytest.fixture
def tasks():
    return a_guide("Tasks", body="What tasks are.", tags=["core", "tasks"], summary="On tasks.")


def sent(core, tasks, **fields):
    return {
        "other": tasks.slug, "seen": core.revision_number, "seen_other": tasks.revision_number, "summary": "Both.",
        "body": "The core, and what tasks are.", "tags": "core, tasks", "why": "Twice the same.", "act": "save",
    } | fields  # fmt: skip


def test_the_form_begins_with_both_texts(core, tasks, ed, client):
    client.force_login(ed)
    assert "Put the texts together" in client.get("/wiki/ray-core/merge/").content.decode()
    form = client.get("/wiki/ray-core/merge/?other=Tasks").context["form"]
    assert form["body"].value() == "The core.\n\n## Tasks\n\nWhat tasks are.\n"
    assert form["tags"].value() == "core, tasks"
    assert form["summary"].value() == "On tasks."


def test_an_editor_merges_in_one_act(core, tasks, ed, client):
    child = a_guide("Child", parent=tasks)
    client.force_login(ed)
    assert client.post("/wiki/ray-core/merge/", sent(core, tasks))["Location"] == "/wiki/ray-core/?redirect=no"
    assert now(core).body == "The core, and what tasks are."
    assert (now(tasks).redirect, now(child).parent) == (core, core)
    assert now(tasks).body == "What tasks are."
    events = Event.objects.filter(actor=ed).order_by("pk")
    assert {event.why for event in events} == {"Merge “Tasks” into “Ray Core”: Twice the same."}
    assert [event.details.get("with") for event in events] == ["Tasks", None, "Ray Core"]
    undo(now(core).revisions.get(number=2), by=ed)
    undo(now(tasks).revisions.get(number=2), by=ed)
    assert (now(core).body, now(tasks).redirect) == ("The core.", None)


def test_a_preview_publishes_nothing(core, tasks, ed, client):
    client.force_login(ed)
    answer = client.post("/wiki/ray-core/merge/", sent(core, tasks, act="preview", body="Both **bold**.", why=""))
    assert answer.status_code == 200
    assert "<strong>bold</strong>" in answer.content.decode()
    assert now(core).revision_number == 1


def test_a_contributor_proposes_both_together(core, tasks, cora, client):
    client.force_login(cora)
    assert "/proposals/" in client.post("/wiki/ray-core/merge/", sent(core, tasks))["Location"]
    assert {(one.entry_id, one.batch) for one in Proposal.objects.all()} == {
        (core.pk, Proposal.objects.latest("pk").batch), (tasks.pk, Proposal.objects.latest("pk").batch),
    }  # fmt: skip
    assert now(core).revision_number == 1


def test_what_others_did_to_another_place_is_merged_in(core, tasks, ed):
    publish(read_content(core) | {"rank": 7}, entry=core, author=a_person("bob"))
    fields = {"summary": "", "body": "Both.", "tags": ["core"]}
    merge_guides(now(core), tasks, fields, by=ed, reason="Same.", base=1, other_base=1)
    assert (now(core).rank, now(core).body) == (7, "Both.")


def test_a_conflict_loses_nothing_and_the_next_press_goes_on(core, tasks, ed, client):
    client.force_login(ed)
    publish(read_content(core) | {"body": "Their core."}, entry=core, author=a_person("bob"))
    answer = client.post("/wiki/ray-core/merge/", sent(core, tasks))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "/wiki/ray-core/history/1..2/" in page
    assert "The core, and what tasks are." in page
    assert 'name="seen" value="2"' in page
    assert client.post("/wiki/ray-core/merge/", sent(now(core), tasks)).status_code == 302


def test_the_other_guide_moved_meanwhile(core, tasks, ed, client):
    client.force_login(ed)
    publish(read_content(tasks) | {"body": "More on tasks."}, entry=tasks, author=a_person("bob"))
    answer = client.post("/wiki/ray-core/merge/", sent(core, tasks))
    assert answer.status_code == 422
    assert "/wiki/tasks/history/1..2/" in answer.content.decode()
    assert now(tasks).redirect is None
    with pytest.raises(StaleRead):
        merge_guides(core, now(tasks), {"body": "x"}, by=ed, reason="Same.", base=1, other_base=1)
    publish(read_content(core) | {"body": "Their core."}, entry=core, author=a_person("bob"))
    with pytest.raises(EditConflict):
        merge_guides(now(core), now(tasks), {"body": "x"}, by=ed, reason="Same.", base=1, other_base=2)


@pytest.mark.parametrize(
    "given", [{"other": "nothing"}, {"other": "ray-core"}, {"why": ""}, {"seen": ""}, {"seen": 99}]
)
def test_what_cannot_be_is_refused(given, core, tasks, ed, client):
    client.force_login(ed)
    assert client.post("/wiki/ray-core/merge/", sent(core, tasks, **given)).status_code == 422
    assert (now(core).revision_number, now(tasks).revision_number) == (1, 1)


def test_strangers_bad_addresses_and_twice(core, tasks, ed, client):
    assert client.get("/wiki/ray-core/merge/").status_code == 403
    assert client.post("/wiki/ray-core/merge/", sent(core, tasks)).status_code == 403
    client.force_login(ed)
    assert client.get("/wiki/nothing/merge/").status_code == 404
    assert client.get("/wiki/ray-core/merge/?other=ray-core").status_code == 422
    assert client.get("/wiki/ray-core/merge/?other=nothing").status_code == 422
    assert client.post("/wiki/ray-core/merge/", sent(core, tasks)).status_code == 302
    assert client.post("/wiki/ray-core/merge/", sent(core, tasks)).status_code == 422
    with pytest.raises(PublishRefused, match="lead on"):
        merge_guides(now(core), now(tasks), {}, by=ed, reason="Twice.", base=2, other_base=2)
