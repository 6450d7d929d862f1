"""Pairs of texts of about 100 KB that are hard to compare, by what makes them hard."""

from random import Random


def _lines(count: int, line: str) -> str:
    return "\n".join(line.format(n=n, a=n * 7919 % 10_007, b=n * 104_729 % 10_009) for n in range(count))


def _shuffled(text: str, by: str) -> str:
    pieces = text.split(by)
    Random(7).shuffle(pieces)
    return by.join(pieces)


_PROSE = _lines(1_300, "Paragraph {n} says what task {a} does with object {b}, and why it is so.")
_SENTENCE = " ".join(f"word{n * 7919 % 313}" for n in range(14_000))
_BITS = "".join(Random(5).choices("ab ", k=100_000))

HARD = {
    "honest edit": (_PROSE, _PROSE.replace("task 310 ", "actor 310 ").replace("Paragraph 700", "Section 700")),
    "every line": (_PROSE, _PROSE.replace(" what ", " how ").replace("is so", "is not so")),
    "every short line": (_lines(9_000, "item {n} a"), _lines(9_000, "item {n} b")),
    "words of lines shuffled": (_PROSE, "\n".join(_shuffled(line, " ") for line in _PROSE.split("\n"))),
    "different": (_lines(5_000, "old {a} {n}"), _lines(5_000, "new {b} {n}")),
    "nothing in common": (_lines(2_500, "first {a} left {n}"), _lines(2_500, "second-{b}-right-x{n}")),
    "alike": ("- item\n- thing\n" * 6_000, "- thing\n- item\n- item\n" * 4_500),
    "lines repeated": (
        _lines(4_500, "line {n} of the text"),
        "\n".join(f"line {n * 31 % 977} of it" for n in range(5_500)),
    ),
    "lines shuffled": (_PROSE, _shuffled(_PROSE, "\n")),
    "lines reversed": (_PROSE, "\n".join(reversed(_PROSE.split("\n")))),
    "few kinds of lines": (_BITS.replace(" ", "\n"), _shuffled(_BITS, " ").replace(" ", "\n")),
    "short lines": ("\n".join(_BITS[:50_000]), "\n".join(_BITS[50_000:])),
    "two letters shuffled": ("a\nb\n" * 25_000, _shuffled("a\nb\n" * 25_000, "\n")),
    "letters, then digits": ("\n".join(_BITS[:50_000]), "\n".join("01"[n * n % 7 > 2] for n in range(50_000))),
    "one sign of every line": (_lines(16_000, "{a:x} a"), _lines(16_000, "{a:x} b")),
    "one sign of every word": (_lines(16_000, "x{a:x}"), _lines(16_000, "y{a:x}")),
    "short lines reversed": (_lines(17_000, "{n}"), "\n".join(str(n) for n in reversed(range(17_000)))),
    "nothing but blank lines": ("\n" * 100_000, "\n" * 50_000),
    "blank lines": ("\n" * 100_000, "\n" * 60_000 + "x" + "\n" * 40_000),
    "one line, one word": (_SENTENCE, _SENTENCE.replace("word1 ", "name ", 1)),
    "one line, every word": ("word " * 20_000, "other " * 17_000),
    "one line, shuffled": (_SENTENCE, _shuffled(_SENTENCE, " ")),
    "one line of letters": ("a" * 100_000, "a" * 50_000 + "b" + "a" * 50_000),
    "one line of Chinese": ("任务和对象" * 7_000, "对象任务和" * 7_000),
    "one line of signs": ("*_[](" * 20_000, "_*](" * 25_000),
}
