"""Claims as rows of the form of a case study, from the form through review, merge and conflict to the history."""

import re

import pytest
from django.test import Client

from resources.editing.claim_rows import new_key
from resources.entries.content import read_content
from resources.entries.knowledge import CaseStudy
from resources.moderation.actions import propose
from resources.moderation.deciding import accept
from resources.moderation.models import BannedWord
from resources.proposals.models import Proposal
from resources.publishing import publish
from tests.editing.cast import fields_of, signed_in
from tests.editing.forms import fields_in
from tests.makers import a_case_study, a_claim, a_person

pytestmark = pytest.mark.django_db

FORM = "/case-studies/uber/edit/"


@pytest.fixture
def study():
    claims = [
        a_claim(f"c{number}", position=10 * number, source=f"https://example.org/{number}") for number in (1, 2, 3)
    ]
    return a_case_study(claims=tuple(claims), libraries=["core"], since=2020, industry="transport", tags=["etl"])


@pytest.fixture
def ed():
    return signed_in("editor")


def live() -> CaseStudy:
    return CaseStudy.objects.get()


def statements() -> list[str]:
    return list(live().claims.values_list("statement", flat=True))


def save(client: Client, fields, act: str = "save", **typed: str):
    return client.post(
        FORM, fields | {"act": act} | {name.replace("_", "-", 2): value for name, value in typed.items()}
    )


def test_an_untouched_form_changes_nothing(study, ed):
    before = read_content(study)
    save(ed, fields_of(ed, FORM))
    assert read_content(live()) == before
    assert live().revision_number == 1


def test_a_new_case_study_with_two_claims(ed):
    fields = fields_of(ed, "/case-studies/new/") | {
        "title": "Ant on Ray", "organisation": "Ant", "use_case": "It serves.", "industry": "finance", "libraries": ["serve"],
        "claims-0-statement": "Ray Serve answers 1.37 million requests a second.", "claims-0-figure": "1.37 million",
    }  # fmt: skip
    page = ed.post("/case-studies/new/", fields | {"act": "more claims"}).content.decode()
    fields = fields_in(page) | {"claims-1-statement": "螞蟻集團使用 Ray", "claims-1-source": " https://Example.org/a "}
    assert ed.post("/case-studies/new/", fields | {"act": "save"})["Location"] == "/case-studies/ant-on-ray/"
    first, second = live().claims.all()
    assert (first.key, first.position) == ("ray-serve-answers-137-million-requests-a-second", 10)
    assert re.fullmatch(r"ray-[0-9a-f]{6}", second.key)
    assert (second.source, second.position) == ("https://example.org/a", 20)


def test_a_key_is_made_once_and_is_its_own():
    assert new_key("Up to 40 times!", []) == "up-to-40-times"
    assert new_key("Up to 40 times!", ["up-to-40-times"]) == "up-to-40-times-2"
    assert new_key("…", []).startswith("claim-")
    assert len(new_key("word " * 50, [])) <= 60
    assert new_key("word " * 50, []) != new_key("word " * 51, [])


def test_a_claim_is_changed_added_moved_and_taken_away(study, ed):
    fields = fields_of(ed, FORM) | {"claims-0-statement": "Other words.", "claims-1-drop": "on"}
    page = save(ed, fields, act="down claims 1").content.decode()
    fields = fields_in(page)
    assert fields["claims-2-drop"] == "on"
    page = save(ed, fields, act="more claims").content.decode()
    fields = fields_in(page) | {"claims-3-statement": "A new one."}
    page = save(ed, fields, act="up claims 3").content.decode()
    save(ed, fields_in(page))
    rows = {row["statement"]: row["key"] for row in read_content(live())["claims"]}
    assert statements() == ["Other words.", "Claim c3.", "A new one."]
    assert (rows["Other words."], rows["Claim c3."]) == ("c1", "c3")
    history = ed.get("/case-studies/uber/history/1..2/").content.decode()
    assert all(word in history for word in ("added", "removed", "changed", "A new one."))


@pytest.mark.parametrize("act", ["up claims 0", "down claims 2", "up claims x", "up claims 999", "down claims -1"])
def test_a_move_beyond_the_end_changes_nothing(study, ed, act):
    page = save(ed, fields_of(ed, FORM), act=act).content.decode()
    save(ed, fields_in(page))
    assert live().revision_number == 1


def test_a_move_is_a_move_and_nothing_else(study, ed):
    page = save(ed, fields_of(ed, FORM), act="up claims 2").content.decode()
    save(ed, fields_in(page))
    assert statements() == ["Claim c1.", "Claim c3.", "Claim c2."]
    history = ed.get("/case-studies/uber/history/1..2/").content.decode()
    assert "moved from place" in history
    assert "changed</span>" not in history
    assert live().revisions.get(number=2).summary == "Put the claims into another order"


