"""Pipe tables with their pipes under each other."""

import re

_CELL_END = re.compile(r"(?<!\\)\|")
_ALIGNMENT = re.compile(r":?-+:?")
_WIDEST = 4  # times a table may grow by being aligned; one long cell would blow up every row


def align_table(text: str) -> str:
    """The table with padded cells; as it was where a row has more cells than the head has names."""
    rows = [_cells(line) for line in text.split("\n")]
    width = len(rows[0])
    if len(rows) < 2 or any(len(row) > width for row in rows):
        return "\n".join(line.strip() for line in text.split("\n"))
    rows = [row + [""] * (width - len(row)) for row in rows]
    sides = [_side(cell) for cell in rows[1]]
    body = [rows[0], *rows[2:]]
    widths = [max(3, *(_length(row[column]) for row in body)) for column in range(width)]
    if sum(widths) * len(rows) > _WIDEST * len(text) + 20_000:
        widths = [3] * width
    lines = [_row(row, widths, sides) for row in body]
    lines.insert(1, "| " + " | ".join(_rule(side, size) for side, size in zip(sides, widths, strict=True)) + " |")
    return "\n".join(lines)


def _cells(line: str) -> list[str]:
    line = line.strip().removeprefix("|")
    parts = _CELL_END.split(line)
    if len(parts) > 1 and not parts[-1].strip():
        parts.pop()
    return [part.strip() for part in parts]


def _side(cell: str) -> str:
    """ "l", "r", "c" or "" by the colons of the second row's cell."""
    if not _ALIGNMENT.fullmatch(cell):
        return ""
    return {(True, True): "c", (True, False): "l", (False, True): "r", (False, False): ""}[
        cell[0] == ":", cell[-1] == ":"
    ]


def _rule(side: str, size: int) -> str:
    return {"c": f":{'-' * (size - 2)}:", "l": f":{'-' * (size - 1)}", "r": f"{'-' * (size - 1)}:"}.get(
        side, "-" * size
    )


def _row(cells: list[str], widths: list[int], sides: list[str]) -> str:
    return "| " + " | ".join(map(_padded, cells, widths, sides)) + " |"


def _padded(cell: str, width: int, side: str) -> str:
    blanks = max(width - _length(cell), 0)
    before = blanks if side == "r" else blanks // 2 if side == "c" else 0
    return " " * before + cell + " " * (blanks - before)


def _length(text: str) -> int:
    """In UTF-16 units, as awesome-lint counts: most signs that are two columns wide are two units too."""
    return len(text) + sum(sign > "\uffff" for sign in text)
