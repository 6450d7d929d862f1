"""An import that asks: the same list, by way of the review queue."""

import json

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from accounts.credits import house_account
from accounts.roles import give_role
from resources.entries.content import read_content
from resources.entries.models import Entry, Resource, Section
from resources.history.models import Revision
from resources.moderation.deciding import accept, reject
from resources.proposals.models import Proposal
from resources.proposals.references import SectionUndecided
from resources.readme.exporting import export_classic
from resources.readme.importing import import_outline
from resources.readme.parsing import parse_bytes
from resources.readme.proposing import propose_import
from tests.makers import a_person
from tests.readme.samples import ALL, CLEAN

pytestmark = pytest.mark.django_db


def imported(text, **given):
    return import_outline(parse_bytes(text.encode(), "README.md"), author=house_account(), **given)


def proposed(text, **given):
    return propose_import(lambda: imported(text, message="From a list"), batch="a-list", **given)


def test_nothing_goes_live_and_every_change_waits():
    report = proposed(CLEAN)
    assert not Entry.objects.exists()
    assert not Revision.objects.exists()
    assert report.proposals == Proposal.objects.filter(batch="a-list", act="create", state="open").count()
    resources = Proposal.objects.filter(type="resource")
    assert {one.title for one in resources} == {"Alpha", "Alpha Two", "Beta", "Gamma", "Delta"}
    books = Proposal.objects.get(type="section", title="Books")
    delta = Proposal.objects.get(title="Delta")
    assert [row["section"] for row in delta.content["placements"]] == [-books.pk]
    assert books.content["parent"] == -Proposal.objects.get(type="section", content__parent=None).pk
    assert delta.versions.get().content == delta.content
    assert delta.events.get().details == {"batch": "a-list"}


def test_the_same_file_proposes_nothing_twice_and_not_what_was_rejected():
    proposed(CLEAN)
    decision = {"state": "rejected", "note": "Not about rays.", "decided_at": timezone.now()}
    Proposal.objects.filter(title="Beta").update(**decision, decided_by=a_person("mo"))
    before = Proposal.objects.count()
    report = proposed(CLEAN)
    assert (report.proposals, report.nothing_changed) == (0, True)
    assert "Nothing to propose" in report.lines(dry_run=False)[-1]
    assert Proposal.objects.count() == before


def test_a_dry_run_counts_and_proposes_nothing():
    report = proposed(CLEAN, dry_run=True)
    assert report.proposals > 5
    assert "would be made" in report.lines(dry_run=True)[-1]
    assert not Proposal.objects.exists()


def test_only_what_differs_from_the_site_is_asked_for():
    imported(CLEAN)
    changed = CLEAN.replace("Is *fast* (and small).", "Is *very* fast.")
    report = proposed(changed)
    asked = Proposal.objects.get()
    gamma = Resource.objects.get(title="Gamma")
    assert (report.proposals, asked.entry_id, asked.act, asked.base) == (1, gamma.pk, "edit", gamma.revision_number)
    assert asked.content["summary"] == "Is *very* fast."
    assert gamma.summary == "Is *fast* (and small)."


def test_the_command_names_the_batch_and_says_where_to_look(tmp_path, capsys):
    path = tmp_path / "README.md"
    path.write_text(CLEAN)
    call_command("import_readme", str(path), "--propose", "--json")
    data = json.loads(capsys.readouterr().out)
    assert data["revisions"] == 0
    assert data["proposals"] == Proposal.objects.filter(batch=data["batch"]).count() > 5
    assert data["batch"].startswith("readme-")
    call_command("import_readme", str(path), "--propose")
    assert "Nothing to propose" in capsys.readouterr().out


def catalogue():
    """Every live entry by title, with the sections that it names by their titles."""
    titles = dict(Section.objects.values_list("pk", "title")) | {None: None}
    found = []
    for model in (Section, Resource):
        for entry in model.objects.live().order_by("slug"):
            content = read_content(entry)
            if "parent" in content:
                content["parent"] = titles[content["parent"]]
            seats = [row | {"section": titles[row["section"]]} for row in content.pop("placements", [])]
            found.append((content, sorted(seats, key=str)))
    return found


def accept_all(moderator):
    for proposal in Proposal.objects.waiting().longest_waiting():
        accept(proposal, moderator=moderator, version=proposal.version)


@pytest.mark.parametrize("name", ALL)
def test_accepting_all_in_the_order_of_the_queue_gives_what_the_import_gives(name):
    moderator = a_person("mo")
    give_role(moderator, "moderator")
    with transaction.atomic():
        imported(ALL[name])
        expected, markdown = catalogue(), export_classic()
        transaction.set_rollback(True)
    proposed(ALL[name])
    accept_all(moderator)
    assert catalogue() == expected
    assert export_classic() == markdown
    assert proposed(ALL[name]).nothing_changed


def test_a_newer_list_accepted_changes_moves_and_keeps():
    moderator = a_person("mo")
    give_role(moderator, "moderator")
    imported(CLEAN)
    newer = CLEAN.replace("Is *fast* (and small).", "Is *very* fast.").replace(
        "## Books\n\n", "## Books\n\n- [Epsilon](https://epsilon.example) - Is new.\n"
    )
    with transaction.atomic():
        imported(newer)
        expected = catalogue()
        transaction.set_rollback(True)
    proposed(newer)
    accept_all(moderator)
    assert catalogue() == expected


def test_a_seat_in_a_section_that_still_waits_cannot_be_accepted_and_in_a_rejected_one_is_left_out():
    moderator = a_person("mo")
    give_role(moderator, "moderator")
    imported(CLEAN)
    proposed(CLEAN.replace("## Books\n", "## Films\n\n- [Zeta](https://zeta.example) - Is a film.\n\n## Books\n"))
    films, zeta = Proposal.objects.get(title="Films"), Proposal.objects.get(title="Zeta")
    with pytest.raises(SectionUndecided, match="Films"):
        accept(zeta, moderator=moderator, version=1)
    reject(films, moderator=moderator, version=1, reason="Not a subject of this list.")
    accept(zeta, moderator=moderator, version=1)
    assert not Resource.objects.get(title="Zeta").placements.exists()
