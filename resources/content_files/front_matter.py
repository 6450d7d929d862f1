"""YAML as far as content files use it: words, lists and records, each with its line; and the other way round.

What a reader cannot see is refused: anchors and aliases (a few lines that mean a million), tags, a field named twice.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

FENCE = "---\n"
DEEPEST = 8
"""Lists and records in one another."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NEVER = re.compile("[\x00\ud800-\udfff]")
"""Characters that no database keeps."""
_ODD_BREAK = re.compile("[\x85\u2028\u2029]")


class BadYaml(ValueError):
    """Front matter that cannot be read; `line` is the file's."""

    def __init__(self, line: int | None, reason: str) -> None:
        super().__init__(reason)
        self.line = line


@dataclass(frozen=True, slots=True)
class Node:
    """A value of the front matter and the file's line on which it begins; `plain` is a word without quotes."""

    value: "str | list[Node] | dict[str, Node]"
    line: int
    plain: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing is said: no value after the colon, or YAML's words for it."""
        return self.plain and self.value in {"", "~", "null", "Null", "NULL"}


def split_file(text: str) -> tuple[str, str]:
    """The front matter and the body of a file's text. Raises BadYaml.

    A blank line before the body and the end of its last line belong to the form, not to the body.
    """
    text = text.removeprefix("\ufeff")
    if text.startswith("---\r\n"):  # an editor wrote the whole file that way
        text = text.replace("\r\n", "\n")
    if not text.startswith(FENCE):
        raise BadYaml(1, "begin with a line of three hyphens, then the fields.")
    fence = re.compile(r"^---(?:\n|\Z)", re.MULTILINE).search(text, len(FENCE))
    if fence is None:
        raise BadYaml(None, "end the fields with a line of three hyphens.")
    return text[len(FENCE) : fence.start()], text[fence.end() :].removeprefix("\n").removesuffix("\n")


def join_file(front: dict[str, Any], body: str) -> str:
    """The text of a file: what split_file and read_front read back as the same."""
    head = yaml.dump(
        front, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=float("inf"), default_flow_style=False
    )
    lead = "\n" if body.startswith("\n") else ""
    return f"{FENCE}{head}{FENCE}{lead}{body}\n" if body else f"{FENCE}{head}{FENCE}"


def read_front(head: str) -> dict[str, Node]:
    """The fields of a file, in its order. Raises BadYaml."""
    events = _events(head)
    try:
        node = _node(events, next(events), 0)
        if not isinstance(node.value, dict):
            raise BadYaml(node.line, "write the fields as `name: value`, one on a line.")
        for event in events:
            if not isinstance(event, yaml.DocumentEndEvent | yaml.StreamEndEvent):
                raise BadYaml(_line(event), "there is a second document; a file holds one entry.")
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else None
        raise BadYaml(line, f"this is no YAML: {error.problem}.") from error
    except yaml.YAMLError as error:
        raise BadYaml(None, f"this is no YAML: {error}.".replace("\n", " ")) from error
    return node.value


def _events(head: str) -> Iterator[yaml.Event]:
    """What the parser meets, without the beginning of the stream and of the document."""
    for event in yaml.parse(head, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise BadYaml(
                _line(event), "anchors and aliases (& and *) are not read. Write it out, or put it in quotes."
            )
        if getattr(event, "tag", None) not in {None, "!"}:
            raise BadYaml(_line(event), "tags (!) are not read. Leave it out, or put the value in quotes.")
        if not isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
            yield event


def _node(events: Iterator[yaml.Event], event: yaml.Event, depth: int) -> Node:
    line = _line(event)
    if depth > DEEPEST:
        raise BadYaml(line, "too many lists in one another.")
    if isinstance(event, yaml.ScalarEvent):
        if _NEVER.search(event.value):
            raise BadYaml(line, "there is a character that no text can keep (a zero byte, or half of a pair).")
        return Node(event.value, line, not event.style)
    if isinstance(event, yaml.SequenceStartEvent):
        return Node(list(_items(events, depth)), line)
    if isinstance(event, yaml.MappingStartEvent):
        return Node(_record(events, depth), line)
    raise BadYaml(line, "there are no fields. Write them as `name: value`, one on a line.")


def _items(events: Iterator[yaml.Event], depth: int) -> Iterator[Node]:
    while not isinstance(event := next(events), yaml.SequenceEndEvent):
        yield _node(events, event, depth + 1)


def _record(events: Iterator[yaml.Event], depth: int) -> dict[str, Node]:
    found: dict[str, Node] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        name = _node(events, event, depth + 1)
        if not isinstance(name.value, str):
            raise BadYaml(name.line, "the name of a field is a word.")
        if name.value in found:
            raise BadYaml(name.line, f"“{name.value}” stands here twice.")
        node = _node(events, next(events), depth + 1)
        found[name.value] = Node(node.value, name.line, node.plain)
    return found


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 2 if event.start_mark else 1


class _Dumper(yaml.SafeDumper):
    """Short lists on their line, texts of several lines as they are."""

    def ignore_aliases(self, data: Any) -> bool:
        """Never: a value that comes twice is written twice."""
        return True


def _write_text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = None
    if _ODD_BREAK.search(text) or ("\n" in text and text[0].isspace()):
        style = '"'  # readers of YAML differ on these
    elif "\n" in text:
        style = "|"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _write_list(dumper: yaml.SafeDumper, items: list[Any]) -> yaml.Node:
    return dumper.represent_sequence(
        "tag:yaml.org,2002:seq", items, flow_style=all(isinstance(item, str) for item in items)
    )


_Dumper.add_representer(str, _write_text)
_Dumper.add_representer(list, _write_list)
