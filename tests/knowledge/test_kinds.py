"""What guides, case studies and comparisons have in common with all other entries."""

from typing import Any

import pytest

from resources.entries.content import MODELS, read_content
from resources.entries.models import Alias, Entry
from resources.links.models import Mention
from resources.publishing import EditConflict, Invalid, publish, remove, restore
from tests.makers import a_case_study, a_claim, a_comparison, a_guide, a_person, a_resource

pytestmark = pytest.mark.django_db

MAKERS: dict[str, Any] = {"wikipage": a_guide, "casestudy": a_case_study, "comparison": a_comparison}


@pytest.fixture(params=MAKERS)
def entry(request):
    return MAKERS[request.param]()


def test_every_page_around_an_entry_opens(entry, client):
    publish(read_content(entry) | {"body": "New **words**."}, entry=entry, author=a_person("bob"))
    client.force_login(a_person("ed", role="editor"))
    address = entry.get_absolute_url()
    pages = ["", "edit/", "talk/", "history/", "history/1/", "history/1..2/", "history/1.md", "backlinks/", "remove/"]
    for page in [*pages, "history.atom"]:
        assert client.get(f"{address}{page}").status_code == 200, page
    assert "New **words**." in client.get(f"{address[:-1]}.md").content.decode()
    assert "<strong>words</strong>" in client.get(address).content.decode()
    lists = {"wikipage": "/wiki/", "casestudy": "/case-studies/", "comparison": "/compare/"}
    assert entry.title in client.get(lists[entry.type]).content.decode()
    assert client.get(f"{lists[entry.type]}new/").status_code == 200


def test_an_entry_is_removed_restored_and_keeps_its_key(entry, client):
    key = entry.key
    assert key == f"{entry.type}-{entry.slug}"
    remove(entry, author=a_person(), reason="No longer true.")
    assert client.get(entry.get_absolute_url()).status_code == 410
    restore(entry, number=1, author=a_person())
    publish(read_content(entry) | {"slug": "elsewhere"}, entry=MODELS[entry.type].objects.get(), author=a_person())
    renamed = MODELS[entry.type].objects.get()
    assert (renamed.key, renamed.slug) == (key, "elsewhere")
    answer = client.get(entry.get_absolute_url() + "history/?page=1")
    assert (answer.status_code, answer["Location"]) == (301, renamed.get_absolute_url() + "history/?page=1")


def test_a_mention_finds_its_guide_by_title_address_and_what_it_was_called():
    core = a_guide("Ray Core", slug="core")
    other = a_guide("Others", body="[[Ray Core]] [[core]] [[Nobody wrote this]] [[resource:raydp]]")
    assert other.html.count('href="/wiki/core/" class="mention"') == 2
    assert 'href="/wiki/nobody-wrote-this/" class="mention wanted"' in other.html
    assert {(one.name, one.target_id) for one in Mention.objects.filter(source=other)} == {
        ("ray-core", core.pk), ("core", core.pk), ("nobody-wrote-this", None), ("raydp", None),
    }  # fmt: skip
    publish(read_content(core) | {"title": "The core", "slug": "the-core"}, entry=core, author=a_person())
    assert set(Alias.objects.values_list("slug", flat=True)) == {"core", "ray-core"}
    assert 'href="/wiki/the-core/" class="mention"' in a_guide("Third", body="[[Ray Core]]").html


def test_a_page_that_appears_is_wanted_no_more_and_one_that_goes_is_wanted_again():
    source = a_guide("Others", body="[[Ray Core]]")
    core = a_guide("Ray Core")
    source.refresh_from_db()
    assert 'class="mention">' in source.html
    assert Mention.objects.get(source=source).target_id == core.pk
    assert not Mention.objects.wanted().exists()
    remove(core, author=a_person(), reason="Gone.")
    source.refresh_from_db()
    assert 'class="mention wanted">' in source.html
    assert Mention.objects.wanted().get().source_id == source.pk


def test_claims_merge_one_by_one_and_a_state_has_its_judge():
    ada, bob = a_person(), a_person("bob")
    study = a_case_study(claims=(a_claim("c1", source="https://example.org/1"), a_claim("c2")), author=ada)
    base = read_content(study)
    first, second = base["claims"]
    publish(base | {"claims": [first | {"state": "verified"}, second]}, entry=study, base=1, author=ada)
    merged = publish(base | {"claims": [first, second | {"figure": "40"}]}, entry=study, base=1, author=bob)
    assert [(row["state"], row["figure"]) for row in merged.content["claims"]] == [
        ("verified", ""),
        ("unverified", "40"),
    ]
    checked = study.claims.get(key="c1")
    assert (checked.checked_by, checked.checked_at is not None) == (ada, True)
    assert study.claims.get(key="c2").checked_by is None


def test_two_cells_merge_and_one_cell_does_not():
    table = a_comparison(cells={"ray/cost": "Low.", "dask/cost": "Low."})
    base = read_content(table)
    cells = {row["key"]: row for row in base["cells"]}

    def with_cell(key, text):
        return base | {"cells": list((cells | {key: cells[key] | {"text": text}}).values())}

    publish(with_cell("ray/cost", "High."), entry=table, base=1, author=a_person())
    merged = publish(with_cell("dask/cost", "None."), entry=table, base=1, author=a_person("bob"))
    assert {row["key"]: row["text"] for row in merged.content["cells"]} == {"ray/cost": "High.", "dask/cost": "None."}
    with pytest.raises(EditConflict):
        publish(with_cell("ray/cost", "Free."), entry=table, base=1, author=a_person("bob"))


@pytest.mark.parametrize(
    ("claim", "says"),
    [
        ({"source": "javascript:alert(1)"}, "http"),
        ({"quote": "word " * 26}, "25 words"),
        ({"published": "May 2026"}, "2026-05"),
        ({"state": "true"}, "unverified, verified, disputed"),
        ({"state": "verified"}, "without a source"),
        ({"statement": " "}, "Say what"),
        ({"key": "A b"}, "small letters"),
    ],
)
def test_a_claim_that_cannot_stand_is_refused_in_words(claim, says):
    with pytest.raises(Invalid, match=says):
        a_case_study(claims=(a_claim() | claim,))


def test_a_guide_stands_under_no_child_of_its_own_and_leads_on_once():
    top = a_guide("Top")
    below = a_guide("Below", parent=top)
    with pytest.raises(Invalid, match="under itself"):
        publish(read_content(top) | {"parent": below.pk}, entry=top, author=a_person())
    onward = a_guide("Onward", redirect=top)
    with pytest.raises(Invalid, match="lead on"):
        publish(read_content(below) | {"redirect": onward.pk}, entry=below, author=a_person())


def test_a_subject_that_is_a_resource_is_a_mention():
    ray = a_resource("Ray")
    table = a_comparison(subjects=[{"key": "ray", "position": 1, "name": "Ray", "resource": ray.pk}])
    assert Mention.objects.get(source=table).target_id == ray.pk
    assert table.type == Entry.Type.COMPARISON
