"""The words that a copy is searched by."""

import json

import pytest

from resources.offline.indexing import BUCKETS, Document, bucket_of, index_files, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ray Serve, v2.1!", ["ray", "serve", "v2", "1"]),
        ("Straße CAFÉ İstanbul", ["strasse", "cafe", "istanbul"]),
        ("架構說明", ["架構", "構說", "說明"]),
        ("用Ray訓練", ["用", "ray", "訓練"]),
        ("snake_case a_b", ["snake", "case", "a", "b"]),
        ("", []),
    ],
)
def test_words(text, words):
    assert list(words_of(text)) == words


def test_a_beginning_is_in_the_bucket_of_its_words():
    assert bucket_of("ra") == bucket_of("ray") == bucket_of("raylet")
    assert 0 <= bucket_of("說明") < BUCKETS


def test_every_word_leads_to_its_pages_and_titles_weigh_more():
    one = Document("a/index.html", "Guide", "Serve", "", "", "About actors. " * 9)
    two = Document("b/index.html", "Guide", "Actors", "", "serving", "About Serve.")
    files = dict(index_files([one, two]))
    pages = json.loads(files["search/pages.js"].decode().removeprefix("rayhubPages(").removesuffix(");\n"))
    assert [page[1] for page in pages] == ["a/index.html", "b/index.html"]
    text = files[f"search/{bucket_of('actors')}.js"].decode()
    words = json.loads(text.removeprefix("rayhubWords(").removesuffix(");\n"))["words"]
    weights = dict(words["actors"])
    assert weights[1] > weights[0] > 1
