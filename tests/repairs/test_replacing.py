"""An address in content led to another place, wherever it stands as a link."""

import pytest

from resources.entries.content import MODELS, read_content
from resources.links.addresses import addresses_in
from resources.repairs.replacing import replace_address
from resources.text.addresses import normalise
from tests.makers import a_case_study, a_claim, a_comparison, a_guide, a_resource, a_section
from tests.repairs.cast import NEW, OLD

pytestmark = pytest.mark.django_db
LONGER = f"{OLD}/longer"


def replaced(entry, old=OLD, new=NEW, **narrowed):
    entry = MODELS[entry.type].objects.get(pk=entry.pk)
    return replace_address(type(entry), read_content(entry), normalise(old), new, **narrowed)


def test_a_resource_changes_in_its_link_its_summary_and_the_spelling_of_its_seats():
    section = a_section()
    entry = a_resource(url=OLD, summary=f"See [it]({OLD}) and {LONGER}.", sections=(section,), title="Guide")
    entry.placements.update(url=f"{OLD}/")
    content = replaced(entry)
    assert (content["url"], content["summary"]) == (NEW, f"See [it]({NEW}) and {LONGER}.")
    assert [row["url"] for row in content["placements"]] == [NEW]
    assert content["title"] == "Guide"


def test_texts_change_where_they_lead_and_nowhere_else():
    body = f"{OLD} `{OLD}` [a][r] {LONGER}\n\n[r]: <{OLD}> 'title'\n"
    content = replaced(a_guide(body=body, summary=f"About {OLD}"))
    assert content["body"] == f"{NEW} `{OLD}` [a][r] {LONGER}\n\n[r]: <{NEW}> 'title'\n"


def test_passages_claims_and_cells_change():
    section = a_section(passages=[{"key": "p1", "form": "prose", "position": 5, "depth": 0, "text": f"[x]({OLD})"}])
    assert replaced(section)["passages"][0]["text"] == f"[x]({NEW})"
    quote = f"They said {OLD}"
    study = a_case_study(claims=(a_claim(source=OLD, quote=quote), a_claim("c2", source=LONGER)))
    assert [(row["source"], row["quote"]) for row in replaced(study)["claims"]] == [(NEW, quote), (LONGER, "")]
    cells = replaced(a_comparison(cells={"ray/cost": {"text": f"[x]({OLD})", "note": OLD, "source": OLD}}))["cells"]
    assert [(row["text"], row["note"], row["source"]) for row in cells] == [(f"[x]({NEW})", NEW, NEW)]


def test_an_address_column_is_one_address_and_no_text():
    entry = a_resource(url=f"{OLD}.")
    assert replaced(entry) == read_content(entry)


def test_a_fragment_is_another_address():
    guide = a_guide(body=f"{OLD}#part {OLD}")
    assert replaced(guide)["body"] == f"{OLD}#part {NEW}"
    assert replaced(guide, f"{OLD}#part", f"{NEW}#part")["body"] == f"{NEW}#part {OLD}"


def test_what_is_watched_is_what_changes():
    guide = a_guide(body=f"{OLD} [a]({OLD}/x)")
    before = {one.key for one in addresses_in(guide, read_content(guide))}
    content = replaced(guide)
    after = a_guide("Another", body=content["body"])
    assert {one.key for one in addresses_in(after, read_content(after))} == before - {normalise(OLD)} | {normalise(NEW)}
