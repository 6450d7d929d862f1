"""search(): what is found, in which order, with which marks."""

import pytest

from resources.links.models import Link
from resources.publishing import publish, remove, restore
from resources.search import postgresql
from resources.search.query import Query, Results, search
from resources.verifying.actions import take_back, verify
from tests.makers import a_case_study, a_comparison, a_guide, a_person, a_release, a_resource, a_section

pytestmark = pytest.mark.django_db


def titles(text: str, **choices: object) -> list[str]:
    """The titles of what is found."""
    return [hit.plain_title for hit in search(Query(text, **choices)).hits]  # type: ignore[arg-type]  # as named


def shown(found: Results, place: int = 0) -> str:
    """A result's piece, its marks in brackets."""
    return "".join(f"[{text}]" if marked else text for text, marked in found.hits[place].piece)


def test_title_counts_more_than_tag_and_summary_and_text() -> None:
    a_guide("In the text", body="Plasma is a store.")
    a_guide("In the summary", summary="About plasma.")
    a_guide("With the tag", tags=["plasma"])
    a_guide("Plasma")
    assert titles("plasma") == ["Plasma", "With the tag", "In the summary", "In the text"]


def test_every_kind_is_found() -> None:
    section = a_section("Zebra section")
    a_resource("Zebra resource", sections=(section,))
    a_guide("Zebra guide")
    a_case_study("Zebra")
    a_comparison("Zebra comparison")
    assert len(titles("zebra")) == 5
    assert titles("zebra kind:guide") == ["Zebra guide"]
    assert titles("zebra kind:resource") == ["Zebra resource"]
    assert set(titles("zebra -kind:section")) == set(titles("zebra")) - {"Zebra section"}


@pytest.mark.parametrize(
    ("typed", "there"),
    [
        ("serving", True), ("SERVES", True), ("served", True), ("café", True), ("cafe", True), ("Ｃａｆｅ", True),
        ('"fault tolerance"', True), ('"tolerance fault"', False), ("tolerance -fault", False), ("tolerance -absent", True),
        ("check*", True), ("heckpoint*", False), ("ray.init", True), ("num_cpus", True), ("num-cpus", True), ("init.ray", False),
        ("how to serve", True), ("in:title fault", False), ("in:title guide", True), ("2.60.0", True), ("分布式", True),
        ("布式", True), ("式", True), ("分式", False), ("계산", True),
    ],
)  # fmt: skip
def test_words(typed: str, there: bool) -> None:
    text = (
        "Serve a Café: `ray.init(num_cpus=2)` of 2.60.0 has fault tolerance with checkpoints. 分布式计算 and 분산계산."
    )
    a_guide("The guide", body=text)
    found = search(Query(typed))
    assert bool(found.total and not found.instead and not found.any_word) is there


def test_the_last_word_may_go_on_while_one_types() -> None:
    a_guide("Checkpointing")
    assert titles("checkp", typing=True) == ["Checkpointing"]
    assert titles("checkp") == ["Checkpointing"]
    a_guide("Checkp")
    assert titles("checkp") == ["Checkp"]


def test_pieces_show_why_and_are_no_markup() -> None:
    a_guide(
        "Stores", body=("Words before. " * 30) + "The <b>plasma</b> store & `<script>` hold objects. " + "After. " * 90
    )
    found = search(Query("plasma object"))
    piece = shown(found)
    assert "[plasma] store & <script> hold [objects]" in piece
    assert piece.startswith("…")
    assert piece.endswith("…")
    assert len(piece) < 300


def test_slips_are_forgiven() -> None:
    a_guide("Kubernetes operator")
    found = search(Query("kubernets opertor"))
    assert (found.instead, found.hits[0].plain_title) == ("kubernetes operator", "Kubernetes operator")
    assert search(Query("qqqqqq")).total == 0
    assert search(Query("kubernetesoperator")).instead == "kubernetes operator"


def test_where_no_page_has_all_words_some_do() -> None:
    a_guide("Autoscaling")
    found = search(Query("autoscaling zebra"))
    assert found.any_word
    assert [hit.plain_title for hit in found.hits] == ["Autoscaling"]


