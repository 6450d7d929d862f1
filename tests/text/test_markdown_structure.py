"""What GitHub shows is what we show: the same blocks, over real lists and over the shapes that they have."""

import pytest

from bench.markdown_structure import differences, files, measure
from resources.text.markdown import render
from tests.conftest import SHARED, need

SHAPES = {
    "a list right under a paragraph": "Text\n- a\n- b\n",
    "nested by two spaces": "- a\n  - b\n    - c\n- d\n",
    "nested by a tab": "* a\n\t* b\n\t\t* c\n",
    "mixed bullets": "- a\n* b\n+ c\n",
    "numbers": "3. a\n4. b\n   1. c\n",
    "a heading that is a link": "# [a](https://b.example) ![c](https://d.example/e.png)\n\nsetext\n===\n\nother\n---\n",
    "badges": "[![a](https://b.example/c.svg)](https://d.example) [<img src='https://e.example/f.png'>](https://g.example)",
    "a table of links": "| a | b |\n|:--|--:|\n| [c](https://d.example) | `e \\| f` |\n| g |\n",
    "reference links": "[a][b] [b] [c][] [d]\n\n[b]: https://b.example 'T'\n[c]: <https://c.example>\n",
    "addresses with brackets": "[a](https://b.example/c_(d)) [e](<https://f.example/g h>) [i](j k) https://l.example/m_(n).",
    "bare addresses": "见，https://a.example/b。(www.c.example/d) e@f.example <https://g.example> xhttps://h.example [https://i.example",
    "images in links in brackets": "[[a](https://b.example)] [![c [d](e)](https://f.example)](https://g.example)",
    "raw tags": "<h1 align=center>a</h1>\n<p align='center'><a href='https://b.example'><img src='https://c.example/d'></a></p>",
    "folded": "<details><summary>a</summary>\n\n- b\n\n</details>\n",
    "a tag at the margin after an item": "- a\n<a name='b'></a>\n## c\n\n> d\n</p>\n",
    "a comment": "<!--lint disable-->\n- a\n<!-- b\n\nc -->\n- d\n",
    "code": "```python\na\n```\n\n    b\n\n~~~\nc\n~~~\n- d\n\n      e\n",
    "quotes": "> a\nb\n> - c\n>\n> > d\n",
    "tasks": "- [ ] a\n- [x] b [c](https://d.example)\n",
    "footnotes": "a[^1] b[^x]\n\n[^1]: c\n[^x]: d\n\n    e\n",
    "emphasis": "**[a](https://b.example)** *c **d*** ~~e~~ __[f](https://g.example)__ snake_case_word",
    "escapes": "\\[a](b) \\# c \\`d` `e\\` [f\\]](https://g.example) &lbrack;h](i) ![\\]](https://j.example/k)",
    "alerts": "> [!NOTE]\n> a [b](https://c.example)\n\n> [!other]\n> d\n",
    "a rule and a break": "a\n\n***\n\nb  \nc\\\nd\n",
    "first lines like front matter": "title: a\nother: b\n\n# c\n",
}


@pytest.mark.parametrize("name", SHAPES)
def test_a_shape_of_lists_is_read_as_github_reads_it(name):
    blocks, wrong = differences(SHAPES[name])
    assert wrong == []
    assert blocks > 0


@pytest.mark.lists
@pytest.mark.parametrize("folder", ["lists", "awesome-ray/history", "awesome-ray"])
def test_real_lists_keep_their_blocks(folder):
    need((SHARED / folder).is_dir(), "the real lists are not beside the project")
    found = [measure(path) for path in files([SHARED / folder])]
    assert found
    assert {figure.name: figure.share for figure in found if figure.share < 0.995} == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("[a](<https://one.org>)", "[a](<https://two.org>)"),
        ("[a][r]\n\n[r]: https://one.org", "[a][r]\n\n[r]: https://two.org"),
    ],
)
def test_the_same_words_lead_to_another_address_in_another_text(one, other):
    assert render(one).links == ("https://one.org",)
    assert render(other).links == ("https://two.org",)


def test_the_same_words_lead_to_another_address_in_another_paragraph():
    assert render("[a](<https://one.org>)\n\n[a](<https://two.org>)").links == ("https://one.org", "https://two.org")
