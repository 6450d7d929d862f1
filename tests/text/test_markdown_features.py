"""What a writer may use, and what the rest of the site reads from a text."""

import pytest

from resources.text.anchoring import slug
from resources.text.gfm_inlines import Target
from resources.text.markdown import RENDERER_VERSION, Heading, Rendered, plain, render, render_inline


def test_a_page_tells_its_headings_links_mentions_and_words():
    rendered = render("# One *two*\n\nthree [four](https://a.example/b) [five](/six) [[Seven]] https://a.example/b\n")
    assert rendered.headings == (Heading(1, "One two", "c-one-two"),)
    assert rendered.links == ("https://a.example/b",)
    assert rendered.mentions == ("Seven",)
    assert rendered.words == 9  # the bare address counts as what it shows: https, a.example, b
    assert isinstance(RENDERER_VERSION, int)
    assert render("") == render(" \n") == Rendered(html="")


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Ray + X (Integration)", "ray--x-integration"),
        ("What's new?", "whats-new"),
        ("snake_case & Ünïcode 中文", "snake_case--ünïcode-中文"),
        ("⚙️ Config", "️-config"),
        ("a.b/c", "abc"),
    ],
)
def test_anchors_are_githubs(heading, anchor):
    assert slug(heading) == anchor
    assert f'id="c-{anchor}"' in render(f"## {heading}").html


def test_headings_of_one_name_are_numbered_and_raw_headings_count():
    rendered = render("# A\n\n## A\n\n<h2 align='center'>A</h2>\n\n<h3 id='own'>B</h3>\n\n## A-1\n")
    assert [heading.anchor for heading in rendered.headings] == ["c-a", "c-a-1", "c-a-2", "c-own", "c-a-1-1"]
    assert '<h2 id="c-a-2" align="center">' in rendered.html


def test_links_outside_are_marked_and_those_inside_are_not():
    html = render('[a](https://b.example "T") [c](/wiki/d/) <mailto:e@f.example> www.g.example').html
    assert '<a title="T" href="https://b.example" rel="nofollow ugc noopener noreferrer">a</a>' in html
    assert '<a href="/wiki/d/">c</a>' in html
    assert '<a href="mailto:e@f.example">mailto:e@f.example</a>' in html
    assert '<a href="http://www.g.example" rel="nofollow ugc noopener noreferrer">www.g.example</a>' in html


def test_images_come_by_https_late_and_described():
    html = render("![a *b*](http://c.example/d.png) <img src='https://e.example/f.png' onload=x> ![g](h.png)").html
    assert 'src="https://c.example/d.png"' in html
    assert html.count('loading="lazy"') == html.count(" alt=") == 3
    assert "h.png" not in html
    assert 'alt="g"' in html


def test_mentions_are_found_resolved_or_wanted():
    pages = {"Ray Core": Target("/wiki/core/", "Ray Core"), "resource:ray": Target("/resources/ray/", "Ray")}
    rendered = render("[[Ray Core]] [[Ray Core#Set up|how]] [[resource:ray]] [[New & odd]] `[[No]]`", resolve=pages.get)
    assert rendered.mentions == ("Ray Core", "Ray Core#Set up", "resource:ray", "New & odd")
    assert '<a href="/wiki/core/" class="mention">Ray Core</a>' in rendered.html
    assert '<a href="/wiki/core/#c-set-up" class="mention">how</a>' in rendered.html
    assert '<a href="/resources/ray/" class="mention">Ray</a>' in rendered.html
    assert '<a href="/wiki/new-odd/" class="mention wanted">New &amp; odd</a>' in rendered.html
    assert '<a href="/wiki/a-b/" class="mention">a b</a>' in render("[[a b]]").html
    assert (
        '<a href="/compare/engines/#c-cost" class="mention">engines § Cost</a>'
        in render("[[comparison:engines#Cost]]").html
    )


def test_brackets_that_are_links_on_github_are_no_mentions():
    rendered = render("[[a](https://b.example)] [[c]](https://d.example) [[e]]\n\n[e]: https://f.example\n")
    assert rendered.mentions == ()
    assert rendered.links == ("https://b.example", "https://d.example", "https://f.example")


