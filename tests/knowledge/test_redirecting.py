"""A guide that leads on to another, and the end of that."""

from datetime import timedelta

import pytest
from django.utils import timezone

from resources.editing.redirecting import end_redirect, guide_named, redirect_guide
from resources.entries.content import read_content
from resources.entries.knowledge import WikiPage
from resources.history.models import Event
from resources.moderation.actions import propose
from resources.moderation.clean_up_plans import plan_clean_up
from resources.moderation.cleaning_up import clean_up
from resources.moderation.deciding import accept
from resources.moderation.refusals import NotEmpty
from resources.moderation.taking_back import CannotUndo, roll_back, undo
from resources.proposals.models import Proposal
from resources.publishing import GuidesBelow, Invalid, StaleRead, publish, remove
from tests.makers import a_guide, a_person, a_release, a_verification

pytestmark = pytest.mark.django_db


def now(page):
    return WikiPage.objects.get(pk=page.pk)


def sent(page, target="Ray Core", **fields):
    return {"seen": page.revision_number, "target": target, "why": "The same."} | fields


@pytest.fixture
def core():
    return a_guide("Ray Core", body="The core.")


@pytest.fixture
def old():
    return a_guide("Tasks", body="Old words.")


def test_a_guide_leads_on_and_is_seen_when_asked(core, old, ed, client):
    client.force_login(ed)
    assert "Redirect Tasks" in client.get("/wiki/tasks/redirect/?to=Ray+Core").content.decode()
    assert client.post("/wiki/tasks/redirect/", sent(old))["Location"] == "/wiki/tasks/?redirect=no"
    said = client.get("/wiki/tasks/?redirect=no").content.decode()
    assert "“Tasks” leads on to “Ray Core” now." in said
    client.logout()
    answer = client.get("/wiki/tasks/")
    assert (answer.status_code, answer["Location"]) == (301, "/wiki/ray-core/?from=tasks")
    assert answer["Cache-Control"] == "no-cache"
    page = client.get(answer["Location"]).content.decode()
    assert "Redirected from" in page
    assert 'href="/wiki/tasks/?redirect=no"' in page
    itself = client.get("/wiki/tasks/?redirect=no").content.decode()
    assert "This page leads on to" in itself
    assert "Old words." in itself
    assert "End the redirect" not in itself
    assert "Redirected from" not in client.get("/wiki/ray-core/?from=nothing").content.decode()
    for address in ("/wiki/", "/wiki/look-again/", "/sitemap.xml", "/complete/?q=Tasks"):
        assert "tasks" not in client.get(address).content.decode().lower().replace("q=tasks", ""), address


def test_ending_it_brings_the_text_back(core, old, ed, client):
    redirect_guide(old, core, by=ed, reason="The same.", seen=1)
    client.force_login(ed)
    assert "End the redirect of Tasks" in client.get("/wiki/tasks/redirect/").content.decode()
    client.post("/wiki/tasks/redirect/", {"seen": 2, "why": "Not the same."})
    assert "“Tasks” is a page of its own again." in client.get("/wiki/tasks/").content.decode()
    assert now(old).revision_number == 3


def test_what_leans_on_a_guide_goes_along(core, old, ed):
    child, older = a_guide("Child", parent=old), a_guide("Older", redirect=old)
    redirect_guide(old, core, by=ed, reason="The same.", seen=1)
    assert (now(child).parent, now(older).redirect, now(old).redirect) == (core, core, core)


def test_the_target_may_stand_under_the_page(old, ed):
    below = a_guide("Below", parent=a_guide("Between", parent=old))
    redirect_guide(old, below, by=ed, reason="It says all.", seen=1)
    assert WikiPage.objects.get(slug="between").parent is None
    assert now(below).parent == WikiPage.objects.get(slug="between")
    assert now(old).redirect == now(below)


def test_a_contributor_proposes_all_of_it(core, old, cora, client):
    a_guide("Child", parent=old)
    client.force_login(cora)
    assert "/proposals/" in client.post("/wiki/tasks/redirect/", sent(old))["Location"]
    proposals = Proposal.objects.all()
    assert len(proposals) == 2
    assert len({one.batch for one in proposals}) == 1
    assert now(old).redirect is None


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"target": "Nobody wrote this"}, "no guide with this title"),
        ({"target": "Tasks"}, "does not itself lead on"),
        ({"target": "Elsewhere"}, "does not itself lead on"),
        ({"why": ""}, "few words why"),
        ({"seen": "x"}, ""),
    ],
)
def test_what_cannot_be_is_refused_in_words(given, says, core, old, ed, client):
    a_guide("Elsewhere", redirect=core)
    client.force_login(ed)
    answer = client.post("/wiki/tasks/redirect/", sent(old, **given))
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert now(old).revision_number == 1


