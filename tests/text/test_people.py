"""Who is named in rendered text, and where no name is meant."""

import pytest

from resources.text.people import link_people, people_named

KNOWN = {"ada": "/people/ada/", "ed.marsh": "/people/Ed.Marsh/"}


@pytest.mark.parametrize(
    ("html", "names"),
    [
        ("<p>@ada and @Ed.Marsh.</p>", ["ada", "ed.marsh"]),
        ("<p>(@ada), @ada-</p>", ["ada"]),
        ("<p>mail ada@example.org or @@ada or x@ada</p>", []),
        ("<p><code>@ada</code> and <a href='/x'>@ada</a></p><pre>@ada\n@ray.remote</pre>", []),
        ("<p>@grüße @李</p>", ["grüße", "李"]),
        ('<p title="@ada">&amp;@ada &lt;@ada</p>', ["ada"]),
        ("<p>no one</p>", []),
        ("<p>@ @. @-</p>", []),
    ],
)
def test_names_are_found_outside_code_and_links(html: str, names: list[str]) -> None:
    assert people_named(html) == names


def test_known_names_become_links_and_the_rest_stays_as_it_was() -> None:
    html = '<p>@Ada, <em>@ed.marsh.</em> @bob <code>@ada</code><br><img src="/x" alt="a > b @ada"> &copy;&#64;ada</p>'
    linked = link_people(html, KNOWN)
    assert '<a class="mention" href="/people/ada/">@Ada</a>, ' in linked
    assert '<a class="mention" href="/people/Ed.Marsh/">@ed.marsh</a>.</em>' in linked
    assert linked.count("<a ") == 2
    assert link_people(html, {}) == html
