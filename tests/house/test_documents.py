"""Documents that fail the build when they lie."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import get_resolver

ROOT = Path(__file__).resolve().parents[2]
OPERATING = (ROOT / "docs" / "operating.md").read_text()
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text()


def test_every_setting_is_documented():
    code = (ROOT / "rayhub" / "settings.py").read_text() + (ROOT / "rayhub" / "environment.py").read_text()
    used = set(
        re.findall(r"(?:environment\.)?(?:text|flag|numbers?|networks|addresses|words|choice)\(\s*\"([A-Z_]+)\"", code)
    )
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", OPERATING, re.MULTILINE))
    assert used == documented


def test_every_command_is_documented():
    ours = {name for name, app in get_commands().items() if app == "resources"}
    documented = set(re.findall(r"^\| `manage\.py (\w+)", OPERATING, re.MULTILINE))
    assert ours == documented


def test_every_address_is_documented():
    documented = re.findall(r"`(/[^`]*)`", OPERATING.partition("## Addresses")[2])
    ours = get_resolver("resources.urls").url_patterns
    assert len(ours) > 10
    for pattern in ours:
        address = "/" + re.sub(r"<\w+:(\w+)>", r"<\1>", str(pattern.pattern))
        beside = re.search(
            r"/<slug>(\.md|/history(/.*|\.atom|\.json)|/talk/|/backlinks/|/links/|/rewrite/|/watch/|/(un)?protect/|/edit/.*|/remove/|/restore/.*)$",
            address,
        )
        feed = address.endswith(".json") and address.replace(".json", ".atom") in documented
        assert beside or feed or address in documented, f"{address} is not in docs/operating.md"


def test_every_package_is_in_the_layout():
    packages = {path.parent.name for path in (ROOT / "resources").glob("*/__init__.py")}
    layout = ARCHITECTURE.partition("## Layout")[2].partition("##")[0]
    missing = {name for name in packages - {"migrations"} if f" {name}/" not in layout}
    assert missing == set()


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", "docs/operating.md", "docs/architecture.md", "docs/content-files.md"]
)
def test_links_between_documents_lead_somewhere(name):
    file = ROOT / name
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", file.read_text()):
        assert (file.parent / target).exists(), f"{name} links to {target}"


def test_every_make_target_of_the_documents_exists():
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    text = "".join((ROOT / name).read_text() for name in ("README.md", "CONTRIBUTING.md", "docs/operating.md"))
    assert set(re.findall(r"make ([a-z]+)[` ]", text)) - {"sure"} <= targets
