"""`render` behind a wall: large or suspicious texts are drawn by a child process that can be killed.

The bounds of `render_limits` keep every known text short. This is for the one that nobody has thought of: it costs that
writer an answer, and never a web worker.
"""

import json
import logging
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from resources.text.anchoring import Heading
from resources.text.cleaning import clean_source
from resources.text.gfm_inlines import Resolve
from resources.text.markdown import Rendered, render
from resources.text.render_limits import MARKDOWN_LIMIT, TextTooComplex, check_size

CPU_SECONDS = 4
WALL_SECONDS = 10.0
LARGE = 30_000
"""Characters from which on a text is drawn by a child."""

_ROOT = Path(__file__).resolve().parents[2]
_MONOTONOUS = re.compile(r"([^\w\s=-])\1{99}")
_TARGET = re.compile(r"\[\[([^\[\]|\n]{1,300})")
_log = logging.getLogger(__name__)


def render_safely(
    source: str,
    *,
    resolve: Resolve | None = None,
    limit: int = MARKDOWN_LIMIT,
    cpu_seconds: int = CPU_SECONDS,
    wall_seconds: float = WALL_SECONDS,
) -> Rendered:
    """What `render` gives, and refuses, within `wall_seconds`: a text that takes longer raises TextTooComplex.

    Use it where a stranger's text is drawn while somebody waits. `resolve` is asked here, not in the child.
    """
    check_size(source, limit)
    if len(source) < LARGE and not _MONOTONOUS.search(source):
        return render(source, resolve=resolve, limit=limit)
    source = clean_source(source)
    request = {
        "source": source,
        "limit": limit,
        "resolved": None if resolve is None else {title: resolve(title) for title in _titles(source)},
        "cpu_seconds": cpu_seconds,
    }
    answer = _ask(json.dumps(request), wall_seconds)
    if "refused" in answer:
        raise TextTooComplex(answer["refused"])
    return Rendered(
        html=answer["html"],
        headings=tuple(Heading(**heading) for heading in answer["headings"]),
        links=tuple(answer["links"]),
        mentions=tuple(answer["mentions"]),
        words=answer["words"],
    )


def _titles(source: str) -> list[str]:
    """The pages that the text may mention."""
    return list(dict.fromkeys(" ".join(found.partition("#")[0].split()) for found in _TARGET.findall(source)))


def _ask(request: str, wall_seconds: float) -> dict[str, Any]:
    """The child's answer to `request`. A child that ends otherwise than by answering was too slow or too large."""
    try:
        child = subprocess.run(
            [sys.executable, "-m", "resources.text.render_child"],
            input=request,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=wall_seconds,
            cwd=_ROOT,
            check=True,
        )
        answer: dict[str, Any] = json.loads(child.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        _log.warning("A text was not rendered in its child process: %s", type(error).__name__)
        raise TextTooComplex(
            "This text takes too long to draw. Split it, and look for long runs of the same mark or deep nesting."
        ) from error
    return answer
