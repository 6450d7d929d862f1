"""How long the difference of two texts of 100 KB takes: an honest edit and the worst shapes."""

import time

from resources.text.diff import diff_text
from tests.text.test_diff import HARD


def main() -> None:
    """Prints one line per pair of texts: seconds of the best of three runs."""
    prose = "\n".join(
        f"Paragraph {n} says what task {n * 31} does with object {n * 17} and why it is so." for n in range(1300)
    )
    edited = prose.replace("task 310 ", "actor 310 ").replace("Paragraph 700", "Section 700")
    for name, (old, new) in {"honest edit": (prose, edited), **HARD}.items():
        best = min(_timed(old, new) for _ in range(3))
        print(f"{name:14} {len(old) / 1000:6.0f} KB  {best:.3f} s")


def _timed(old: str, new: str) -> float:
    start = time.perf_counter()
    diff_text(old, new)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