def test_broken_and_gone_come_later() -> None:
    for title in ("Raptor one", "Raptor two", "Raptor three"):
        a_resource(title, summary="", url=f"https://{title[7:]}.example/")
    Link.objects.filter(key__contains="three").update(state="broken")
    assert titles("raptor") == ["Raptor two", "Raptor one", "Raptor three"]
    assert titles("raptor is:broken") == ["Raptor three"]
    assert set(titles("raptor -is:broken")) == {"Raptor two", "Raptor one"}
    assert len(titles("is:untested")) == 2


def test_operators_narrow() -> None:
    security = a_section("Security")
    ports = a_section("Open ports", parent=security)
    bob = a_person("bob")
    a_resource("Alpha", sections=(ports,), tags=["llm", "Two words"], libraries=["serve"], kind="paper", author=bob)
    a_guide("Beta", tags=["llm"])
    assert set(titles("tag:llm")) == {"Alpha", "Beta"}
    assert titles("tag:llm library:serve") == titles("tag:two-words") == titles('tag:"Two words"') == ["Alpha"]
    assert titles("tag:llm -library:serve") == ["Beta"]
    assert set(titles("section:security")) == {"Alpha", "Open ports"}
    assert titles("section:open-ports") == titles('section:"open ports"') == ["Alpha"]
    assert titles("kind:paper") == titles("by:bob") == titles("by:BOB") == ["Alpha"]
    assert titles("is:active") == ["Alpha"]


def test_what_is_not_known_is_said_and_narrows_nothing() -> None:
    a_guide("Beta")
    found = search(Query("beta kind:nonsense tag:x library:y section:z by:q is:odd"))
    assert [hit.plain_title for hit in found.hits] == ["Beta"]
    assert len(found.problems) == 6
    assert "nonsense" in found.problems[0]


def test_verified_is_known() -> None:
    guide, editor = a_guide("Beta"), a_person("ed", role="editor")
    assert titles("beta is:unverified") == ["Beta"]
    made = verify(guide, release=a_release(), person=editor, revision_number=1)
    assert titles("beta is:verified") == ["Beta"]
    take_back(made, by=editor)
    assert titles("beta is:unverified") == ["Beta"]
    verify(guide, release=a_release(), person=editor, revision_number=1, note="Again.")
    publish({"title": "Beta", "slug": "beta", "body": "More."}, entry=guide, author=a_person())
    assert titles("beta is:verified") == []
    a_case_study("Uber", claims=({"key": "a", "statement": "Fast.", "position": 1, "state": "disputed"},))
    assert titles("is:disputed") == ["Uber on Ray"]


def test_removed_is_not_found_until_it_is_restored() -> None:
    guide = a_guide("Beta")
    remove(guide, author=a_person(), reason="Old.")
    assert titles("beta") == []
    restore(guide, number=1, author=a_person())
    assert titles("beta") == ["Beta"]


def test_guides_that_lead_on_are_names_of_another() -> None:
    target, other = a_guide("Ray Serve"), a_guide("Ray Data")
    leading = a_guide("Model gateway", redirect=target)
    assert titles("gateway") == ["Ray Serve"]
    content = {"title": "Model gateway", "slug": "model-gateway", "redirect": other.pk}
    publish(content, entry=leading, author=a_person())
    assert titles("gateway") == ["Ray Data"]
    publish(content | {"redirect": None}, entry=leading, author=a_person())
    assert titles("gateway") == ["Model gateway"]
    publish(content, entry=leading, author=a_person())
    remove(leading, author=a_person(), reason="Old.")
    assert titles("gateway") == []


def test_an_address_that_an_entry_once_had_finds_it() -> None:
    guide = a_guide("Ray Serve", slug="gateway-manual")
    publish({"title": "Ray Serve", "slug": "ray-serve"}, entry=guide, author=a_person())
    assert titles("gateway manual") == ["Ray Serve"]


