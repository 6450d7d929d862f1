"""check_links --readme: any README, without a database; a summary in Markdown or JSON, and exit codes."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from resources.readme.addresses import Standing, addresses_of
from tests.links.loopback_web import Web, loopback_web
from tests.processes import ROOT

EXAMPLE = re.search(
    r"^    (manage\.py check_links --readme .*)$", (ROOT / "docs" / "links.md").read_text(), re.MULTILINE
)

TEXT = """# A list ![badge](https://img.example/b.svg)

- [One](https://one.example/a) - words <https://auto.example/x>
  and https://bare.example/y_(z)). More of [it](#here), [that](docs/that.md), [him](mailto:a@b.example).
- `https://code.example/`
- [ref][r] <a href='https://html.example/?a=1&amp;b=2'>x</a>

<p align=center>
<img src="https://block.example/i.png">
</p>

    https://indented.example/

| a | b |
|---|---|
| [t](http://www.One.example/a/) | http://cell.example/1 |

[r]: https://ref.example/p
[![i](https://in.example/1.png)](https://out.example/)
"""


def test_every_address_that_a_reader_can_follow_with_its_lines():
    assert addresses_of(TEXT) == [
        Standing("https://img.example/b.svg", [1]),
        Standing("https://one.example/a", [3, 16]),
        Standing("https://auto.example/x", [3]),
        Standing("https://bare.example/y_(z)", [4]),
        Standing("https://ref.example/p", [6]),
        Standing("https://html.example/?a=1&b=2", [6]),
        Standing("https://block.example/i.png", [9]),
        Standing("http://cell.example/1", [16]),
        Standing("https://out.example/", [19]),
        Standing("https://in.example/1.png", [19]),
    ]


@pytest.mark.parametrize(
    "text", ["", "\ufeff# x", "[" * 500 + "](https://a.example)", "<a href=>x", "[x](<>)\r\n\r\n<img src>"]
)
def test_no_text_is_too_odd(text):
    addresses_of(text)


@pytest.fixture(scope="module")
def small_web():
    with loopback_web(1) as web:
        yield web


def command(web: Web, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """On a machine where no database answers."""
    environment = os.environ | {
        "DATABASE_URL": "postgresql://nobody:x@127.0.0.1:1/nowhere", "RAYHUB_DATA": str(folder / "data"),
        "LINK_CHECK_ALLOW_PRIVATE": "127.0.0.0/8", "LINK_CHECK_PORTS": str(web.port),
    }  # fmt: skip
    found = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.run(found, cwd=folder, env=environment, text=True, capture_output=True, timeout=60, check=False)


def test_the_example_of_the_document_tells_what_is_broken_and_where(small_web, tmp_path):
    """As it stands in docs/links.md, on a machine without a database."""
    assert EXAMPLE
    *arguments, arrow, _file = shlex.split(EXAMPLE[1])
    assert arrow == ">"
    missing, moved = small_web.address("missing/1"), small_web.address("moved/1")
    (tmp_path / "README.md").write_text(
        f"# L\n\n- [a]({small_web.address('ok/1')})\n- [b]({missing}) ![b]({missing})\n- [c]({moved})\n"
        f"- [d](https://<your-host>/) [e](https://intranet.example/x)\n- [f](https://{{cluster}}/x) [g]({missing})\n"
    )
    done = command(small_web, tmp_path, *arguments[1:])
    assert done.returncode == 1, done.stderr
    assert "# Links of README.md\n" in done.stdout
    table = "## Broken (1)\n\n| line | address | why |\n|---:|---|---|\n"
    assert f"{table}| 4, 7 | `{missing}` | 404" in done.stdout
    assert f"→ {small_web.address('ok/1')} |" in done.stdout
    assert "excluded" in done.stdout
    assert small_web.asked("missing/1") == 1
    assert not (tmp_path / "data" / "rayhub.sqlite3").exists()


def test_as_json_with_exit_0_when_nothing_is_broken(small_web, tmp_path):
    (tmp_path / "list.md").write_text(f"[a]({small_web.address('ok/2')})\n\n[a]({small_web.address('ok/2')}#x)\n")
    done = command(small_web, tmp_path, "check_links", "--readme", "list.md", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    plain, with_fragment = found["links"]
    assert (plain["verdict"], plain["lines"], plain["note"]) == ("ok", [1], "")
    assert "fragment" in with_fragment["note"]
    assert (found["summary"]["links"], found["summary"]["broken"]) == (2, 0)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--readme", "none.md"), "No such file"),
        (("--readme", "binary.md"), "UTF-8"),
        (("--readme", "list.md", "--all"), "leave out --all"),
        (("--exclude", "x"), "goes with --readme"),
        (("--concurrency", "0"), "whole number"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(arguments, words, small_web, tmp_path):
    (tmp_path / "binary.md").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "list.md").write_text("Nothing.")
    done = command(small_web, tmp_path, "check_links", *arguments)
    assert done.returncode == 2
    assert words in done.stderr.splitlines()[-1]
    assert done.stdout == ""
