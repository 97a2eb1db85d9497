"""The pages of networks: the list, and a network with its form, picture, links, measures and downloads.

They are whole without scripts. Where there are scripts the explorer takes the place of form and picture; it works on
the document of occasions, which is answered here too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

from asoen_graph.errors import AsoenError, NetworkError, ParameterError, UnknownName
from asoen_graph.messages import Told, in_language, tell
from asoen_graph.network import occasions
from asoen_graph.network.asking import ask
from asoen_graph.network.formats import FORMATS, mermaid
from asoen_graph.network.measures.forms import FORMS
from asoen_graph.network.measures.of_nodes import OF_NODES
from asoen_graph.network.model import LAYOUTS, Network
from asoen_graph.network.onemode import SIDES, WEIGHTINGS
from asoen_graph.network.period import Comparison, Period
from asoen_graph.network.picture.composition import refuse_crowds
from asoen_graph.network.picture.thumbnail import draw_thumbnail
from asoen_graph.network.projection import network_in, read_rows
from asoen_graph.network.words import (
    say,
)
from asoen_graph.queries.catalogue import CatalogueQuery
from asoen_graph.server.forms import HTML, JSON, content_type
from asoen_graph.server.library import Library
from asoen_graph.server.messages import Reply
from asoen_graph.server.network_fields import CHOICES
from asoen_graph.server.operations.framing import framing
from asoen_graph.server.operations.network_tables import strongest, summary, tables
from asoen_graph.server.operations.networks import network_of, network_query, wanted
from asoen_graph.server.operations.query_texts import editor_address
from asoen_graph.server.operations.rows import refuse_rows, refuse_too_many
from asoen_graph.server.operations.sparql import is_repeatable
from asoen_graph.server.problems import document as problem_document
from asoen_graph.server.problems import kind_of
from asoen_graph.server.settings import Limits

_PICTURES: Final = ("svg", "pdf", "png", "html")
_DATES: Final = ("at", "from", "until")


def list_page(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The page of all networks of the catalogue. Arguments: ``language``."""
    entries = [library.catalogue[name] for name in library.catalogue]
    return _page(library, "networks", arguments, networks=[each for each in entries if each.is_network])


