"""A README into the knowledge base: what it brings, what it changes, and what the site keeps."""

import pytest

from accounts.models import User
from resources.entries.content import read_content
from resources.entries.models import Placement, Resource, Section
from resources.history.models import Revision
from resources.publishing import publish, remove
from resources.readme.exporting import export_classic, export_faithful
from tests.makers import a_person
from tests.readme.cast import SMALL, same, take

pytestmark = pytest.mark.django_db


def test_an_import_makes_an_empty_site_that_list():
    report = take(SMALL)
    root = Section.objects.get(parent=None)
    assert (root.title, root.introduction) == ("Awesome Ray", "Things around Ray.")
    assert [section.title for section in root.children.order_by("position")] == ["Tools", "Talks"]
    tools = Section.objects.get(slug="tools")
    assert [seat.resource.title for seat in tools.placements.all()] == ["One", "Two", "Three", "Four"]
    assert [row["text"] for row in tools.passages] == ["Between the lists."]
    assert len(report.added) == 8


def test_a_dry_run_says_everything_and_writes_nothing():
    report = take(SMALL, dry_run=True)
    assert len(report.added) == 8
    assert not Section.objects.exists()
    assert not Revision.objects.exists()


def test_a_newer_file_changes_what_it_changed_and_keeps_what_the_site_changed():
    take(SMALL)
    two = Resource.objects.get(slug="two")
    publish(read_content(two) | {"summary": "Edited on the site."}, entry=two, author=a_person())
    report = take(SMALL.replace("The first.", "The very first."))
    assert Resource.objects.get(slug="one").summary == "The very first."
    assert Resource.objects.get(slug="two").summary == "Edited on the site."
    assert report.changed == ["One"]
    assert report.at_odds == []


def test_where_both_changed_one_field_the_site_stays_and_the_report_says_so():
    take(SMALL)
    two = Resource.objects.get(slug="two")
    publish(read_content(two) | {"summary": "Edited on the site."}, entry=two, author=a_person())
    report = take(SMALL.replace("The second.", "Edited in the file."))
    assert report.at_odds == ["Two: summary"]
    assert Resource.objects.get(slug="two").summary == "Edited on the site."
    assert take(SMALL.replace("The second.", "Edited in the file.")).nothing_changed


def test_prose_that_both_changed_merges_by_lines():
    text = SMALL.replace("Tools that people use.", "First line.\n\nSecond line.\n\nThird line.")
    take(text)
    tools = Section.objects.get(slug="tools")
    edited = tools.introduction.replace("First line.", "First line, by the site.")
    publish(read_content(tools) | {"introduction": edited}, entry=tools, author=a_person())
    take(text.replace("Third line.", "Third line, by the file."))
    tools.refresh_from_db()
    assert tools.introduction == "First line, by the site.\n\nSecond line.\n\nThird line, by the file."


def test_a_moved_item_a_renamed_heading_and_a_mended_address_keep_their_history():
    take(SMALL)
    ids = dict(Resource.objects.values_list("title", "pk"))
    sections = dict(Section.objects.values_list("title", "pk"))
    line = "- [One](https://one.example) - The first.\n"
    newer = SMALL.replace(line, "").replace("## Talks\n\n", f"## Talks\n\n{line}")
    newer = newer.replace("## Tools", "## Utilities").replace("https://two.example", "https://two.example/new-home")
    report = take(newer)
    assert dict(Resource.objects.values_list("title", "pk")) == ids
    assert Section.objects.get(title="Utilities").pk == sections["Tools"]
    assert [seat.section.title for seat in Placement.objects.filter(resource__title="One")] == ["Talks"]
    assert report.moved == ["One"]
    assert report.added == []
    assert export_faithful() == newer


def test_a_heading_that_the_site_renamed_is_known_when_the_file_comes_again():
    text = SMALL + "\n## About\n\nOnly prose.\n"
    take(text)
    about = Section.objects.get(title="About")
    publish(read_content(about) | {"title": "Who We Are"}, entry=about, author=a_person())
    assert take(text).nothing_changed
    assert Section.objects.filter(title="About").count() == 0


def test_a_summary_that_the_site_gave_stays_in_the_faithful_form_when_the_file_comes_again():
    text = SMALL.replace(" - The second.", "")
    take(text)
    two = Resource.objects.get(slug="two")
    publish(read_content(two) | {"summary": "Said on the site."}, entry=two, author=a_person())
    assert take(text).nothing_changed
    assert "- [Two](https://two.example) - Said on the site." in export_faithful()


def test_a_heading_and_a_title_that_are_too_long_for_a_page_are_whole_in_the_exports():
    text = SMALL.replace("## Talks", "## " + "Long " * 80 + "end").replace("[Five]", "[" + "Name " * 80 + "end]")
    take(text)
    assert same(export_faithful(), text)
    assert "Long " * 80 + "end" in export_classic()
    assert "Name " * 80 + "end" in export_classic()
    assert take(text).nothing_changed


def test_what_the_file_lacks_stays_and_is_named():
    take(SMALL)
    report = take(SMALL.replace("- [Two](https://two.example) - The second.\n", ""))
    assert Resource.objects.live().count() == 5
    assert report.kept == ["Two"]


def test_what_was_removed_from_the_site_does_not_come_back():
    take(SMALL)
    remove(Resource.objects.get(slug="two"), author=a_person(), reason="Spam")
    report = take(SMALL)
    assert report.kept_removed == ["Two"]
    assert report.nothing_changed
    assert "two.example" not in export_classic()


def test_another_list_merges_by_address_and_heading_and_leaves_the_preamble():
    take(SMALL)
    other = (
        "# Awesome Other\n\nAnother preamble.\n\n## Tools\n\n- [Two](http://www.two.example/) - The second.\n"
        "- [Six](https://six.example) - The sixth.\n\n## Papers\n\n- [Two](https://two.example) - Twice.\n"
    )
    take(other)
    root = Section.objects.get(parent=None)
    assert (root.title, root.introduction) == ("Awesome Ray", "Things around Ray.")
    assert Resource.objects.filter(title="Two").count() == 1
    assert {seat.section.title for seat in Placement.objects.filter(resource__title="Two")} == {"Tools", "Papers"}
    assert [section.title for section in root.children.order_by("position")] == ["Tools", "Papers", "Talks"]
    assert "six.example" in export_classic()
    assert take(other).nothing_changed


def test_one_address_in_two_sections_is_one_resource_with_two_seats_and_both_wordings():
    twice = SMALL.replace("- [Five]", "- [Two, the talk](https://two.example) - Told by its author.\n- [Five]")
    take(twice)
    resource = Resource.objects.get(address__contains="two.example")
    assert [seat.section.title for seat in resource.placements.order_by("pk")] == ["Tools", "Talks"]
    assert export_faithful() == twice
    assert "- [Two, the talk](https://two.example) - Told by its author." in export_classic()


def test_every_version_in_a_row_only_adds(versions):
    known: set[str] = set()
    for version in versions:
        report = take(version.read_bytes())
        addresses = set(Resource.objects.live().values_list("address", flat=True))
        assert known <= addresses
        assert report.removed == []
        assert report.at_odds == []
        known = addresses
    assert Resource.objects.count() == len(known)
    assert same(export_faithful(), versions[-1].read_text())


def test_an_author_without_a_usable_email_gets_an_account_of_their_own():
    take(SMALL)
    assert User.objects.get(name="rayhub").is_active is False
