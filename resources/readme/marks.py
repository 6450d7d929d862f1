"""One mark for emphasis throughout: `*` and `**`, never `_` and `__`."""

from resources.readme.inline import mark_span, parse_inline


def with_one_mark(text: str) -> str:
    """Inline Markdown with its underscores of emphasis turned into stars; as it was where that would change its sense."""
    if "_" not in text:
        return text
    tokens = parse_inline(text)
    spans = [
        mark_span(token) for token in tokens if token.markup in ("_", "__") and token.nesting and "mark" in token.meta
    ]
    if not spans:
        return text
    signs = list(text)
    for start, end in spans:
        signs[start:end] = "*" * (end - start)
    changed = "".join(signs)
    return changed if _sense(changed) == _sense(text) else text


def _sense(text: str) -> list[tuple[str, str]]:
    return [(token.type, token.content) for token in parse_inline(text) if token.type != "text" or token.content]
