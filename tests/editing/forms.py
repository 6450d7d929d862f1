"""What a browser would send of the editing form on a page."""

from html.parser import HTMLParser


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.fields: dict[str, str | list[str]] = {}
        self.area = self.select = ""

    def _add(self, name: str, value: str) -> None:
        old = self.fields.get(name)
        self.fields[name] = value if old is None else [*([old] if isinstance(old, str) else old), value]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value if value is not None else "" for name, value in attrs}
        if tag == "form":
            self.inside = "desk" in given.get("class", "").split()
        name = given.get("name", "")
        if not self.inside or (not name and tag != "option"):
            return
        box = given.get("type") in {"checkbox", "radio"}
        if tag == "input" and (not box or "checked" in given):
            self._add(name, given.get("value", "on" if box else ""))
        elif tag == "textarea":
            self.area, self.fields[name] = name, ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and (self.select not in self.fields or "selected" in given):
            self.fields[self.select] = given["value"]

    def handle_endtag(self, tag: str) -> None:
        self.area = "" if tag == "textarea" else self.area
        self.select = "" if tag == "select" else self.select
        self.inside = self.inside and tag != "form"

    def handle_data(self, data: str) -> None:
        if self.area:
            self.fields[self.area] = str(self.fields[self.area]) + data


def fields_in(page: str) -> dict[str, str | list[str]]:
    """The form's fields, with the line feed after <textarea> taken away as browsers do, and CR LF as they send it."""
    parser = _Fields()
    parser.feed(page)
    areas = {name: value for name, value in parser.fields.items() if isinstance(value, str) and "\n" in value}
    fixed = {name: value.removeprefix("\r").removeprefix("\n").replace("\r\n", "\n") for name, value in areas.items()}
    return parser.fields | fixed
