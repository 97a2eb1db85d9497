"""The spoken header of a query file: the lines ``#+`` are YAML, read strictly and with the place of everything.

Every scalar is text (YAML's implicit types are off); unknown keys, duplicate keys and missing languages are errors that
name file and line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from asoen_graph.errors import Place, QueryError
from asoen_graph.text import nearest

if TYPE_CHECKING:
    from pathlib import Path

    import yaml

MARK = "#+"
LANGUAGES = ("en", "vi")
VIEWS = ("table", "timeline", "network", "map")
"""How a page may show the answer; everything can be shown as a table."""

KEYS = ("title", "description", "group", "view", "picture", "params", "columns", "network")
PICTURE_ROLES: Mapping[str, tuple[str, ...]] = {
    "map": ("point", "name", "group", "when"),
    "timeline": ("when", "until", "name", "lane", "mark", "place", "status"),
}
"""What a column may be in the picture of a view; the first is what places a row."""

_PARAMETER_KEYS = ("type", "class", "description", "optional", "many")
_NETWORK_KEYS = ("directed", "layout", "weight", "shared")
_SIDES = ("source", "target")


class Spoken(NamedTuple):
    """A header as read. ``lines`` tells on which line of the file each parameter and column stands."""

    title: Mapping[str, str]
    description: Mapping[str, str]
    group: str
    view: str
    picture: Mapping[str, str]
    params: Mapping[str, Mapping[str, object]]
    columns: Mapping[str, Mapping[str, str]]
    network: Mapping[str, object]
    lines: Mapping[str, int]


def _composed(source: str) -> yaml.Node | None:
    """The header as YAML composes it. Raises YAMLError."""
    import yaml

    # libyaml is ten times faster, where there is one; its words for what is wrong are others.
    if yaml.__with_libyaml__:
        with suppress(yaml.YAMLError):
            return yaml.compose(source, yaml.CSafeLoader)
    return yaml.compose(source, yaml.SafeLoader)


def has_header(text: str) -> bool:
    """Whether a query text has a header."""
    return any(line.startswith(MARK) for line in text.splitlines())


def read_header(text: str, path: Path) -> Spoken:
    """Read the header of a query file. Raises QueryError, naming file and line, for whatever is wrong with it."""
    import yaml

    # Other lines become empty, so that YAML counts lines as the file does.
    source = "\n".join(line[len(MARK) :] if line.startswith(MARK) else "" for line in text.split("\n"))
    reader = _Reader(path)
    try:
        root = _composed(source)
    except yaml.MarkedYAMLError as error:
        mark = error.context_mark or error.problem_mark
        last = max((number for number, each in enumerate(source.split("\n"), 1) if each), default=1)
        line = min(mark.line + 1, last) if mark else 1
        reader.fail(
            line, f"the header is not YAML: {error.problem or error}", "Quote texts that hold : # { } or commas"
        )
    except yaml.YAMLError as error:
        reader.fail(1, f"the header is not YAML: {error}")
    if root is None:
        reader.fail(1, "there is no header", f"Begin the file with lines such as {MARK} title: {{en: …, vi: …}}")
    return reader.header(root)


class _Reader:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._lines: dict[str, int] = {}

    def fail(self, line: int, message: str, hint: str = "") -> NoReturn:
        raise QueryError(f"{Place(str(self._path), line)}: {message}", hint, line=line)

    def header(self, root: yaml.Node) -> Spoken:
        found = self._mapping(root, "the header", KEYS)
        for key in ("title", "description", "group"):
            if key not in found:
                self.fail(1, f"the header has no {key}", f"Add {MARK} {key}: …")
        view = self._text(found["view"]) if "view" in found else "table"
        if view not in VIEWS:
            self.fail(_line(found["view"]), f"there is no view {view!r}", f"Choose one of {', '.join(VIEWS)}")
        return Spoken(
            title=self._languages(found["title"], "title"),
            description=self._languages(found["description"], "description"),
            group=self._text(found["group"]),
            view=view,
            picture=self._picture(found.get("picture"), view),
            params=self._params(found.get("params")),
            columns=self._columns(found.get("columns")),
            network=self._network(found.get("network")),
            lines=self._lines,
        )

    def _picture(self, node: yaml.Node | None, view: str) -> dict[str, str]:
        if node is None:
            return {}
        if view not in PICTURE_ROLES:
            self.fail(_line(node), f"a query with the view {view!r} has no picture", "Say view: map or view: timeline")
        roles = PICTURE_ROLES[view]
        found = self._mapping(node, "the picture", roles)
        for needed in (roles[0], "name"):
            if needed not in found:
                self.fail(_line(node), f"the picture has no {needed}", f"Name its column: {needed}: …")
        self._lines["picture"] = _line(node)
        return {role: self._text(body) for role, body in found.items()}

    def _params(self, node: yaml.Node | None) -> dict[str, Mapping[str, object]]:
        params: dict[str, Mapping[str, object]] = {}
        for name, body in (self._mapping(node, "params") if node else {}).items():
            self._lines[name] = _line(body)
            keys = self._mapping(body, f"the parameter {name}", _PARAMETER_KEYS)
            for needed in ("type", "description"):
                if needed not in keys:
                    self.fail(_line(body), f"the parameter {name} has no {needed}")
            values: dict[str, object] = {key: self._text(keys[key]) for key in ("type", "class") if key in keys}
            values["description"] = self._languages(keys["description"], f"description of {name}")
            values |= {key: self._flag(keys[key], key) for key in ("optional", "many") if key in keys}
            params[name] = values
        return params

    def _columns(self, node: yaml.Node | None) -> dict[str, Mapping[str, str]]:
        columns: dict[str, Mapping[str, str]] = {}
        for name, body in (self._mapping(node, "columns") if node else {}).items():
            self._lines[f"?{name}"] = _line(body)
            columns[name] = self._languages(body, f"heading of {name}")
        return columns

    def _network(self, node: yaml.Node | None) -> dict[str, object]:
        found = self._mapping(node, "network", _NETWORK_KEYS) if node else {}
        values: dict[str, object] = {}
        for key, body in found.items():
            if key == "directed":
                values[key] = self._flag(body, key)
            elif key == "weight":
                values[key] = self._languages(body, key)
            elif key == "shared":
                sides = self._mapping(body, "shared", _SIDES)
                values[key] = {side: self._languages(texts, f"shared {side}") for side, texts in sides.items()}
            else:
                values[key] = self._text(body)
        return values

    def _languages(self, node: yaml.Node, what: str) -> dict[str, str]:
        found = {key: self._text(value).strip() for key, value in self._mapping(node, f"the {what}", LANGUAGES).items()}
        for language in LANGUAGES:
            if not found.get(language):
                self.fail(_line(node), f"the {what} is missing in {language!r}", "Write {en: …, vi: …}")
        return found

    def _flag(self, node: yaml.Node, key: str) -> bool:
        text = self._text(node)
        if text not in ("true", "false"):
            self.fail(_line(node), f"{key} is {text!r}, not true or false")
        return text == "true"

    def _text(self, node: yaml.Node) -> str:
        if not isinstance(node.value, str):
            self.fail(
                _line(node), "a text is expected here, not a list or mapping", "Quote texts that hold braces or commas"
            )
        return node.value

    def _mapping(self, node: yaml.Node, what: str, allowed: Sequence[str] = ()) -> dict[str, yaml.Node]:
        import yaml

        if not isinstance(node, yaml.MappingNode):
            self.fail(_line(node), f"{what} must be a mapping of keys and values")
        found: dict[str, yaml.Node] = {}
        for key_node, value in node.value:
            key = self._text(key_node)
            if key in found:
                self.fail(_line(key_node), f"{what} has {key!r} twice")
            if allowed and key not in allowed:
                self.fail(_line(key_node), f"{what} has an unknown key {key!r}", _hint(key, allowed))
            found[key] = value
        return found


def _hint(key: str, allowed: Sequence[str]) -> str:
    if " " in key:
        return 'Inside { } a comma ends a text: quote it, {en: "One, two", vi: "Một, hai"}'
    near = nearest(key, allowed, 1)
    return f"Did you mean {near[0]!r}?" if near else f"Known are {', '.join(allowed)}"


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
