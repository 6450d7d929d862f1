"""How long the difference and the merge of two texts of 100 KB take: an honest edit and the hardest shapes."""

import time
from collections.abc import Callable

from resources.text.diff import diff_text
from resources.text.merge import merge_text
from tests.text.hard_differences import HARD


def main() -> None:
    """Prints one line per pair of texts: milliseconds of the best of three runs."""
    print(f"{'texts of 100 KB':24} {'diff':>8} {'merge':>8}")
    figures = {}
    for name, (old, new) in HARD.items():
        diff = min(_seconds(diff_text, old, new) for _ in range(3))
        merge = min(_seconds(merge_text, old, new, f"{old}\n\nOne paragraph more.") for _ in range(3))
        figures[name] = diff
        print(f"{name:24} {diff * 1000:5.0f} ms {merge * 1000:5.0f} ms")
    slowest = max(figures, key=figures.__getitem__)
    print(f"slowest difference: {slowest}, {figures[slowest] * 1000:.0f} ms (at most 300 wanted)")


def _seconds(act: Callable[..., object], *texts: str) -> float:
    start = time.process_time()
    act(*texts)
    return time.process_time() - start


if __name__ == "__main__":
    main()
