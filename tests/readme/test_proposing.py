"""An import that asks: the same list, by way of the review queue."""

import json

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.credits import house_account
from resources.entries.models import Entry, Resource
from resources.history.models import Revision
from resources.proposals.models import Proposal
from resources.readme.importing import import_outline
from resources.readme.parsing import parse_bytes
from resources.readme.proposing import propose_import
from tests.makers import a_person
from tests.readme.samples import CLEAN

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
