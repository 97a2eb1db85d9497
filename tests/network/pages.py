"""Reading the HTML file without a browser: the rows of its tables, and its elements."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "input", "link", "br"})


@dataclass
class Element:
    """An element with all the text and all the elements in it."""

    name: str
    attributes: dict[str, str | None]
    text: str = ""
    inside: list[Element] = field(default_factory=list)

    def all(self, name: str, **attributes: str) -> list[Element]:
        return [
            each
            for each in self.inside
            if each.name == name and all(each.attributes.get(key) == value for key, value in attributes.items())
        ]

    def one(self, name: str, **attributes: str) -> Element:
        (found,) = self.all(name, **attributes)
        return found

    def __getitem__(self, name: str) -> str:
        return self.attributes[name] or ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        for each in self._open:
            each.inside.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().name == tag

    def handle_data(self, data: str) -> None:
        for each in self._open:
            each.text += data


def read_page(content: bytes) -> Element:
    """The page; fails where an element is not closed."""
    reader = _Reader()
    reader.feed(content.decode())
    reader.close()
    return reader.root


def rows(page: Element, table: str) -> list[Element]:
    """The rows of a table (``nodes`` or ``links``) without its head."""
    return [row for each in page.all("table", id=table) for row in each.one("tbody").all("tr")]
