"""What an address alone tells of the project behind it: on which forge, whose, and its name."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from resources.text.hosts import normalise_host, without_www


class Forge(StrEnum):
    """Where projects live. Hosts of one kind are asked in one way."""

    GITHUB = "github"
    GITLAB = "gitlab"
    GITEA = "gitea"
    BITBUCKET = "bitbucket"
    HUGGING_FACE = "huggingface"
    INDEX = "index"
    """A package index: its projects have no owner."""


@dataclass(frozen=True, slots=True)
class Repository:
    """One project. `kind` is "datasets" or "spaces" where a forge has such shelves; GitLab's owners may hold slashes."""

    forge: Forge
    host: str
    owner: str
    name: str
    kind: str = ""

    @property
    def key(self) -> str:
        """As "github.com/ray-project/ray", the same for all spellings. The page of the project is https:// and this."""
        shelf = "project" if self.forge is Forge.INDEX else self.kind
        return "/".join(part for part in (self.host, shelf, self.owner, self.name) if part).lower()


HOSTS = {
    "github.com": Forge.GITHUB,
    "raw.githubusercontent.com": Forge.GITHUB,
    "gitlab.com": Forge.GITLAB,
    "codeberg.org": Forge.GITEA,
    "bitbucket.org": Forge.BITBUCKET,
    "huggingface.co": Forge.HUGGING_FACE,
    "hf.co": Forge.HUGGING_FACE,
}
_ONE_NAME = {"raw.githubusercontent.com": "github.com", "hf.co": "huggingface.co"}
_NAME = re.compile(r"[\w.-]{1,100}", re.ASCII)
# First words of forges' own pages, which are nobody's projects.
_OWN_PAGES = """
about account admin api apps assets blog blogs business chat codespaces collections contact customer-stories dashboard datasets
docs documentation enterprise events explore features gist groups help home inference-endpoints issues join learn login logout
marketplace models new news notifications organizations orgs papers posts premium-support pricing privacy projects pulls readme
register search security sessions settings signup site solutions spaces sponsors stars support tasks team teams terms topics
trending user users welcome workspace -
"""
_NOBODY = frozenset(_OWN_PAGES.split())
# Where the path of a project ends and that within it begins, on GitLab before it wrote /-/.
_WITHIN = frozenset(
    {"-", "blob", "tree", "raw", "commits", "commit", "issues", "merge_requests", "wikis", "tags", "releases"}
)


def repository_of(address: str, indexes: Collection[str] = ()) -> Repository | None:
    """The project that an address (or a key without https://) leads to or into, None where it names none.

    `indexes` are hosts of package indexes, whose projects stand at /project/NAME/.
    """
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        host = without_www(normalise_host(parts.hostname or ""))
    except ValueError:
        return None
    segments = [unquote(segment) for segment in parts.path.split("/") if segment]
    if host in indexes:
        return _of_index(host, segments)
    forge = HOSTS.get(host)
    host = _ONE_NAME.get(host, host)
    if forge is Forge.HUGGING_FACE:
        return _of_hugging_face(host, segments)
    if forge is Forge.GITLAB:
        return _of_gitlab(host, segments)
    return _made(forge, host, segments[:1], segments[1:2]) if forge else None


def _of_index(host: str, segments: list[str]) -> Repository | None:
    if len(segments) < 2 or segments[0] != "project" or not _NAME.fullmatch(segments[1]):
        return None
    # Indexes take these signs for one.
    return Repository(Forge.INDEX, host, "", re.sub(r"[-_.]+", "-", segments[1]).lower())


def _of_hugging_face(host: str, segments: list[str]) -> Repository | None:
    kind = segments[0] if segments and segments[0] in {"datasets", "spaces"} else ""
    owned = segments[1:] if kind else segments
    return _made(Forge.HUGGING_FACE, host, owned[:1], owned[1:2], kind)


def _of_gitlab(host: str, segments: list[str]) -> Repository | None:
    end = next((place for place, segment in enumerate(segments) if place > 1 and segment in _WITHIN), len(segments))
    return _made(Forge.GITLAB, host, segments[: end - 1], segments[end - 1 : end])


def _made(forge: Forge, host: str, owners: list[str], names: list[str], kind: str = "") -> Repository | None:
    if not owners or not names or owners[0].lower() in _NOBODY:
        return None
    name = names[0].removesuffix(".git")
    if name in {"", ".", ".."} or not all(_NAME.fullmatch(part) for part in (*owners, name)):
        return None
    return Repository(forge, host, "/".join(owners), name, kind)
