"""An address alone tells which project stands behind it."""

import pytest

from resources.fetching.forges import Forge, repository_of

INDEX = "index.example.org"


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://github.com/ray-project/ray", "github.com/ray-project/ray"),
        ("github.com/ray-project/ray", "github.com/ray-project/ray"),
        ("http://www.GitHub.com/Ray-Project/Ray.git", "github.com/ray-project/ray"),
        ("https://github.com/ray-project/ray/tree/master/doc?tab=readme#serve", "github.com/ray-project/ray"),
        ("https://raw.githubusercontent.com/ray-project/ray/master/README.rst", "github.com/ray-project/ray"),
        ("https://gitlab.com/group/sub/project/-/issues/4", "gitlab.com/group/sub/project"),
        ("https://gitlab.com/group/project/blob/main/README.md", "gitlab.com/group/project"),
        ("https://gitlab.com/group/project", "gitlab.com/group/project"),
        ("https://codeberg.org/somebody/thing", "codeberg.org/somebody/thing"),
        ("https://bitbucket.org/somebody/thing/src/main/", "bitbucket.org/somebody/thing"),
        ("https://huggingface.co/owner/model/tree/main", "huggingface.co/owner/model"),
        ("https://hf.co/datasets/owner/data", "huggingface.co/datasets/owner/data"),
        ("https://huggingface.co/spaces/owner/space", "huggingface.co/spaces/owner/space"),
        (f"https://{INDEX}/project/Ray_Lightning/0.3/", f"{INDEX}/project/ray-lightning"),
    ],
)
def test_a_project_is_known_by_its_address(address: str, key: str) -> None:
    repository = repository_of(address, {INDEX})
    assert repository
    assert repository.key == key
    again = repository_of(repository.key, {INDEX})
    assert again
    assert again.key == key


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://",
        "https://[::1",
        "mailto:somebody@github.com",
        "https://github.com/",
        "https://github.com/ray-project",
        "https://github.com/topics/ray",
        "https://github.com/sponsors/somebody",
        "https://gist.github.com/somebody/0123456789abcdef",
        "https://somebody.github.io/thing",
        "https://github.com.example.org/a/b",
        "https://github.com/a/..",
        "https://github.com/a b/c",
        "https://github.com/%2e%2e/%2e%2e",
        "https://gitlab.com/explore/projects",
        "https://huggingface.co/docs/transformers",
        "https://huggingface.co/datasets/owner",
        "https://example.org/project/ray",
        f"https://{INDEX}/help/",
        f"https://{INDEX}/project/",
        "https://www.example.org/a/b",
    ],
)
def test_what_is_no_project_is_none(address: str) -> None:
    assert repository_of(address, {INDEX}) is None


def test_owner_name_and_kind_keep_their_spelling() -> None:
    repository = repository_of("https://huggingface.co/datasets/Some-Body/Data_1.2")
    assert repository
    assert (repository.forge, repository.owner, repository.name) == (Forge.HUGGING_FACE, "Some-Body", "Data_1.2")
    assert repository.kind == "datasets"
