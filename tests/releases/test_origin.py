"""Where answers come from: whatever is asked, the headers are sound and the address is that of the same question."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from asoen_graph.release import Counts, Manifest
from asoen_graph.server.archive import Volume
from asoen_graph.server.origin import LONGEST_LINK, Origin, query_hash

COUNTS = Counts(0, {}, 0, 0, {}, {}, 0, 0, 0, 0)
MANIFEST = Manifest("x", "2031.1.0", "CC-BY-4.0", "0" * 64, COUNTS, {})
ORIGIN = Origin(Volume("2031.1.0", MANIFEST, Path(), Path(), None, is_kept=True, is_present=True))
TABLE = {"Content-Type": "application/sparql-results+json"}

texts = st.text(st.characters(exclude_categories=["Cs"]))
graphs = st.lists(st.sampled_from(["https://example.org/a", "https://example.org/b"]), max_size=2)


def request(method: str, query_string: bytes = b"", path: bytes = b"/sparql") -> Request:
    return Request(
        {
            "type": "http",
            "method": method,
            "path": path.decode("latin-1"),
            "raw_path": path,
            "query_string": query_string,
            "headers": [],
        }
    )


def asked(query: str, default: list[str], named: list[str]) -> dict[str, Any]:
    graphs_ = {"default_graphs": default, "named_graphs": named}
    return {"query": query, **graphs_, "language": "en", "accept": None, "format": None}


def target(headers: dict[str, str]) -> str | None:
    if "Link" not in headers:
        return None
    found = re.fullmatch(r'<([!-;=?-~]*)>; rel="cite-as"', headers["Link"])
    assert found is not None, headers["Link"]
    return found[1]


@given(st.binary(max_size=200), st.binary(max_size=50))
def test_no_address_breaks_out_of_the_header(query_string: bytes, path: bytes) -> None:
    trace = ORIGIN.trace(request("GET", query_string, b"/" + path).scope, "sparql", asked("ASK {}", [], []), {})
    address = target(trace.headers(200, TABLE))
    assert address is not None
    assert address.startswith("/releases/2031.1.0/")


@given(texts, graphs, graphs)
def test_a_posted_query_is_the_same_at_its_address(query: str, default: list[str], named: list[str]) -> None:
    arguments = asked(query, default, named)
    trace = ORIGIN.trace(request("POST").scope, "sparql", arguments, {"query": [query]})
    address = target(trace.headers(200, TABLE))
    if address is None:
        return
    pairs = parse_qsl(urlsplit(address).query, keep_blank_values=True, strict_parsing=True)
    assert [value for name, value in pairs if name == "query"] == [query]
    assert [value for name, value in pairs if name == "default-graph-uri"] == default
    assert [value for name, value in pairs if name == "named-graph-uri"] == named
    assert ("format", "json") in pairs


@given(st.integers(LONGEST_LINK - 100, LONGEST_LINK + 100))
def test_an_address_is_sent_up_to_a_length(length: int) -> None:
    trace = ORIGIN.trace(request("GET", b"query=" + b"x" * length).scope, "sparql", asked("x" * length, [], []), {})
    address = target(trace.headers(200, TABLE))
    whole = len("/releases/2031.1.0/sparql?query=&format=json") + length
    assert (address is None) == (whole > LONGEST_LINK)
    assert address is None or len(address) == whole


@given(texts, texts, graphs, graphs, graphs, graphs)
def test_other_questions_have_other_hashes(
    query: str, other: str, default: list[str], other_default: list[str], named: list[str], other_named: list[str]
) -> None:
    first, second = (query.strip(), default, named), (other.strip(), other_default, other_named)
    hashes = [query_hash("sparql", asked(*each)) for each in (first, second)]
    assert (hashes[0] == hashes[1]) == (first == second)


@given(texts, texts)
def test_the_text_of_a_catalogue_query_is_part_of_it(text: str, other: str) -> None:
    arguments = {"name": "meetings", "values": {}, "language": "en", "format": None}
    first = query_hash("catalogue-query", arguments, text)
    assert first == query_hash("catalogue-query", arguments | {"language": "vi", "format": "csv"}, text)
    assert (first == query_hash("catalogue-query", arguments, other)) == (text == other)
