"""The W3C's protocol tests as requests.

The manifest in the suite names them and no more; the W3C's page of the same suite gives a request and the answer
expected in prose, which is what stands here. A test passes where every request gets the kind of answer expected.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

DATA: Final = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
DIRECT: Final = {"Content-Type": "application/sparql-query"}
FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}

BOOLEAN: Final = frozenset({"application/sparql-results+xml", "application/sparql-results+json"})
TABLE: Final = BOOLEAN | {"text/csv", "text/tab-separated-values"}
RDF: Final = frozenset({"application/rdf+xml", "text/turtle", "application/n-triples"})


@dataclass(frozen=True)
class Ask:
    """A request and what must come back: one of the media types with success, or a refusal (``types`` empty)."""

    method: str
    types: frozenset[str]
    parameters: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    value: bool | None = None
    """The answer of the ``ASK``, where one is told."""


def _graphs(default: str = "", named: str = "") -> list[tuple[str, str]]:
    return [("default-graph-uri", DATA.format(number)) for number in default] + [
        ("named-graph-uri", DATA.format(number)) for number in named
    ]


def _has(*numbers: int) -> str:
    return " ".join(f"<{DATA.format(number)}> a ?type ." for number in numbers)


_IN_DEFAULT: Final = f"ASK {{ {_has(1, 2)} }}"
_IN_NAMED: Final = f"GRAPH ?g1 {{ {_has(1)} }} GRAPH ?g2 {{ {_has(2)} }}"
_NONE: Final = _graphs("0")

TESTS: Final[dict[str, Ask]] = {
    "query_post_form": Ask("POST", BOOLEAN, _NONE, b"query=ASK%20%7B%7D", FORM, value=True),
    "query_dataset_default_graphs_get": Ask("GET", BOOLEAN, [("query", _IN_DEFAULT), *_graphs("12")], value=True),
    "query_dataset_default_graphs_post": Ask("POST", BOOLEAN, _graphs("12"), _IN_DEFAULT.encode(), DIRECT, value=True),
    "query_dataset_named_graphs_post": Ask(
        "POST", BOOLEAN, _graphs(named="12"), f"ASK {{ {_IN_NAMED} }}".encode(), DIRECT, value=True
    ),
    "query_dataset_named_graphs_get": Ask(
        "GET", BOOLEAN, [("query", f"ASK {{ {_IN_NAMED} }}"), *_graphs(named="12")], value=True
    ),
    "query_dataset_full": Ask(
        "POST", BOOLEAN, _graphs("3", "12"), f"ASK {{ {_has(3)} {_IN_NAMED} }}".encode(), DIRECT, value=True
    ),
    # The query names another dataset than the protocol, which wins.
    "query_multiple_dataset": Ask(
        "POST",
        BOOLEAN,
        _graphs(named="12"),
        f"ASK FROM <{DATA.format(3)}> {{ {_IN_NAMED} }}".encode(),
        DIRECT,
        value=True,
    ),
    "query_get": Ask("GET", BOOLEAN, [("query", "ASK {}"), *_NONE], value=True),
    "query_content_type_select": Ask("POST", TABLE, _NONE, b"SELECT (1 AS ?value) {}", DIRECT),
    "query_content_type_ask": Ask("POST", BOOLEAN, _NONE, b"ASK {}", DIRECT),
    "query_content_type_describe": Ask("POST", RDF, _NONE, b"DESCRIBE <http://example.org/>", DIRECT),
    "query_content_type_construct": Ask("POST", RDF, _NONE, b"CONSTRUCT { <s> <p> 1 } WHERE {}", DIRECT),
    "query_post_direct": Ask("POST", BOOLEAN, [], b"ASK {}", DIRECT, value=True),
    "bad_query_method": Ask("PUT", frozenset(), [("query", "ASK {}"), *_NONE], b"", FORM),
    "bad_multiple_queries": Ask("GET", frozenset(), [("query", "ASK {}"), ("query", "SELECT * {}")]),
    "bad_query_wrong_media_type": Ask("POST", frozenset(), [], b"ASK {}", {"Content-Type": "text/plain"}),
    "bad_query_missing_form_type": Ask("POST", frozenset(), [], b"query=ASK%20%7B%7D"),
    "bad_query_missing_direct_type": Ask("POST", frozenset(), [], b"ASK {}"),
    "bad_query_non_utf8": Ask("POST", frozenset(), [], "ASK {}".encode("utf-16"), DIRECT),
    "bad_query_syntax": Ask("GET", frozenset(), [("query", "ASK {")]),
}