def test_code_is_coloured_by_classes_and_unknown_languages_stay_plain():
    html = render("```python\ndef f(): return '<b>'\n```\n\n```klingon\n<q> &lt;\n```\n\n    indented\n").html
    assert '<code class="language-python"><span class="k">def</span> <span class="nf">f</span>' in html
    assert "&lt;b&gt;" in html
    assert '<code class="language-klingon">&lt;q&gt; &amp;lt;\n</code>' in html
    assert "<pre><code>indented\n</code></pre>" in html


def test_tables_keep_their_alignment():
    html = render("| a | b | c |\n|:--|:-:|--:|\n| d | e |\n").html
    assert '<th align="left">a</th>' in html
    assert '<td align="center">e</td>' in html
    assert '<td align="right"></td>' in html
    assert "style" not in html


def test_tasks_are_drawn_without_input():
    html = render("- [ ] a\n- [x] b\n").html
    assert '<li class="task"><span class="task-open">☐</span> a</li>' in html
    assert '<li class="task"><span class="task-done">☑</span> b</li>' in html


def test_footnotes_are_numbered_by_use_and_lead_back():
    html = render("a[^b] c[^d] e[^b]\n\n[^d]: *f*\n[^b]: g\n[^unused]: h\n").html
    assert '<sup class="footnote"><a id="c-fnref:1:1" href="#c-fn:1">1</a></sup>' in html
    assert html.index('<li id="c-fn:1">') < html.index("g<a") < html.index('<li id="c-fn:2">')
    assert 'href="#c-fnref:1:2"' in html
    assert "<em>f</em>" in html
    assert ">h<" not in html


@pytest.mark.parametrize("source", ["> [!WARNING]\n> *a*\n", "!!! warning\n    *a*\n"])
def test_admonitions_have_a_title_and_a_kind(source):
    html = render(source).html
    assert '<div class="admonition warning">' in html
    assert '<p class="admonition-title">Warning</p>' in html
    assert "<em>a</em>" in html


def test_emphasis_strikes_breaks_and_entities():
    html = render("**a *b*** ~~c~~ ~d~ snake_case \\*e\\* &copy; &lt;f&gt; \\&lt; g  \nh\\\ni").html
    assert "<strong>a <em>b</em></strong> <del>c</del> <del>d</del> snake_case *e* © &lt;f&gt; &amp;lt; g<br>" in html
    assert html.count("<br>") == 2


def test_folded_parts_hold_markdown():
    html = render("<details open>\n<summary>a</summary>\n\n- *b*\n\n</details>\n").html
    assert '<details open="">' in html
    assert "<em>b</em>" in html


def test_a_first_line_like_front_matter_is_text():
    assert "title: a" in render("title: a\nother: b\n\nc").html


def test_emphasis_a_few_deep_stays_and_a_thousand_deep_is_readable():
    assert render("*a **b *c **d** e* f** g*").html.count("<strong>") == 2
    assert "*a" in plain("*a **b " * 1_000 + "c** d*" * 1_000)


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("plain words, nothing else", "plain words, nothing else"),
        ("*a* `b<` **c** & d", "<em>a</em> <code>b&lt;</code> <strong>c</strong> &amp; d"),
        ("# no heading\n- no list", "# no heading - no list"),
        ("a <div>b</div> <script>c</script>", "a b &lt;script&gt;c&lt;/script&gt;"),
        ("a\u00a0b", "a&nbsp;b"),
        ("", ""),
    ],
)
def test_one_line(source, html):
    assert render_inline(source).html == html


def test_one_line_tells_its_links_and_mentions():
    rendered = render_inline("See [a](https://b.example) and [[c]]. [^1] ![d](https://e.example/f.png)")
    assert rendered.links == ("https://b.example",)
    assert rendered.mentions == ("c",)
    assert "<img" not in rendered.html


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("# A\n\n- *b* [c](https://d.example)\n- `e` <b>f</b> &amp;", "A b c e f &"),
        ("just words", "just words"),
        ("- a\n- b", "a b"),
        ("1. a", "a"),
        ("    code", "code"),
        ("a < b", "a < b"),
    ],
)
def test_plain_words(source, words):
    assert plain(source) == words
