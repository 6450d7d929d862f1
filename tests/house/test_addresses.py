"""Addresses that are looked up by their first word lead where all patterns in their order would lead."""

import pytest
from django.urls import Resolver404, URLResolver, get_resolver

from rayhub.urls import ByFirstWord


@pytest.mark.parametrize(
    "address",
    ["", "wiki/", "wiki/new/", "wiki/one/", "wiki/ä/", "wiki/one/history/1..3/", "wiki/one.md", "README.md", "tags/a/"],
)
def test_it_is_the_same_view(address):
    ours = next(one for one in get_resolver().url_patterns if isinstance(one, ByFirstWord))
    found, expected = ours.resolve(address), URLResolver.resolve(ours, address)
    for name in ("func", "args", "kwargs", "url_name", "view_name", "route", "captured_kwargs", "extra_kwargs"):
        assert getattr(found, name) == getattr(expected, name), name


@pytest.mark.parametrize("address", ["none/", "wiki/one/none/at/all/", "wiki/one", "/wiki/"])
def test_what_no_pattern_has_is_missing(address):
    ours = next(one for one in get_resolver().url_patterns if isinstance(one, ByFirstWord))
    with pytest.raises(Resolver404):
        ours.resolve(address)
