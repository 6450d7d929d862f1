"""Runs one rendering in a process of its own: `python -m resources.text.render_child`, JSON in, JSON out.

In: {"source": str, "limit": int, "resolved": {target: address or null} or null, "cpu_seconds": int}. Out: the fields of
`Rendered`, or {"refused": sentence}.
"""

import json
import resource
import sys
from dataclasses import asdict

from resources.text.gfm_inlines import Target
from resources.text.markdown import render
from resources.text.render_limits import TextTooComplex

MEMORY = 1 << 30
"""Bytes that the process may map."""


def main() -> None:
    """Read the request from standard input and answer on standard output."""
    request = json.load(sys.stdin)
    seconds = int(request["cpu_seconds"])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    given: dict[str, list[str] | None] | None = request["resolved"]
    resolved = None if given is None else {name: Target(*found) if found else None for name, found in given.items()}
    try:
        rendered = render(
            request["source"], resolve=None if resolved is None else resolved.get, limit=int(request["limit"])
        )
        answer = asdict(rendered)
    except TextTooComplex as refusal:
        answer = {"refused": str(refusal)}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
