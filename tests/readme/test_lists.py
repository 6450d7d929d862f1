"""Lists of guides, case studies and comparisons in the README: written out by exports, taken back by imports."""

import json
import re
from typing import Any

import pytest

from accounts.credits import house_account
from resources.entries.content import read_content
from resources.entries.knowledge import WikiPage
from resources.entries.models import Section
from resources.history.models import Revision
from resources.publishing import publish, remove
from resources.readme.exporting import export_classic, export_faithful, export_json
from resources.readme.importing import import_outline
from resources.readme.lists import folded, line_in_file, unfolded
from resources.readme.parsing import parse, parse_bytes
from tests.conftest import need
from tests.makers import a_case_study, a_comparison, a_guide, a_person, a_section
from tests.readme.awesome_lint import REMEDY, complaints, find_awesome_lint

SHORT = """\
# Awesome Ray

Things around Ray.

## Contents

- [Guides](#guides)
- [Tools](#tools)

## Guides

What we wrote.

{{guides tag=ops}}

More words.

## Tools

- [One](https://one.example) - The first.

{{comparisons}}

{{case-studies limit=5}}
"""


def take(text: str) -> Any:
    return import_outline(parse_bytes(text.encode(), "README.md"), author=house_account())


@pytest.fixture
def pages(db: None, settings: Any) -> None:
    settings.SITE_URL = "https://ray.example"
    a_guide("Ray *security*", slug="security", summary="what a cluster_needs | and `more`", tags=["ops"])
    a_guide("Off topic")
    a_comparison("Engines", summary="How they compare.")
    a_case_study("A|B *Inc*", slug="ab", use_case="Pipes | and <b>more</b>", scale="10 nodes", benefit="")


def test_exports_write_lists_out_between_two_comments(pages: None) -> None:
    take(SHORT)
    for text in (export_classic(), export_faithful()):
        assert "{{" not in text
        assert (
            "What we wrote.\n\n<!--list: guides tag=ops-->\n\n"
            "- [Ray \\*security\\*](https://ray.example/wiki/security/) - What a cluster_needs | and \\`more\\`.\n\n"
            "<!--/list-->\n\nMore words.\n"
        ) in text
        assert "- [Engines](https://ray.example/compare/engines/) - How they compare.\n" in text
        text = re.sub(" +", " ", text)
        assert "| Company | Use case | Scale | Key benefit |" in text
        assert (
            "| [A\\|B \\*Inc\\*](https://ray.example/case-studies/ab/) | Pipes \\| and \\<b>more\\</b> | 10 nodes |"
            in text
        )


def test_an_import_takes_them_back_and_nothing_changes(pages: None) -> None:
    take(SHORT)
    assert Section.objects.get(slug="guides").introduction == "What we wrote.\n\n{{guides tag=ops}}\n\nMore words."
    count = Revision.objects.count()
    for export in (export_classic, export_faithful):
        text = export()
        assert take(text).nothing_changed
        assert export() == text
    assert Revision.objects.count() == count


def test_a_new_site_made_from_the_file_writes_the_same_file(pages: None) -> None:
    text = unfolded(SHORT)
    assert "<!--list: guides tag=ops-->" in text
    take(text)
    assert export_faithful() == text
    classic = export_classic()
    assert parse(classic).root.children[0].introduction.split("\n\n")[1] == "{{guides tag=ops}}"
    assert take(text).nothing_changed
    assert export_classic() == classic


def test_what_comes_and_goes_changes_its_own_lines(pages: None) -> None:
    take(unfolded(SHORT))
    before = export_faithful()
    a_guide("Alerts", summary="When to wake up.", tags=["ops"])
    line = "- [Alerts](https://ray.example/wiki/alerts/) - When to wake up.\n"
    after = export_faithful()
    assert after.replace(line, "") == before
    assert line in after
    for page in WikiPage.objects.all():
        remove(page, author=a_person(), reason="Gone.")
    assert "<!--list: guides tag=ops-->\n\n<!--/list-->\n" in export_faithful()
    assert take(export_faithful()).nothing_changed


def test_which_lists_there_are_is_set_by_editing_sections(pages: None) -> None:
    root = a_section("Awesome Ray")
    guides = a_section("Guides", parent=root, introduction="Read these.")
    assert "list:" not in export_classic()
    publish(read_content(guides) | {"introduction": "Read.\n\n{{guides}}"}, entry=guides, author=a_person())
    assert "- [Off topic](https://ray.example/wiki/off-topic/)\n" in export_classic()


