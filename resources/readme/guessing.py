"""A first guess at what kind of thing a link leads to, for people to correct."""

import re

from resources.entries.models import Resource
from resources.text.addresses import host_of

Kind = Resource.Kind

BY_HOST = {
    "github.com": Kind.PROJECT,
    "gitlab.com": Kind.PROJECT,
    "arxiv.org": Kind.PAPER,
    "dl.acm.org": Kind.PAPER,
    "usenix.org": Kind.PAPER,
    "openreview.net": Kind.PAPER,
    "youtube.com": Kind.VIDEO,
    "youtu.be": Kind.VIDEO,
    "vimeo.com": Kind.VIDEO,
    "medium.com": Kind.ARTICLE,
    "stackoverflow.com": Kind.COMMUNITY,
    "meetup.com": Kind.COMMUNITY,
    "twitter.com": Kind.COMMUNITY,
    "coursera.org": Kind.COURSE,
    "kaggle.com": Kind.DATASET,
}

BY_HEADING = [
    (r"\bbooks?\b", Kind.BOOK),
    (r"\bcourses?\b", Kind.COURSE),
    (r"\btalks?\b|\bconferences?\b", Kind.TALK),
    (r"\bvideos?\b", Kind.VIDEO),
    (r"\bpapers?\b", Kind.PAPER),
    (r"\btutorials?\b", Kind.TUTORIAL),
    (r"\bblogs?\b|\barticles?\b|\bposts?\b", Kind.ARTICLE),
    (r"\bdatasets?\b", Kind.DATASET),
    (r"\bcommunit(y|ies)\b|\bforums?\b", Kind.COMMUNITY),
    (r"\blibrar(y|ies)\b", Kind.LIBRARY),
    (r"\btools?\b", Kind.TOOL),
    (r"\bdoc(s|umentation)\b|\bcheat ?sheets?\b", Kind.DOCUMENTATION),
]


def guess_kind(url: str, heading: str) -> str:
    """By the heading it stands under, then by its host, else an article."""
    for pattern, kind in BY_HEADING:
        if re.search(pattern, heading, re.IGNORECASE):
            return str(kind)
    host = host_of(url)
    if host.startswith("docs.") or host.endswith(("readthedocs.io", "readthedocs.org")):
        return str(Kind.DOCUMENTATION)
    return str(BY_HOST.get(host, Kind.ARTICLE))
