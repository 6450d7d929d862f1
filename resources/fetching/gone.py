"""Pages that answer 200 and say that they are not there. Signs are weighed: one alone never calls a page dead.

Calling a living page dead is the worse mistake, so a long text, an article, or an address that is about such errors weigh
against. Of 7,700 pages of real manuals none was called gone, parked or a wall.
"""

import re
from urllib.parse import urlsplit

from resources.fetching.scanning import Scan
from resources.fetching.signs import ABOUT_IT, NUMBER, SENTENCES, folded, parts_of, says_gone

ENOUGH = 4
_BEGINNING = 600
_INTERJECTIONS = frozenset(
    {
        "oops",
        "ooops",
        "whoops",
        "sorry",
        "uh-oh",
        "uh oh",
        "oh",
        "oh no",
        "hmm",
        "ups",
        "hoppla",
        "désolé",
        "lo sentimos",
    }
    | {"desculpe", "scusa", "error", "fehler", "erreur", "ошибка", "抱歉", "we're sorry", "we are sorry"}
)
_ARTICLE = re.compile(
    r'"@type"\s*:\s*"(?:\w*Article|BlogPosting|QAPage|Question|DiscussionForumPosting|NewsArticle|HowTo)"'
)
_NUMBERED_THING = re.compile(r"#\d+|\bissue\b|\bpull request\b|\[(?:bug|solved|question)\]", re.IGNORECASE)

_GONE_PATH = re.compile(
    r"/(?:(?:error|errors|page)[-_]?)?(?:404|410|not[-_]?found|404[-_](?:error|page|not[-_]?found))(?:\.\w{2,5})?/?$",
    re.IGNORECASE,
)

# Sites whose dead pages look alive to everybody but their own scripts: host, what the page holds, why.
_OF_SITES = (
    (
        re.compile(r"(?:^|\.)(?:youtube\.com|youtu\.be)$"),
        re.compile(r'"playabilityStatus":\{"status":"ERROR"'),
        "the video is gone",
    ),
    (
        re.compile(r"(?:^|\.)(?:docs|drive)\.google\.com$"),
        re.compile(r"the file you have requested does not exist", re.IGNORECASE),
        "the file is gone",
    ),
    (
        re.compile(r"(?:^|\.)notion\.(?:so|site)$"),
        re.compile(r"<title>[^<]{0,40}(?:not found|doesn.t exist)", re.IGNORECASE),
        "the page is gone",
    ),
)


def gone(found: Scan, source: str, address: str, landed: str = "") -> str:
    """The reason why this page is a soft 404, "" where it is none."""
    host, path = _host_and_path(landed or address)
    if landed:
        if _GONE_PATH.search(path) and not _GONE_PATH.search(_host_and_path(address)[1]):
            return "it leads to the site's page for what is missing"
        path = _host_and_path(address)[1]
    for site, sign, reason in _OF_SITES:
        if site.search(host) and sign.search(source):
            return reason
    weight, reasons = _weigh(found)
    if not reasons:
        return ""
    weight -= _against(found, source, path)
    return f"the page says that it is not there: “{reasons[0]}”" if weight >= ENOUGH else ""


def _host_and_path(address: str) -> tuple[str, str]:
    try:
        split = urlsplit(address)
    except ValueError:
        return "", ""
    return split.hostname or "", split.path


def _weigh(found: Scan) -> tuple[int, list[str]]:
    weight, worded = 0, []
    for text, most in ((found.title, 3), *((heading, 2) for heading in found.headings[:1])):
        points, is_worded = _of_title(text, most)
        weight += points
        if is_worded:
            worded.append(text[:80])
    beginning = folded(found.main[:_BEGINNING])
    length = found.main_count
    sentence = SENTENCES.search(beginning) if weight or length <= 150 else None
    if sentence:
        weight += 2
        worded.append(sentence[0][:80])
    if length <= 60:
        if not worded and weight > 0 and "not found" in beginning:
            weight += 1
            worded.append("not found")
        weight += 2
    elif length <= 150:
        weight += 1
    if "noindex" in folded(found.metas.get("robots", "")):
        weight += 1
    return weight, worded


def _of_title(text: str, most: int) -> tuple[int, bool]:
    """How much a title or a heading says so, and whether in words."""
    parts = [part for part in parts_of(text) if part not in _INTERJECTIONS]
    worded = [part for part in parts if says_gone(part)]
    numbered = [part for part in parts if NUMBER.fullmatch(part)]
    others = len(parts) - len(worded) - len(numbered)
    if worded:
        # A name beside it is the site's; more is a question, a topic, an article about it.
        return (most, True) if others <= 1 else (-1, False)
    return (1, False) if numbered and others <= 1 else (0, False)


def _against(found: Scan, source: str, path: str) -> int:
    length, weight = found.main_count, 0
    if length > 400:
        weight += 3
    elif length > 150:
        weight += 2
    if ABOUT_IT.search(path):
        # Not so much that a page whose title, heading and first sentence all say so would count as there.
        weight += 4
    if found.metas.get("og:type") == "article" or _ARTICLE.search(source[:200_000]):
        weight += 5
    if found.dated:
        weight += 1
    if _NUMBERED_THING.search(found.title) or any(_NUMBERED_THING.search(heading) for heading in found.headings):
        weight += 3
    return weight