def test_a_page_in_two_lists_is_said_to_be_repeated_on_purpose(pages: None) -> None:
    take(SHORT.replace("{{comparisons}}", "{{guides}}"))
    text = export_classic()
    assert text.startswith("<!--lint disable double-link-->\n")
    take(text)
    assert export_classic() == text
    assert take(text).nothing_changed


@pytest.mark.parametrize(
    "text",
    [
        "# A\n\n{{nothing}}\n",
        "# A\n\n{{guides colour=red}}\n",
        "# A\n\nIn a {{guides}} line.\n",
        "# A\n\n{{guides}}\nand more of the paragraph.\n",
        "# A\n\nThe paragraph\n{{guides}}\n",
        "# A\n\n```text\n{{guides}}\n\n{{guides}}\n```\n",
        "# A\n\n~~~~\n\n{{guides}}\n\n~~~\n\n{{guides}}\n\n~~~~\n",
        "# A\n\n- item\n\n  {{guides}}\n",
        "# A\n\n<!--list: nothing-->\n\n- x\n\n<!--/list-->\n",
        "# A\n\n<!--list: guides-->\n\n- x\n",
        "# A\n\n<!--/list-->\n",
    ],
)
def test_what_is_no_list_stays_as_it_is(text: str) -> None:
    assert unfolded(text, lambda _embed: "- no") == text
    assert folded(text) == (text, [])


@pytest.mark.parametrize("eol", ["\n", "\r\n"])
@pytest.mark.parametrize("written", ["", "- [One](https://r.example/PAGE/one/).\n- [Two](/PAGE/two/).", "| a |\n| - |"])
def test_folding_undoes_unfolding_to_the_byte(eol: str, written: str) -> None:
    text = "# A\n{{guides}}\n\n```\n{{guides}}\n```\n\n{{guides limit=3}}\n\n{{comparisons}}".replace("\n", eol)
    out = unfolded(text, lambda embed: written.replace("PAGE", {"guides": "wiki"}.get(embed.name, "compare")))
    assert out.count("<!--list: ") == 3
    assert ("\r" in out) == (eol == "\r\n")
    assert out.count("\n") == out.count(eol)
    assert folded(out)[0] == text


def test_the_report_counts_the_lines_of_the_file() -> None:
    text = "# A\n\n{{guides}}\n\n## B\n\n- [x](https://x.example)\n\n{{guides}}\n\n- [y](https://x.example)\n"
    out = unfolded(text, lambda _embed: "- [One](/wiki/one/).\n- [Two](/wiki/two/).")
    (note,) = parse(out).report
    assert out.splitlines()[note.line - 1] == "- [y](https://x.example)"
    assert line_in_file(1, folded(out)[1]) == 1


def test_the_clean_form_with_lists_passes_awesome_lint(pages: None, tmp_path: Any) -> None:
    program = find_awesome_lint()
    need(program is not None, REMEDY)
    assert program is not None
    take("# Awesome Ray [![Awesome](https://awesome.re/badge.svg)](https://awesome.re)\n" + SHORT.partition("\n")[2])
    assert complaints(program, export_classic(), tmp_path) == []


def test_json_has_what_is_written_too(pages: None) -> None:
    take(SHORT)
    data = json.loads(export_json())
    assert [page["title"] for page in data["guides"]] == ["Off topic", "Ray *security*"]
    assert data["case_studies"][0]["organisation"] == "A|B *Inc*"
    assert data["comparisons"][0]["url"] == "https://ray.example/compare/engines/"


@pytest.mark.parametrize(
    "between",
    [
        "- [RayDP](https://github.com/oap-project/raydp) - Spark on Ray.\n",
        "- [Guide](https://ray.example/wiki/a/) - It [leads](https://evil.example) elsewhere.\n",
        "- [Tool](https://ray.example/resources/a/) - Of another kind.\n",
        "## Tools\n",
        "Words of somebody.\n",
        "<!--list: comparisons-->\n\nWords.\n",
        "```\n",
    ],
)
def test_comments_around_what_is_no_such_list_swallow_nothing(between):
    text = f"<!--list: guides-->\n\n{between}\n<!--/list-->\n"
    assert folded(text) == (text, [])


def test_comments_in_a_block_of_code_are_code():
    text = "```\n<!--list: guides-->\n<!--/list-->\n```\n"
    assert folded(text) == (text, [])
