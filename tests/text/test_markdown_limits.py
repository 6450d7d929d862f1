"""No text takes long, whatever it is: it is drawn within two seconds or refused with a sentence."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resources.text.gfm_inlines import Target
from resources.text.markdown import (
    MARKDOWN_LIMIT,
    Rendered,
    TextTooComplex,
    TextTooLarge,
    plain,
    render,
    render_inline,
)
from resources.text.render_limits import check_size
from resources.text.safe_rendering import render_safely
from tests.conftest import SHARED, need
from tests.text.pathological_texts import LIMIT, UNITS, WHOLE, filled

SECONDS = 2.0


def drawn(source: str, seconds: float = SECONDS) -> Rendered | None:
    """The page, or None where it was refused; processor time, since others share the machine."""
    started = time.thread_time()
    try:
        return render(source)
    except TextTooComplex:
        return None
    finally:
        assert time.thread_time() - started < seconds


@pytest.mark.parametrize(
    "unit", ["[", "[a](", "![", "> ", "- ", "<div>", "<b>\n\n", "`a ", "*a _b ", "# a\n<i><b>\n> "]
)
def test_a_shape_repeated_a_thousand_times_is_quick(unit):
    drawn(unit * 1_000)


@pytest.mark.parametrize("unit", UNITS)
def test_a_repeated_shape_is_quick_up_to_half_the_limit(unit):
    drawn(filled(unit, LIMIT // 2), seconds=SECONDS * 3 / 4)


@pytest.mark.parametrize("name", WHOLE)
def test_a_large_text_is_quick(name):
    source = WHOLE[name]
    assert len(source.encode()) <= LIMIT
    drawn(source)


def test_the_known_shapes_are_quick():
    known = SHARED / "hostile" / "pathological.txt"
    need(known.exists(), "the known slow shapes are not beside the project")
    units = [line[1:-1] for line in known.read_text("utf-8").splitlines() if line.startswith("|")]
    for unit in sorted(set(units) - set(UNITS)):
        drawn(filled(unit))
    assert len(units) > 20


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(
    units=st.lists(st.sampled_from(UNITS), min_size=2, max_size=5),
    end=st.sampled_from(["", "\n", "\n\n", "\n> ", "\n    "]),
    block=st.sampled_from([1, 30, 300, 3_000]),
)
def test_mixed_shapes_are_quick(units, end, block):
    unit = ("".join(units) * block)[:LIMIT] + end
    drawn((unit * (LIMIT // len(unit.encode("utf-8", "replace")) + 1))[: LIMIT // 4])


def test_a_text_above_the_limit_is_refused_with_its_size():
    with pytest.raises(TextTooLarge, match="250 KB long; at most 200 KB"):
        render("a" * 250 * 1024)
    assert render("a" * MARKDOWN_LIMIT).words == 1
    with pytest.raises(TextTooLarge):
        render("é" * (MARKDOWN_LIMIT // 2 + 1))
    check_size("é" * (MARKDOWN_LIMIT // 2), MARKDOWN_LIMIT)
    assert render("a" * 300_000, limit=400_000).words == 1


def test_one_monstrous_paragraph_degrades_and_the_others_do_not():
    rendered = render("# A\n\n**b** [c](https://d.example)\n\n" + "[x](y) " * 20_000 + "\n\n*e*")
    assert "<strong>b</strong>" in rendered.html
    assert "[x](y) [x](y)" in rendered.html
    assert "<em>e</em>" in rendered.html
    assert rendered.links == ("https://d.example",)


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("> " * 200 + "a", "nested more than"),
        ("- a\n" * 40_000, "Split it"),
        ("<div>" * 3_000, "<div>"),
        ("<b>\n\n" * 900 + "a\n\n" * 9_000, "Close each"),
        ("\n" * 70_000, "lines"),
        ("> # a\nb\n" * 9_000, "blank line"),
    ],
)
def test_a_refusal_says_what_to_change(source, says):
    with pytest.raises(TextTooComplex, match=says):
        render(source)


def test_a_failing_parser_leaves_readable_text_and_one_line_in_the_log(caplog):
    def fail(_target: str) -> Target | None:
        raise LookupError("first\nsecond")

    rendered = render("a\nb <i> [[c]]", resolve=fail)
    assert rendered.html == "<pre>a\nb &lt;i&gt; [[c]]</pre>"
    assert [("\n" in record.getMessage(), record.levelname) for record in caplog.records] == [(False, "ERROR")]
    assert render("a [[c]]").mentions == ("c",)
    assert render_inline("a <i> [[c]]", resolve=fail).html == "a &lt;i&gt; [[c]]"


def test_the_child_draws_what_the_renderer_draws():
    source = "# A [[b c]]\n\n" + "text [d](https://e.example) \ud800\n\n" * 1_200
    assert len(source) > 30_000
    resolve = {"b c": Target("/wiki/b-c/", "B c")}.get
    assert render_safely(source, resolve=resolve) == render(source, resolve=resolve)
    assert render_safely("*a*") == render("*a*")


def test_the_child_hands_refusals_on_and_is_killed_when_it_takes_too_long():
    with pytest.raises(TextTooComplex, match="Split it into several pages"):
        render_safely("- a\n" * 40_000)
    started = time.monotonic()
    with pytest.raises(TextTooComplex, match="too long to draw"):
        render_safely("- [a](http://b.c) d\n" * 9_000, wall_seconds=0.1)
    assert time.monotonic() - started < 1.5
    with pytest.raises(TextTooLarge):
        render_safely("a" * 300_000)


def test_threads_do_not_mix_their_texts():
    sources = [f"# H{i}\n\n*a{i}* [[T{i}]] [^1] [r]\n\n[^1]: note {i}\n[r]: https://r{i}.example\n" for i in range(40)]
    expected = [render(source) for source in sources]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(render, sources * 5)) == expected * 5


def test_three_thousand_summaries_are_quick():
    summaries = [f"A *fast* library, see [docs {i}](https://a.example/{i}) and `code`." for i in range(1_500)]
    summaries += [f"A plain summary of number {i}, as most are." for i in range(1_500)]
    started = time.thread_time()
    for summary in summaries:
        render_inline(summary)
    assert time.thread_time() - started < 3
    assert plain(summaries[0]) == "A fast library, see docs 0 and code."


@pytest.mark.lists
def test_an_honest_list_of_359_kilobytes_is_quick(lists):
    largest = max(lists, key=lambda path: path.stat().st_size).read_text("utf-8")
    with pytest.raises(TextTooLarge):
        render(largest)
    started = time.thread_time()
    rendered = render(largest, limit=2 * len(largest.encode()))
    assert time.thread_time() - started < 2
    assert len(rendered.links) > 1_000