def test_strangers_readers_and_stale_forms(core, old, ed, client):
    assert client.get("/wiki/tasks/redirect/").status_code == 403
    client.force_login(a_person("reader"))
    assert client.post("/wiki/tasks/redirect/", sent(old)).status_code == 403
    client.force_login(ed)
    assert client.get("/wiki/nothing/redirect/").status_code == 404
    assert client.put("/wiki/tasks/redirect/").status_code == 405
    publish(read_content(old) | {"body": "New words."}, entry=old, author=a_person())
    answer = client.post("/wiki/tasks/redirect/", sent(old))
    assert answer.status_code == 422
    assert "changed since you looked" in answer.content.decode()
    with pytest.raises(StaleRead):
        redirect_guide(now(old), core, by=ed, reason="Twice.", seen=1)
    redirect_guide(now(old), core, by=ed, reason="The same.", seen=2)
    with pytest.raises(StaleRead):
        end_redirect(now(old), by=ed, reason="Twice.", seen=2)


def test_no_chain_comes_by_any_door(core, old):
    a_guide("Older", redirect=old)
    with pytest.raises(Invalid, match="stand under this one or lead on"):
        publish(read_content(old) | {"redirect": core.pk}, entry=old, author=a_person())
    with pytest.raises(Invalid, match="only leads on"):
        a_guide("Child", parent=WikiPage.objects.get(slug="older"))


def test_a_guide_that_others_need_is_not_removed(core, old, ed, client):
    a_guide("Child", parent=core)
    a_guide("Older", redirect=core)
    with pytest.raises(GuidesBelow, match="2 guides"):
        remove(core, author=ed, reason="Gone.")
    client.force_login(ed)
    page = client.get("/wiki/ray-core/remove/").content.decode()
    assert "2 guides stand under this one" in page
    assert client.post("/wiki/ray-core/remove/", {"why": "Gone.", "seen": 1}).status_code == 422
    with pytest.raises(CannotUndo, match="lead on to it"):
        roll_back(core, a_person(), by=ed)
    assert now(core).live


def test_undo_ends_a_redirect(core, old, ed):
    redirect_guide(old, core, by=ed, reason="The same.", seen=1)
    assert Event.objects.latest("pk").details == {"with": "Ray Core", "revision": 2}
    undo(old.revisions.get(number=2), by=ed)
    assert now(old).redirect is None


def test_a_guide_is_named_by_title_address_or_path(core):
    for words in ("Ray Core", " ray core ", "ray-core", "/wiki/ray-core/", "https://rayhub.example/wiki/ray-core"):
        assert guide_named(words) == core, words
    assert guide_named("resource:ray-core") is None
    assert guide_named("") is None


def test_a_redirect_wants_no_verification(core, old, ed):
    a_release()
    a_verification(old, person=ed)
    redirect_guide(old, core, by=ed, reason="The same.", seen=1)
    assert now(old).verifications.count() == 1


def test_a_clean_up_leaves_a_guide_that_others_need(core, mo):
    van = a_person("van", role="contributor")
    since = timezone.now() - timedelta(hours=1)
    alone, needed, own = a_guide("Spam", author=van), a_guide("Kept", author=van), a_guide("Top of spam", author=van)
    a_guide("Child", parent=needed, author=mo)
    a_guide("Child of spam", parent=own, author=van)
    steps = {step.entry.title: step.what for step in plan_clean_up(van, since).steps}
    assert steps == {
        "Spam": "removed", "Kept": "by_hand", "Top of spam": "removed", "Child of spam": "removed",
    }  # fmt: skip
    clean_up(van, since, by=mo, reason="Spam.", plan_digest=plan_clean_up(van, since).digest)
    assert (now(alone).live, now(needed).live, now(own).live) == (False, True, False)


def test_a_removal_is_accepted_only_when_nothing_leans_on_it(core, cora, mo):
    proposal = propose(read_content(core), author=cora, entry=core, base=1, remove_it=True)
    older = a_guide("Older", redirect=core)
    with pytest.raises(NotEmpty, match="lead on to it"):
        accept(proposal, moderator=mo, version=1)
    end_redirect(older, by=mo, reason="Own words.", seen=1)
    accept(proposal, moderator=mo, version=1)
    assert not now(core).live


def test_no_guide_leads_on_to_a_removed_one():
    gone, page = a_guide("Gone"), a_guide("Page")
    remove(gone, author=a_person(), reason="It is wrong.")
    with pytest.raises(Invalid, match="that is there"):
        publish(read_content(page) | {"redirect": gone.pk}, entry=page, author=a_person())


def test_a_ring_that_should_not_be_leads_nowhere(client):
    one, other = a_guide("One"), a_guide("Other")
    WikiPage.objects.filter(pk=one.pk).update(redirect=other.pk)
    WikiPage.objects.filter(pk=other.pk).update(redirect=one.pk)
    assert client.get("/wiki/one/").status_code == 200


def test_a_clean_up_takes_a_redirect_and_its_target_together_and_back():
    spammer, mo = a_person("van", role="editor"), a_person("mo", role="moderator")
    target = a_guide("Target", author=spammer)
    page = a_guide("Page", author=spammer, redirect=target)
    for person, by, live in ((spammer, mo, 0), (mo, a_person("ann", role="moderator"), 2)):
        since = timezone.now() - timedelta(hours=1)
        digest = plan_clean_up(person, since).digest
        clean_up(person, since, by=by, reason="Spam, or not.", plan_digest=digest)
        assert WikiPage.objects.live().filter(pk__in=[page.pk, target.pk]).count() == live
