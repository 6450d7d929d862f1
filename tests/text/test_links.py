"""Links of rendered HTML, and which came and went."""

from resources.text.links import Link, link_changes, links_of


def test_links_are_read_with_their_words():
    html = '<p><a href="https://a.org">One <b>two</b></a> <a href="#x">no</a> <a>none</a> <a href="/b"><img src="i" alt="pic"></a>'
    assert links_of(html) == [Link("https://a.org", "One two"), Link("/b", "pic")]


def test_a_link_that_is_there_twice_counts_twice():
    before = '<a href="a">A</a> <a href="a">A</a> <a href="b">B</a>'
    after = '<a href="a">Other words</a> <a href="c">C</a>'
    changes = link_changes(before, after)
    assert [link.address for link in changes.added] == ["c"]
    assert [link.address for link in changes.removed] == ["a", "b"]
    assert not link_changes(after, after)
