"""Pictures of pages: drawn once for each revision, within limits, whatever a title says."""

import re
import struct
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resources.cards import drawing, keeping
from resources.cards.drawing import ROOM, Card, _wrapped, png_of, svg_of
from resources.entries.content import read_content
from resources.publishing import publish, remove
from tests.makers import a_case_study, a_comparison, a_guide, a_person, a_resource, a_section

NASTY = "</text><script>alert(1)</script> & \"x\" 'y' \x00\x1b\ufffe\ud800 ‮ <!ENTITY a SYSTEM 'file:///etc/passwd'> &a;"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.RAYHUB_DATA = tmp_path


def size_of(png):
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


def texts(svg):
    return [one.text or "" for one in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.django_db
def test_every_kind_has_one_that_its_page_names(client, tmp_path):
    for made in (a_guide(), a_case_study(), a_comparison(), a_resource(), a_section()):
        page = client.get(made.get_absolute_url()).content.decode()
        address = re.search(r'<meta property="og:image" content="http://127\.0\.0\.1:8000([^"]+)">', page)
        assert address
        answer = client.get(address[1])
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
        assert answer["Cache-Control"] == "public, max-age=3600"
        assert size_of(answer.content) == (1200, 630)
        assert len(answer.content) < 150_000
        assert client.get(address[1], headers={"if-none-match": answer["ETag"]}).status_code == 304
        assert '<meta name="twitter:card" content="summary_large_image">' in page
    assert len(list((tmp_path / "cards").iterdir())) == 5
    assert "http://127.0.0.1:8000/cards/site.png" in client.get("/changes/").content.decode()
    assert client.get("/cards/site.png").status_code == 200


@pytest.mark.django_db
def test_a_revision_is_drawn_once_and_the_one_before_goes(client, tmp_path):
    guide = a_guide("Before", summary="With **stars**.")
    before = client.get("/cards/wikipage/before.png").content
    assert before == png_of(Card("Before", "Guide", "With stars."))
    kept = tmp_path / "cards" / f"wikipage-{guide.pk}.1.{drawing.LOOK}.png"
    drawn_at = kept.stat().st_mtime_ns
    assert client.get("/cards/wikipage/before.png").content == before
    assert kept.stat().st_mtime_ns == drawn_at
    publish(read_content(guide) | {"title": "After"}, entry=guide, author=a_person(), base=1)
    assert client.get("/cards/wikipage/before.png").content == png_of(Card("After", "Guide", "With stars."))
    assert [one.name for one in (tmp_path / "cards").iterdir()] == [f"wikipage-{guide.pk}.2.{drawing.LOOK}.png"]


@pytest.mark.django_db
def test_without_time_to_draw_the_sites_own_is_shown(client, settings, monkeypatch):
    a_guide("Ray Core")
    client.get("/cards/site.png")
    settings.RATE_LIMITS = True
    monkeypatch.setattr(keeping, "A_MINUTE", 0)
    answer = client.get("/cards/wikipage/ray-core.png")
    assert (answer.status_code, answer["Location"], answer["Cache-Control"]) == (302, "/cards/site.png", "no-store")
    assert client.get("/cards/site.png").status_code == 200


@pytest.mark.django_db
def test_files_have_an_end(client, tmp_path, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_KEPT", 3)
    for number in range(6):
        a_guide(f"Guide {number}")
        client.get(f"/cards/wikipage/guide-{number}.png")
    assert len(list((tmp_path / "cards").iterdir())) <= 3


@pytest.mark.django_db
def test_what_is_not_there_or_gone_says_so(client):
    guide = a_guide("Ray Core")
    remove(guide, author=a_person(), reason="Gone.")
    assert client.get("/cards/wikipage/ray-core.png").status_code == 410
    assert client.get("/cards/wikipage/none.png").status_code == 404
    assert client.get("/cards/none/ray-core.png").status_code == 404
    assert client.get("/cards/wikipage/..%2f..%2fx.png").status_code == 404
    assert client.post("/cards/site.png").status_code == 405


def test_titles_are_words_and_nothing_else():
    svg = svg_of(Card(NASTY, NASTY, NASTY))
    root = ElementTree.fromstring(svg)
    assert {one.tag.rpartition("}")[2] for one in root.iter()} <= {"svg", "rect", "g", "path", "circle", "text"}
    assert "alert(1)" in " ".join(texts(svg))
    assert "\x00" not in svg
    assert size_of(png_of(Card(NASTY, NASTY, NASTY))) == (1200, 630)


def test_scripts_without_spaces_are_broken_and_long_titles_cut():
    title = "以Ray建構大規模機器學習平台的完整指南" * 8
    shown = texts(svg_of(Card(title, "", "")))[2:]
    assert 1 < len(shown) <= 4
    assert shown[-1].endswith("…")
    assert len(texts(svg_of(Card("w" * 300, "", "x " * 500)))) <= 9


def test_letters_of_several_scripts_are_drawn():
    empty = png_of(Card("", "", ""))
    seen = {png_of(Card(title, "", "")) for title in ("架構", "資料", "데이터", "Данные", "Öl")}
    assert len(seen | {empty}) == 6


@settings(max_examples=40)
@given(st.text(max_size=200), st.sampled_from([30, 50, 76]), st.integers(1, 4))
def test_lines_fit(text, size, most):
    lines = _wrapped(drawing._clean(text), size, most)
    assert len(lines) <= most
    assert all(drawing._width(line, size) <= ROOM + size for line in lines)
