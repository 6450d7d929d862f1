"""The API of a site with 1,000 guides, as ratios to a bare view that returns 10 KB under the same server.

A list of fifty as it comes, with all content, and with the title alone; one guide; its revisions; recent changes. As in
bench/pages.py: several connections at once against one worker, in turn with the bare view; beside each the queries.
RATE_LIMITS=0, so that the work is measured and not the limit.
"""

import random

from bench.pages import DIFFERENT, ROOT, fill, measure, serving

SIZE = 1_000


def main() -> None:
    """Measures."""
    data = ROOT / "var" / "bench" / f"pages-{SIZE}"
    environment = {"RAYHUB_DATA": str(data), "ALLOWED_HOSTS": "127.0.0.1", "RATE_LIMITS": "0"}
    fill(SIZE, environment)
    with serving(["bench.bare:application"], {}) as bare, serving(["rayhub.wsgi:application"], environment) as site:
        measure(f"The API over {SIZE:,} guides", _targets(), {}, bare, site, environment)


def _targets() -> dict[str, list[str]]:
    """What is asked for: the same in every run."""
    chance = random.Random(SIZE)
    slugs = [f"sample-{chance.randint(1, SIZE):06}" for _place in range(DIFFERENT)]
    tags = ["sample-batch", "sample-cloud", "sample-data", "sample-edge", "sample-gpu", "sample-io", "sample-queue"]
    return {
        "list": [f"/api/v1/wiki/?limit=50&tag={tag}" for tag in tags],
        "contents": [f"/api/v1/wiki/?limit=50&include=content&tag={tag}" for tag in tags],
        "titles": [f"/api/v1/wiki/?limit=50&fields=title&tag={tag}" for tag in tags],
        "guide": [f"/api/v1/wiki/{slug}/" for slug in slugs],
        "revisions": [f"/api/v1/wiki/{slug}/revisions/" for slug in slugs],
        "changes": ["/api/v1/changes/?limit=50"],
    }


if __name__ == "__main__":
    main()