@pytest.mark.parametrize(
    ("typed", "name", "says"),
    [
        ({"statement": " "}, "statement", "Say what is claimed"),
        ({"source": "javascript:x"}, "source", "http"),
        ({"quote": "word " * 26}, "quote", "25 words"),
        ({"published": "May"}, "published", "2026-05"),
        ({"state": "verified", "source": ""}, "state", "without a source"),
        ({"figure": "9" * 61}, "figure", "60"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_comes_back(study, ed, typed, name, says):
    given = {f"claims-1-{field}": value for field, value in typed.items()}
    answer = save(ed, fields_of(ed, FORM) | given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_claims-1-{name}_error"' in page
    assert says in page
    assert f'href="#id_claims-1-{name}"' in page
    assert str(fields_in(page)[f"claims-1-{name}"]).strip() == given[f"claims-1-{name}"].strip()
    assert live().revision_number == 1


def test_nobody_types_who_checked_a_claim(study, ed):
    forged = {"claims-0-checked_by": str(a_person("mallory").pk), "claims-0-checked_at": "2020-01-01"}
    save(ed, fields_of(ed, FORM) | forged | {"claims-0-state": "verified"})
    assert str(live().claims.get(key="c1").checked_by) == "editor"


def test_a_forged_key_makes_a_claim_of_its_own(study, ed):
    fields = fields_of(ed, FORM) | {"claims-1-key": "c1", "claims-2-key": "A b"}
    save(ed, fields)
    assert set(live().claims.values_list("key", flat=True)) == {"c1", "c2", "c3", "claim-c2", "claim-c3"}


def test_claims_that_others_added_or_changed_meanwhile_stay(study, ed):
    fields = fields_of(ed, FORM)
    content = read_content(study)
    first, second, _third = content["claims"]
    theirs = [first, second | {"state": "verified"}, a_claim("c4", position=40)]
    publish(content | {"claims": theirs}, entry=study, author=a_person("vera"))  # c3 is gone, c2 verified, c4 new
    page = save(ed, fields | {"claims-0-figure": "40"}, act="down claims 0").content.decode()
    save(ed, fields_in(page))
    rows = {row["key"]: row for row in read_content(live())["claims"]}
    assert set(rows) == {"c1", "c2", "c4"}
    assert (rows["c1"]["figure"], rows["c2"]["state"]) == ("40", "verified")
    assert statements() == ["Claim c2.", "Claim c1.", "Claim c4."]
    assert str(live().claims.get(key="c2").checked_by) == "vera"


def test_one_claim_that_two_people_changed_is_put_together_in_words(study, ed):
    fields = fields_of(ed, FORM)
    content = read_content(study)
    first, *others = content["claims"]
    publish(
        content | {"claims": [first | {"state": "disputed", "unit": "times"}, *others]},
        entry=study,
        author=a_person("vera"),
    )
    answer = save(ed, fields | {"claims-0-state": "verified", "claims-0-unit": "fold", "claims-1-figure": "7"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Claims, “Claim c1.”: state" in page
    assert "Claims, “Claim c1.”: unit" in page
    assert page.count('class="panel question"') == 2
    sent = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    names = sorted(set(re.findall(r'type="radio" name="(choice-[0-9a-f]+)"', page)), key=page.index)
    chosen = {names[0]: "mine", names[1]: "theirs"}
    ed.post("/case-studies/uber/edit/conflict/", sent | chosen)
    row = live().claims.get(key="c1")
    assert {row.state, row.unit} in ({"verified", "times"}, {"disputed", "fold"})
    assert live().claims.get(key="c2").figure == "7"


def test_a_contributor_proposes_claims_and_the_reviewer_sees_them(study):
    cora = signed_in("contributor", "cora")
    given = {"claims-2-source": "https://example.org/new", "claims-2-figure": "3", "claims-2-unit": "years"}
    answer = save(cora, fields_of(cora, FORM) | given)
    proposal = Proposal.objects.get()
    assert answer["Location"] == proposal.get_absolute_url()
    page = signed_in("moderator", "mo").get(proposal.get_absolute_url()).content.decode()
    assert "<strong>3</strong> years" in page  # the preview
    assert "https://example.org/<ins>new</ins>" in re.sub(r"\s+", " ", page) or "example.org/new" in page
    accept(proposal, moderator=a_person("mo"), version=1, seen=1)
    assert live().claims.get(key="c3").source == "https://example.org/new"
    assert live().revisions.get(number=2).author.name == "cora"


def test_the_preview_shows_claims(study, ed):
    fields = fields_of(ed, FORM) | {"claims-0-figure": "41", "claims-0-source": ""}
    page = ed.post("/preview/", fields).content.decode()
    assert "<strong>41</strong>" in page
    assert "no source" in page


@pytest.mark.parametrize(
    ("columns", "name", "state"),
    [
        ({"source": "http://127.0.0.1/"}, "sources", "failed"),
        ({"source": "https://example.org/fine"}, "sources", "passed"),
        ({"quote": "The best casino."}, "banned_words", "failed"),
        ({"statement": "It \u202eis."}, "hidden_signs", "failed"),
        ({"unit": "tіmes"}, "hidden_signs", "warned"),
    ],
)
def test_checks_look_at_claims(study, columns, name, state):
    BannedWord.objects.get_or_create(word="casino")
    content = read_content(study)
    first, *others = content["claims"]
    cora = a_person("cora", role="contributor")
    proposal = propose(content | {"claims": [first | columns, *others]}, author=cora, entry=study, base=1)
    assert {check["name"]: check["state"] for check in proposal.checks}[name] == state


def test_many_sources_of_a_new_account_are_said_and_old_ones_are_not_counted(study):
    content = read_content(study)
    cora = a_person("cora", role="contributor")
    more = [a_claim(f"n{number}", source=f"https://spam.example/{number}") for number in range(5)]
    proposal = propose(content | {"claims": [*content["claims"], *more]}, author=cora, entry=study, base=1)
    found = {check["name"]: check for check in proposal.checks}["many_links"]
    assert (found["state"], found["words"]) == ("warned", "5 links from an account of this week.")