def page(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The page of a network.

    Arguments: ``name`` (``None`` for a query that somebody wrote) or ``query`` (its text), ``values`` (parameter → text
    as typed), ``wanted`` (each of ``CHOICES`` that is given, as typed), ``filters`` (of ``FILTERS``), ``page``,
    ``ends`` (of the one link that is wanted, or empty) and ``language``.
    """
    return _NetworkPage(library, arguments, limits).reply()


def document(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The network with its occasions, for the explorer.

    Arguments: ``name`` and ``values``, or ``query``; ``top``, ``project``, ``layout``; ``language`` (of remarks alone).
    """
    language = arguments["language"]
    query = _asked(library, arguments)
    text = query if isinstance(query, str) else None
    inspect = None if text is None else lambda found: refuse_too_many(found, limits)
    rows = read_rows(library.store, library.vocabulary, query, language, inspect)
    cut = occasions.Cut(arguments["top"], arguments["project"], arguments["layout"])
    content = occasions.document(rows, library.store, library.vocabulary, _release(library), cut)
    refuse_rows(len(content["links"]), limits)
    headers = {"Content-Type": JSON.media_type, "Content-Language": language}
    if text is not None and (not is_repeatable(text) or library.store.asks_outside(text)):
        headers["Cache-Control"] = "no-store"
    return Reply(200, headers, occasions.write(content))


def thumbnail(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The shape of a network of the catalogue. Arguments: ``name``."""
    query = network_query(library, {**arguments, "values": {}})
    rows = read_rows(library.store, library.vocabulary, query)
    whole = network_in(None, rows, library.store, library.vocabulary, "en", _release(library))
    return Reply(200, {"Content-Type": "image/svg+xml"}, draw_thumbnail(whole))


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form: its name, what is in it, and the problem that this is, if it is one."""

    name: str
    value: str
    problem: Mapping[str, Any] | None = None


class _NetworkPage:
    def __init__(self, library: Library, arguments: Mapping[str, Any], limits: Limits) -> None:
        self._library = library
        self._arguments = arguments
        self._limits = limits
        self._language: str = arguments["language"]
        self._given: dict[str, str] = arguments["wanted"]
        self._problems: dict[str, AsoenError] = {}
        self._general: list[AsoenError] = []

    def reply(self) -> Reply:
        entry = self._entry()
        network = self._network()
        too_large = self._too_large(network)
        reply = _page(
            self._library,
            "network",
            self._arguments,
            entry=entry,
            query=self._arguments.get("query") or "",
            path=f"/networks/{entry.name}" if entry else "/networks/query",
            heading=_title(entry, network, self._language),
            description=_description(entry, network, self._language),
            fields=self._fields(),
            parameters=self._parameters(entry),
            filters=self._arguments["filters"],
            general=[{"detail": "", "hint": "", **problem_document(each)} for each in self._general],
            choices={"project": SIDES, "weighting": WEIGHTINGS, "layout": LAYOUTS, "by": _quantities(self._language)},
            network=network,
            too_large=too_large,
            **self._told(network),
            forms=self._forms(entry),
            unfit=_unfit(network, self._language) if network else (),
            measures=self._measures(entry),
            picture=self._address(entry, "svg", {"lang": self._language}),
            asked={"name": entry.name if entry else None, "values": self._arguments["values"]},
            editor=self._editor(entry),
        )
        return Reply(self._status(), reply.headers, reply.body)

    def _status(self) -> int:
        return kind_of(self._general[0]).status if self._general else 400 if self._problems else 200

    def _entry(self) -> CatalogueQuery | None:
        name = self._arguments["name"]
        if name is None:
            return None
        found = self._library.catalogue[name]
        if not found.is_network:
            raise UnknownName("network", name)
        return found

    def _network(self) -> Network | None:
        """The network as it is asked for, or nothing; then what is wrong is noted at its field."""
        if self._arguments["name"] is None and not self._arguments.get("query"):
            return None
        self._check()
        if self._problems:
            return None
        try:
            query = _asked(self._library, self._arguments)
            asked = wanted(self._library, self._wishes())
            if not isinstance(query, str):
                return network_of(self._library, query, asked)
            inspect = partial(refuse_too_many, limits=self._limits)
            return ask(self._library.store, self._library.vocabulary, query, asked, inspect=inspect)
        except AsoenError as error:
            self._note(error)
            return None

    def _wishes(self) -> dict[str, Any]:
        numbers: dict[str, Any] = {
            name: _count(name, self._given[name]) for name in ("component", "top") if name in self._given
        }
        plain: dict[str, Any] = dict.fromkeys((*CHOICES, "title"))
        return {**plain, **self._given, **numbers, "with": "", "language": self._language}

    def _check(self) -> None:
        """Look at each field by itself, so that everything wrong is told at once and where it is."""
        for name in _DATES:
            if name in self._given:
                self._try(name, lambda name=name: Period.of(at=self._given[name]))
        if "compare" in self._given:
            self._try("compare", lambda: _comparison(self._given["compare"]))
        for name in ("component", "top"):
            if name in self._given:
                self._try(name, lambda name=name: _count(name, self._given[name]))

    def _try(self, name: str, read: Any) -> None:
        try:
            read()
        except AsoenError as error:
            self._problems[name] = error

    def _note(self, error: AsoenError) -> None:
        if isinstance(error, ParameterError):
            self._problems[error.parameter] = error
        elif isinstance(error, UnknownName) and error.name in self._given.values():
            self._problems[next(name for name, value in self._given.items() if value == error.name)] = error
        elif isinstance(error, NetworkError) and "until" in self._given and _is(error, "network.period-backwards"):
            self._problems["until"] = error
        elif (
            isinstance(error, NetworkError)
            and "component" in self._given
            and _is(error, "network.one-component", "network.components")
        ):
            self._problems["component"] = error
        else:
            self._general.append(error)

    def _editor(self, entry: CatalogueQuery | None) -> str:
        """Where the editor has the query, with its values where they are right; empty where there is none."""
        try:
            query = _asked(self._library, self._arguments) if entry or self._arguments.get("query") else ""
        except AsoenError:
            query = entry.text if entry else ""
        text = query if isinstance(query, str) else query.text
        return editor_address(text, self._language) if text else ""

    def _fields(self) -> dict[str, Field]:
        return {name: self._field(name, self._given.get(name, "")) for name in CHOICES}

    def _field(self, name: str, value: str) -> Field:
        error = self._problems.get(name)
        return Field(name, value, problem_document(error) if error else None)

    def _parameters(self, entry: CatalogueQuery | None) -> list[tuple[Any, Field, str]]:
        values = self._arguments["values"]
        return [
            (parameter, self._field(name, values.get(name, "")), ",".join(map(str, parameter.told()["default"])))
            for name, parameter in (entry.parameters if entry else {}).items()
        ]

    def _too_large(self, network: Network | None) -> str:
        return "" if network is None else _refused(refuse_crowds, network, self._language)

    def _told(self, network: Network | None) -> dict[str, Any]:
        """What is told of the network in words and tables."""
        if network is None:
            return {"summary": [], "strongest": []}
        language, ends = self._language, self._arguments["ends"]
        return {
            "summary": summary(network, language),
            "strongest": strongest(network, language),
            **tables(network, language, self._arguments["page"], ends, self._own),
        }

    def _own(self, more: Mapping[str, str]) -> str:
        """The address of this page with other parameters besides."""
        query = self._arguments.get("query")
        given = {**({"query": query} if query else {}), **self._arguments["values"], **self._given}
        return "?" + urlencode({**given, **self._arguments["filters"], **more, "lang": self._language})

    def _address(self, entry: CatalogueQuery | None, form: str, more: Mapping[str, str]) -> str:
        query = self._arguments.get("query")
        given = {**({"query": query} if query else {}), **self._arguments["values"], **self._given, **more}
        start = f"/api/networks/{entry.name}" if entry else "/api/network"
        return f"{start}.{form}?{urlencode(given)}" if given else f"{start}.{form}"

    def _forms(self, entry: CatalogueQuery | None) -> list[tuple[str, str, str]]:
        """Each form a network can be downloaded in: its name, what it is for, and the address."""
        language = {"lang": self._language}
        return [(name, each.extension, self._address(entry, name, language)) for name, each in FORMATS.items()]

    def _measures(self, entry: CatalogueQuery | None) -> list[tuple[str, str]]:
        if entry is None:
            return []
        given = {**self._arguments["values"], **self._given, "lang": self._language}
        given.pop("layout", None)
        return [(name, f"/api/networks/{entry.name}/measures.{name}?{urlencode(given)}") for name in FORMS]


def _unfit(network: Network, language: str) -> Mapping[str, str]:
    """The forms that cannot hold the network, and why."""
    pictures = dict.fromkeys(_PICTURES, _refused(refuse_crowds, network, language))
    diagram = _refused(mermaid.refuse, network, language)
    return {name: why for name, why in {**pictures, "mermaid": diagram}.items() if why}


def _refused(refuse: Callable[[Network], None], network: Network, language: str) -> str:
    """What is said against the network; empty where nothing is."""
    try:
        refuse(network)
    except NetworkError as error:
        return in_language(error.message, language)
    return ""


def _asked(library: Library, arguments: Mapping[str, Any]) -> CatalogueQuery | str:
    return network_query(library, arguments) if arguments.get("name") else str(arguments["query"])


def _release(library: Library) -> str:
    manifest = library.release.manifest
    return f"{manifest.name} {manifest.version}"


def _page(library: Library, template: str, arguments: Mapping[str, Any], **values: Any) -> Reply:
    language = arguments["language"]
    body = library.pages.render(template, language, **framing(library, arguments), **values)
    return Reply(200, {"Content-Type": content_type(HTML.media_type), "Content-Language": language}, body)


def _comparison(text: str) -> Comparison:
    words = [word.strip() for word in text.split(",")]
    if len(words) != 2:
        raise NetworkError(tell("network.not-two-dates", text=text), tell("network.comma"))
    return Comparison.of(*words)


def _is(error: AsoenError, *keys: str) -> bool:
    return isinstance(error.message, Told) and error.message.key in keys


def _count(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 0 < int(text[:9]) < 1_000_000:
        raise ParameterError(name, tell("value.number-from", text=text[:40]), tell("value.digits"))
    return int(text)


def _title(entry: CatalogueQuery | None, network: Network | None, language: str) -> str:
    if entry is not None:
        return entry.title.get(language) or entry.title["en"]
    return (network.title if network else "") or say("untitled", language)


def _description(entry: CatalogueQuery | None, network: Network | None, language: str) -> str:
    if network is not None and network.description:
        return network.description
    return entry.description.get(language, "") if entry else ""


def _quantities(language: str) -> list[tuple[str, str]]:
    return [(key, each.label(language)) for key, each in OF_NODES.items() if not each.is_group]