def test_facets_count_what_results_have_in_common() -> None:
    section = a_section("Libraries")
    for number in range(3):
        a_resource(
            f"Zebra {number}", sections=(section,), tags=["x"] if number else [], kind="paper" if number else "book"
        )
    facets = {
        facet.word: [(one.operator, one.pages) for one in facet.values] for facet in search(Query("zebra")).facets
    }
    assert facets["kind"] == [("kind:paper", 2), ("kind:book", 1)]
    assert facets["tag"] == [("tag:x", 2)]
    assert "section" not in facets


def test_titles_are_found_whether_few_or_very_many_match() -> None:
    ada, bob = a_person("ada"), a_person("bob")
    for number in range(12):
        a_guide(f"Zebra {number:02}", author=bob if number else ada, body="Zebras.")
    a_guide("Horse", author=bob, body="A zebra without stripes.")
    for words in ("in:title zebra", "zebra"):
        found = search(Query(words, ranked_at_most=4))
        assert (found.bounded, found.total, found.hits[0].plain_title) == (True, 4, "Zebra 11")
        assert [hit.plain_title for hit in search(Query(f"{words} by:ada", ranked_at_most=4)).hits] == ["Zebra 00"]
    assert search(Query("in:title zebra")).total == 12
    assert search(Query("in:title nothing")).total == 0


def test_orders_and_parts() -> None:
    for number in range(25):
        a_guide(f"Zebra {number:02}")
    assert titles("zebra", sort="title")[0] == "Zebra 00"
    assert titles("zebra", sort="newest")[0] == "Zebra 24"
    assert len(titles("zebra", start=20)) == len(titles("zebra", start=999)) == 5
    found = search(Query("zebra", ranked_at_most=10))
    assert (found.bounded, found.total) == (True, 10)
    assert found.hits[0].plain_title == "Zebra 24"


def test_a_slip_that_a_page_has_too_is_asked_about() -> None:
    a_guide("Notes", body="About chekpoint and more.")
    for number in range(5):
        a_guide(f"Cluster {number}", body="About checkpoint.")
    found = search(Query("chekpoint -windows"))
    assert ([hit.plain_title for hit in found.hits], found.suggestion) == (["Notes"], "checkpoint -windows")
    assert search(Query("checkpoint")).suggestion == ""
    a_guide("Chekpoint, a game")
    assert search(Query("chekpoint")).suggestion == "", "it is the name of something here"


def test_a_title_stands_on_top_even_where_too_many_pages_match() -> None:
    a_guide("Plasma", body="An old page.")
    for number in range(12):
        a_guide(f"Page {number}", body="About plasma.")
    found = search(Query("plasma", ranked_at_most=10))
    assert (found.bounded, found.hits[0].plain_title) == (True, "Plasma")
    assert search(Query("plasma kind:guide -absent", ranked_at_most=10)).hits[0].plain_title == "Plasma"
    assert search(Query("kind:guide", ranked_at_most=10)).bounded


@pytest.mark.parametrize("many", [1, 2, 100])
def test_links_narrow_whether_few_or_very_many_stand_so(monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    monkeypatch.setattr(postgresql, "MANY", many)
    for number in range(6):
        a_resource(f"Raptor {number}", url=f"https://raptor.example/{number}", summary="A raptor.")
    Link.objects.filter(key__endswith="0").update(state="broken")
    Link.objects.exclude(key__endswith="0").update(state="ok")
    for most in (2, 50):  # more than two match: the freshest, and those that match in their titles
        found = {
            text: {hit.plain_title for hit in search(Query(text, ranked_at_most=most)).hits}
            for text in (
                "raptor is:broken",
                "raptor -is:broken",
                "is:broken",
                "in:title raptor -is:works",
                "raptor is:works",
            )
        }
        works = {f"Raptor {number}" for number in ((4, 5) if most == 2 else range(1, 6))}
        assert found == {
            "raptor is:broken": {"Raptor 0"}, "raptor -is:broken": works, "is:broken": {"Raptor 0"},
            "in:title raptor -is:works": {"Raptor 0"}, "raptor is:works": works,
        }  # fmt: skip
