"""README → knowledge base → README, on the real lists and on a small one made by hand."""

import pytest
from django.db import transaction

from accounts.credits import house_account
from resources.content_files.loading import load_folder
from resources.entries.content import read_content
from resources.entries.models import Placement, Resource
from resources.history.models import Revision
from resources.publishing import publish
from resources.readme.exporting import export_classic, export_csv, export_faithful, export_json
from tests.conftest import LISTS_REMEDY, need
from tests.makers import a_person, a_resource
from tests.readme.awesome_lint import REMEDY, complaints, find_awesome_lint
from tests.readme.cast import FILES, LISTS, SMALL, STARTER, changed_lines, same, take
from tests.readme.keeping import holdings
from tests.readme.samples import ALL

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[*ALL, "small", *LISTS])
def source(request) -> bytes:
    by_hand = ALL | {"small": SMALL}
    name = request.param
    return by_hand[name].encode() if name in by_hand else FILES[name].read_bytes()


def test_nothing_is_lost_and_the_second_import_changes_nothing(source):
    before = transaction.savepoint_create()
    take(source)
    assert same(export_faithful(), source.decode())
    classic = export_classic()
    assert holdings(source.decode("utf-8-sig")).lost(holdings(classic)) == {}
    count = Revision.objects.count()
    assert take(source).nothing_changed
    assert Revision.objects.count() == count
    assert same(export_faithful(), source.decode())

    # The clean form is a fixpoint: a site that is made from it writes it again.
    transaction.savepoint_rollback(before)
    take(classic)
    assert same(export_classic(), classic)
    assert take(classic).nothing_changed


@pytest.mark.parametrize("export", [export_classic, export_faithful])
def test_one_edit_changes_the_lines_of_one_entry(export):
    take(SMALL)
    before = export()
    resource = Resource.objects.get(slug="two")
    publish(read_content(resource) | {"summary": "Quite another one."}, entry=resource, author=a_person())
    gone, came = changed_lines(before, export())
    assert gone == ["- [Two](https://two.example) - The second."]
    assert came == ["- [Two](https://two.example) - Quite another one."]


@pytest.mark.lists
@pytest.mark.parametrize("name", ["rust-unofficial__awesome-rust.md", "krispo__awesome-haskell.md", "README.md"])
def test_one_edit_of_a_real_list_changes_one_line_and_one_addition_adds_one(name):
    if name not in FILES:
        pytest.skip(LISTS_REMEDY)
    take(FILES[name].read_bytes())
    before = export_faithful()
    seat = Placement.objects.filter(lead="", label="").order_by("pk")[5]
    content = read_content(seat.resource) | {"summary": "Words that nobody has written before."}
    publish(content, entry=seat.resource, author=a_person())
    gone, came = changed_lines(before, export_faithful())
    assert len(gone) == len(came) == 1
    assert "Words that nobody has written before" in came[0]
    after = export_faithful()
    a_resource("Something New", sections=(seat.section,), summary="Fresh.", url="https://new.example/")
    gone, came = changed_lines(after, export_faithful())
    assert gone == []
    assert len(came) == 1


def test_the_export_of_a_new_site_has_nothing_that_awesome_lint_complains_about(tmp_path):
    program = find_awesome_lint()
    need(program is not None, REMEDY)
    assert program is not None
    load_folder(STARTER, author=house_account(), summary="")
    assert complaints(program, export_classic(), tmp_path) == []


def test_the_export_as_data():
    take(SMALL)
    resource = Resource.objects.get(slug="one")
    publish(read_content(resource) | {"summary": "=1+1"}, entry=resource, author=a_person())
    rows = export_csv().splitlines()
    assert rows[1].startswith("Tools,One,https://one.example,'=1+1,")
    assert '"title": "Awesome Ray"' in export_json()
