"""Shapes that make Markdown parsers slow, written by hand, to be repeated up to the size limit."""

UNITS = [
    "[", "![", "]", "[a](", "[](", "[a][", "[a](<b", "![a](b ", '[a](b "', "[a](b) ", "[^a", "[^a] ", "[[", "[[a]] ",
    "> ", ">", "> a\n", "> # a\nb\n", "1. ", "- ", "* ", "- a\n", "- a\n\n", "1. a\n", "**a ", "*a _b ", "*a* ", "***a",
    "a*", "`a ", "``", "<", "<a ", "<a b='", "<a href=x>", "</a>", "<!--", "<?", "<![CDATA[", "<b>", "<b>\n\n",
    "<b id=x><p>", "<div>", "<div>\n\n", "<details>\n\n", "<ol>", "<ul><li>", "<table><tr><td>", "<h1>", "<p>\n\n",
    "# a\n<i><b>\n> ", "<svg>",
    "<li><dd>", "<p><a><li><dd>", "<textarea>", "<http://a.b>", "<http://", "&", "&amp", "&amp;", "\\", "\\*", "~~", "~~a ",
    "|a", "|a|b|\n", "| a | b |\n|-|-|\n", "| - ", "# ", "# a\n", "a\n=\n", "http://", "http://a.b ", "www.", "www.a.b ",
    "a@", "a@b.c ", "{#a", ": a", "x\n: y\n", "+++", "```", "```\n", "```python\nx = 1\n```\n", "~~~", "\t", " ", "\n",
    "a\n", "a\n\n", "a  \n", "*[A]: x\n", "[a]: x\n", "[^a]: x\n\n", "[a]: <b>\n'", "!!! note\n    ", "- [ ] a\n", "a",
    "e\u0301", "\u202e", "\ud800", "😀", "\x00",
]  # fmt: skip

LIMIT = 200 * 1024


def filled(unit: str, size: int = LIMIT) -> str:
    """`unit` over and over, up to `size` bytes."""
    return unit * (size // len(unit.encode("utf-8", "replace")))


WHOLE = {
    "one line": "a" * LIMIT,
    "lines of one character": "a\n" * 50_000,
    "definitions and uses": "".join(f"[r{i}]: http://x.y/{i}\n" for i in range(4_000))
    + "".join(f"[r{i}] " for i in range(4_000)),
    "one long address, many uses": "[a]: http://x.y/" + "z" * 60_000 + "\n\n" + "[a] " * 30_000,
    "footnotes": "".join(f"[^{i}] " for i in range(5_000)) + "".join(f"\n\n[^{i}]: note" for i in range(5_000)),
    "one footnote, many uses": "[^1] " * 30_000 + "\n\n[^1]: x\n",
    "a table": "|a" * 100 + "|\n" + "|-" * 100 + "|\n" + ("|a" * 100 + "|\n") * 900,
    "a wide table that completes itself": "|a" * 3_000 + "|\n" + "|-" * 3_000 + "|\n" + "a\n" * 500,
    "nested lists": "".join("  " * depth + "- a\n" for depth in range(440)),
    "lists to the limit": "".join("  " * (i % 58) + "- a\n" for i in range(2_800)),
    "quotes in lists in quotes": "> - " * 200 + "a",
    "quotes to the limit": (">" * 59 + " a\n") * 1_600,
    "nested emphasis": "*a **b " * 10_000 + "c** d*" * 10_000,
    "emphasis a hundred deep": "*a **b " * 100 + "c** d*" * 100,
    "brackets around": "[" * 100_000 + "]" * 100_000,
    "backticks of every length": "".join("`" * n + "a" for n in range(1, 620)),
    "different unclosed tags": "".join(f"<b id={i}>" for i in range(9_000)) + "\n\n" + "a\n\n" * 9_000,
    "attributes": "<p " + "a=b " * 50_000 + ">",
    "a block of code": "```python\n" + "(" * 199_000 + "\n```\n",
    "blocks of code": ("```python\n" + "x = f(1, 'a') + [2]  # c\n" * 780 + "```\n") * 10,
    "combining characters": "a" + "\u0301" * 100_000,
    "paragraphs of links": ("[a](http://b.c) d " * 300 + "\n\n") * 37,
    "paragraphs of emphasis": ("*a _b **c " * 200 + "\n\n") * 100,
    "items": "- [a](http://b.c) d\n" * 10_000,
}
