"""manage.py propose_repairs."""

import io
import json

import pytest
from django.core.management import call_command

from resources.repairs.models import Repair
from tests.makers import a_resource
from tests.repairs.cast import NEW, OLD, moved

pytestmark = pytest.mark.django_db


def run(*arguments):
    out = io.StringIO()
    call_command("propose_repairs", *arguments, stdout=out)
    return out.getvalue().strip()


def test_a_dry_run_only_says_what_would_be_proposed():
    a_resource(url=OLD)
    moved()
    assert run("--dry-run") == f"moved: {OLD} → {NEW}\n1 repairs would be proposed."
    assert json.loads(run("--dry-run", "--json")) == [{"cause": "moved", "old": OLD, "new": NEW}]
    assert not Repair.objects.exists()


def test_it_says_what_it_did():
    assert run() == "Nothing to propose."
    a_resource(url=OLD)
    moved()
    assert run() == "1 repairs proposed on 1 pages, 0 renewed, 0 taken back."
    assert json.loads(run("--json")) == {"proposed": [], "renewed": [], "withdrawn": [], "pages": 0}
