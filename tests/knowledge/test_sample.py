"""make_sample: the same seed gives the same content, all of it derived, and a second run changes nothing."""

import pytest
from django.core.management import CommandError, call_command

from resources.entries.knowledge import WikiPage
from resources.entries.models import Resource
from resources.history.models import Event, Revision
from resources.links.models import Mention
from tests.makers import a_section

pytestmark = pytest.mark.django_db


def contents():
    return list(Revision.objects.order_by("entry__key", "number").values_list("content", flat=True))


def test_pages_with_their_revisions_links_and_resources(capsys):
    a_section("Root")
    call_command("make_sample", "--pages=20", "--revisions=3", "--seed=5")
    assert "62 revisions written." in capsys.readouterr().out
    page = WikiPage.objects.get(slug="sample-000007")
    assert page.revision_number == 3
    assert [revision.act for revision in page.revisions.order_by("number")] == ["created", "edited", "edited"]
    assert 3_000 < len(page.body.encode()) < 5_000
    assert all(part in page.html for part in ("<h2", "<table", "<pre", 'class="mention"'))
    assert Resource.objects.get(slug="sample-resource-00002").placements.count() == 1
    assert Mention.objects.filter(target=None).count() == 0 < Mention.objects.count()
    assert "wanted" not in "".join(WikiPage.objects.values_list("html", flat=True))
    assert Event.objects.exclude(entry__type="section").count() == 62
    first = contents()
    call_command("make_sample", "--pages=20", "--revisions=3", "--seed=5")
    assert "Nothing to change." in capsys.readouterr().out
    assert contents() == first


def test_more_revisions_of_what_is_there_are_added():
    call_command("make_sample", "--pages=2", "--revisions=1", "--seed=5")
    before = contents()
    call_command("make_sample", "--pages=3", "--revisions=2", "--seed=5")
    assert list(WikiPage.objects.order_by("slug").values_list("revision_number", flat=True)) == [2, 2, 2]
    assert contents()[0] == before[0]


@pytest.mark.parametrize("wrong", ["--pages=0", "--pages=1000000", "--revisions=0"])
def test_odd_numbers_are_refused(wrong):
    with pytest.raises(CommandError, match="takes 1 to"):
        call_command("make_sample", "--pages=1", wrong)
