"""Putting one test of the W3C to a server, and judging its answer: ``None`` where it is right, else what is wrong.

A table or a yes-or-no is asked for twice, as JSON and as XML, a graph as Turtle and as N-Triples; where the expected
answer is CSV or TSV, the form is that one.
"""

from __future__ import annotations

import io
import re

import httpx
from rdflib import Graph
from rdflib.compare import isomorphic
from rdflib.query import Result

from .answers import Row, boolean_in, read_csv, read_graph, read_result, rows_of, same_table, simple, table_in
from .manifests import Case, path_of
from .requests import Ask

_IN_ORDER = re.compile(r"ORDER\s+BY", re.IGNORECASE)
_RESULTS = {"json": "application/sparql-results+json", "xml": "application/sparql-results+xml"}
_GRAPHS = {"turtle": "text/turtle", "nt": "application/n-triples"}
_SYNTAX = "https://w3id.org/asoen/problem/query-syntax"


def failing(endpoint: httpx.Client, case: Case) -> str | None:
    if "NegativeSyntax" in case.kind:
        return _not_refused(endpoint, case)
    if "PositiveSyntax" in case.kind:
        return _not_understood(endpoint, case)
    assert case.result is not None
    if case.result.endswith((".csv", ".tsv")):
        return _separated(endpoint, case, case.result)
    if case.result.endswith((".srx", ".srj")):
        content = path_of(case.result).read_bytes()
        return _table(endpoint, case, read_result(content, "xml" if case.result.endswith(".srx") else "json"))
    return _described(endpoint, case, read_graph(path_of(case.result), case.result))


def failing_request(endpoint: httpx.Client, ask: Ask) -> str | None:
    """The same for a test of the protocol."""
    answer = endpoint.request(
        ask.method, "/sparql", params=ask.parameters, content=ask.body, headers={**ask.headers, "Accept": "*/*"}
    )
    media_type = answer.headers["content-type"].partition(";")[0]
    if not ask.types:
        refused = 400 <= answer.status_code < 500 and media_type == "application/problem+json"
        return None if refused else f"{answer.status_code} {media_type}"
    if wrong := _refused(answer):
        return wrong
    if media_type not in ask.types:
        return media_type
    return None if ask.value is None or answer.json()["boolean"] is ask.value else "another answer"


def _ask(endpoint: httpx.Client, case: Case, accept: str) -> httpx.Response:
    text = path_of(case.query).read_text(encoding="utf-8")
    dataset = [("default-graph-uri", iri) for iri in case.data] + [("named-graph-uri", iri) for iri in case.named]
    return endpoint.post(
        "/sparql",
        params=dataset,
        content=f"BASE <{case.query}> {text}".encode(),
        headers={"Accept": accept, "Content-Type": "application/sparql-query"},
    )


def _refused(answer: httpx.Response) -> str | None:
    return None if answer.status_code == 200 else f"{answer.status_code} {answer.json()['detail']}"


def _not_understood(endpoint: httpx.Client, case: Case) -> str | None:
    """A query that calls a function nobody has is SPARQL all the same: the problem is another then."""
    answer = _ask(endpoint, case, "*/*")
    if answer.status_code == 400 and answer.json()["detail"].startswith("There is no function"):
        return None
    return _refused(answer)


def _not_refused(endpoint: httpx.Client, case: Case) -> str | None:
    answer = _ask(endpoint, case, "*/*")
    if answer.status_code == 400 and answer.json()["type"] == _SYNTAX:
        return None
    return f"{answer.status_code} where a syntax error was to be told"


def _table(endpoint: httpx.Client, case: Case, expected: Result) -> str | None:
    in_order = bool(_IN_ORDER.search(path_of(case.query).read_text(encoding="utf-8")))
    for form, media_type in _RESULTS.items():
        answer = _ask(endpoint, case, media_type)
        if wrong := _refused(answer):
            return wrong
        found = read_result(answer.content, form)
        if expected.type == "ASK":
            if found.askAnswer != expected.askAnswer:
                return f"{form}: {found.askAnswer}"
        elif set(map(str, found.vars or ())) != set(map(str, expected.vars or ())):
            return f"{form}: other variables {found.vars}"
        elif not same_table(rows_of(expected), rows_of(found), in_order=in_order, lax=case.lax):
            return f"{form}: other rows"
    return None


def _described(endpoint: httpx.Client, case: Case, expected: Graph) -> str | None:
    table, boolean = table_in(expected), boolean_in(expected)
    if table is None and boolean is None:
        return _graph(endpoint, case, expected)
    for form, media_type in _RESULTS.items():
        answer = _ask(endpoint, case, media_type)
        if wrong := _refused(answer):
            return wrong
        found = read_result(answer.content, form)
        if table is None:
            if found.askAnswer != boolean:
                return f"{form}: {found.askAnswer}"
        elif not same_table(table[0], rows_of(found), in_order=table[1], lax=case.lax):
            return f"{form}: other rows"
    return None


def _graph(endpoint: httpx.Client, case: Case, expected: Graph) -> str | None:
    for form, media_type in _GRAPHS.items():
        answer = _ask(endpoint, case, media_type)
        if wrong := _refused(answer):
            return wrong
        if not isomorphic(simple(expected), simple(Graph().parse(data=answer.content, format=form))):
            return f"{form}: another graph"
    return None


def _separated(endpoint: httpx.Client, case: Case, result: str) -> str | None:
    expected, form = path_of(result).read_bytes(), result[-3:]
    answer = _ask(endpoint, case, "text/csv" if form == "csv" else "text/tab-separated-values")
    if wrong := _refused(answer):
        return wrong
    read = read_csv if form == "csv" else _read_tsv
    return None if same_table(read(expected), read(answer.content), in_order=False) else "other rows"


def _read_tsv(content: bytes) -> list[Row]:
    return rows_of(Result.parse(io.BytesIO(content), format="tsv"))
