"""What every answer says of where it comes from: the hash of its query, a permanent address, a citation.

``Asoen-Query`` is a digest of the request as it was understood: what is done, with which values, in whatever order or
encoding they came. Form and language are not part of it, so the same question has the same hash as CSV and as JSON; the
text of a catalogue query is, so another text under the same name is another question.

The permanent address goes into ``Link`` as ``cite-as`` (RFC 8574), the registered relation for the address that is to
be preferred when a resource is cited for good. ``bookmark`` belongs to parts of HTML pages, and ``memento`` (RFC 7089)
demands a date and a time gate, which only entities have. The address names the release, the form and the language that
were negotiated, and replays the answer; where it would not, there is none: of answers that are another each time, and
of queries that came by POST and are too long for an address.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from string import ascii_letters, digits
from typing import Any, Final, NamedTuple
from urllib.parse import quote, quote_from_bytes, urlencode

from asoen_graph.server.answers import CACHE_CONTROL
from asoen_graph.server.archive import Volume
from asoen_graph.server.citation import citation, header_safe, short, with_query
from asoen_graph.server.forms import BINDINGS, ENGINE, FOR_PEOPLE, HTML, ROWS, TRIPLES
from asoen_graph.server.negotiation import LANGUAGES, Offer
from asoen_graph.server.requests import Parameters

RELEASE: Final = "Asoen-Release"
QUERY: Final = "Asoen-Query"
CITATION: Final = "Asoen-Citation"
LINK: Final = "Link"
RELATION: Final = "cite-as"

_PLACE: Final = "0" * 16
"""Stands for a hash."""

LONGEST_LINK: Final = 3000
"""A longer address is not sent: many proxies take no more than 4 KiB of headers."""

_FORM_ALONE: Final = frozenset(
    {"accept", "format", "suffix", "form", "media_type", "language", "base", "root", "old", "new"}
    | {"address", "parameters", "others"}
)
"""Arguments that decide what an answer looks like, or where its files lie, not what it says."""
_OF_SEVERAL: Final = frozenset({"releases", "changes"})
"""Operations whose answer is not that of one release."""
_SAFE: Final = "._~:/?#[]@!$&'()*+,;=%-"
_PLAIN: Final = (ascii_letters + digits + _SAFE).encode()
"""What may stand in an address as it is."""


def _names(*offers: Offer) -> dict[str, str]:
    """What a form sent as a media type is called; the first offer of a media type counts."""
    return {offer.media_type: offer.format for offer in reversed(offers)}


_TABLES: Final = _names(*BINDINGS, *FOR_PEOPLE, *TRIPLES)
_GRAPHS: Final = _names(*TRIPLES, HTML)
_EXACT: Final = {name: form for name, form in (_TABLES | _GRAPHS).items() if _TABLES[name] == _GRAPHS.get(name, form)}
"""Those that mean the same form for tables and for graphs."""
_CATALOGUE: Final = _names(*ROWS, *ENGINE, *TRIPLES)


def query_hash(operation: str, arguments: Mapping[str, Any], text: str | None = None) -> str:
    """The hash of what was asked, 32 hex digits; ``text`` is that of a catalogue query."""
    if operation == "sparql":
        # The one operation that is asked thousands of times a second, by its own way to the same end: no IRI has a
        # line end, so no other query and graphs come to the same text.
        default, named = arguments["default_graphs"], arguments["named_graphs"]
        graphs = "\n".join((*default, "", *named, "", "")) if default or named else "\n\n"
        made_of = f"sparql\n{graphs}{arguments['query'].strip()}"
    else:
        asked = sorted((name, value) for name, value in arguments.items() if name not in _FORM_ALONE)
        made_of = json.dumps([operation, asked, text], separators=(",", ":"))
    return hashlib.sha256(made_of.encode("utf-8", "surrogatepass")).hexdigest()[:32]


class Origin:
    """Where the answers of one release, or of files, come from."""

    def __init__(self, volume: Volume | None) -> None:
        self.volume = volume
        """The release; ``None`` for files, which have no name to be cited or found by again."""
        self.citations = {language: citation(volume, language) for language in LANGUAGES} if volume else {}
        """How it is cited, by language."""
        self._cited = {
            # The last such place: what precedes it may be a space, which is written with a zero at its end.
            language: header_safe(with_query(cited, _PLACE, language), language).rpartition(_PLACE)
            for language, cited in self.citations.items()
        }

    @property
    def is_kept(self) -> bool:
        """Whether its name stands for it for good."""
        return self.volume is not None and self.volume.is_kept

    def trace(
        self,
        scope: Mapping[str, Any],
        operation: str,
        arguments: Mapping[str, Any],
        parameters: Parameters,
        text: str | None = None,
    ) -> Trace:
        """Where the answer to one request comes from; ``scope`` is that of ASGI, ``text`` that of a catalogue query."""
        query = query_hash(operation, arguments, text)
        address: str | None
        if self.volume is None or operation in _OF_SEVERAL:
            address = None
        elif scope["method"] == "GET":
            address = self.volume.address + address_below(scope, parameters)
        elif operation == "sparql" and len(arguments["query"]) <= LONGEST_LINK:
            address = self.volume.address + _posted(arguments, parameters)
        elif operation == "network-of-query" and len(arguments["query"]) <= LONGEST_LINK:
            address = self.volume.address + _posted_network(scope, arguments["query"], parameters)
        else:
            address = None
        return Trace(self, operation, arguments, parameters, query, address)

    def cited(self, query: str, language: str = "en") -> str:
        """The citation of an answer as the value of a header, in the language that was asked for."""
        before, _, after = self._cited.get(language) or self._cited["en"]
        return before + short(query) + after


class Trace(NamedTuple):
    """Where the answer to one request comes from."""

    origin: Origin
    operation: str
    arguments: Mapping[str, Any]
    parameters: Parameters
    query: str
    """The hash of the query."""
    address: str | None
    """The permanent address as far as it is known before the answer, or ``None`` where there is none."""

    @property
    def is_of_one_release(self) -> bool:
        """Whether the answer is that of one release, which never changes."""
        return self.operation not in _OF_SEVERAL

    def told(self) -> dict[str, Any]:
        """What a worker is told, to write it into pages and JSON: hash and permanent address, with the language."""
        volume = self.origin.volume
        if volume is None or self.operation == "sparql" or not self.is_of_one_release:
            return {}
        language = self.arguments.get("language")
        address = self._pinned({"lang": language} if language else {})
        return {
            "trace": {
                "release": volume.name,
                "query": self.query,
                "address": address,
                "citation": self.origin.citations,
                "is_dated": volume.day is not None,
            }
        }

    def headers(self, status: int, sent: Mapping[str, str]) -> dict[str, str]:
        """The headers of an answer with this status and these headers of its own."""
        found = {QUERY: self.query}
        if self.origin.volume is not None and self.is_of_one_release:
            found[CITATION] = self.origin.cited(self.query, self._spoken)
        if (
            self.address is None
            or status == 304
            or status >= 400
            or sent.get("Cache-Control", CACHE_CONTROL) != CACHE_CONTROL
        ):
            return found
        pins: dict[str, str] = {}
        if "accept" in self.arguments and self.arguments.get("format", "") is None:
            pins["format"] = self._format(sent.get("Content-Type", "").partition(";")[0])
        if "Content-Language" in sent or (self.operation not in ("sparql", "locate") and self._is_json(sent)):
            pins["lang"] = self.arguments.get("language", "")
        address = self._pinned(pins)
        if address is not None:
            found[LINK] = f'<{address}>; rel="{RELATION}"'
        return found

    def _pinned(self, pins: Mapping[str, str]) -> str | None:
        """The permanent address with what was negotiated, unless it is too long to be sent."""
        if self.address is None:
            return None
        address = self.address
        for name, value in pins.items():
            # Both are names of ours: letters alone.
            if value and name not in self.parameters:
                address += f"{'&' if '?' in address else '?'}{name}={value}"
        return address if len(address) <= LONGEST_LINK else None

    @property
    def _spoken(self) -> str:
        """The language of the citation: the one named in the request.

        What a browser prefers does not decide it: answers that are the same in every language are kept as one.
        """
        return next(iter(self.parameters.get("lang", ())), "en")

    def _is_json(self, sent: Mapping[str, str]) -> bool:
        return sent.get("Content-Type") == "application/json" and "language" in self.arguments

    def _format(self, media_type: str) -> str:
        """What the form that was sent is called."""
        if self.operation == "catalogue-query":
            return _CATALOGUE.get(media_type, "")
        if self.operation != "sparql":
            return _GRAPHS.get(media_type, "")
        if media_type in _EXACT:
            return _EXACT[media_type]
        # The broader names of a form are those of a table for one query and of a graph for another.
        from asoen_graph.server.operations.sparql import form_of

        is_table = form_of(self.arguments["query"]) in ("SELECT", "ASK")
        return (_TABLES if is_table else _GRAPHS).get(media_type, "")


def _without_timeout(parameters: Parameters) -> bytes:
    pairs = [(name, value) for name, values in parameters.items() if name != "timeout" for value in values]
    return urlencode(pairs).encode()


def address_below(scope: Mapping[str, Any], parameters: Parameters) -> str:
    """The address of the request, below the address of the release."""
    raw: bytes = scope.get("raw_path") or quote(scope["path"]).encode()
    root = len(scope.get("root_path", ""))
    # A time limit says nothing of the answer, and one that was just enough may not be another day.
    asked = scope["query_string"] if "timeout" not in parameters else _without_timeout(parameters)
    address = raw[root:] + b"?" + asked if asked else raw[root:]
    if address.translate(None, _PLAIN):
        address = quote_from_bytes(address, safe=_SAFE).encode()
    return address.decode("ascii")


def _posted(arguments: Mapping[str, Any], parameters: Parameters) -> str:
    """The address by which a query that came by POST can be had by GET."""
    pairs = [("query", arguments["query"])]
    pairs += [("default-graph-uri", each) for each in arguments["default_graphs"]]
    pairs += [("named-graph-uri", each) for each in arguments["named_graphs"]]
    pairs += [(name, value) for name in ("format", "lang") for value in parameters.get(name, ())]
    return f"/sparql?{urlencode(pairs)}"


def _posted_network(scope: Mapping[str, Any], query: str, parameters: Parameters) -> str:
    """The address by which the network of a query that came by POST can be had by GET."""
    others = [name for name in parameters if name not in ("query", "timeout", "format")]
    pairs = [("query", query), *((name, value) for name in others for value in parameters[name])]
    return f"{address_below({**scope, 'query_string': b''}, {})}?{urlencode(pairs)}"
