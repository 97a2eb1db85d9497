from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from asoen_graph.errors import AsoenError, QueryRefused, QuerySyntaxError
from asoen_graph.sparql import guard
from asoen_graph.sparql.federation import disarm
from asoen_graph.sparql.guard import MAX_DEPTH, MAX_TOKENS, refuse
from asoen_graph.sparql.tokens import Token, scan
from asoen_graph.store import SelectAnswer
from asoen_graph.store.embedded import EmbeddedStore

PROLOGUE = "PREFIX ex: <{url}> PREFIX : <{url}> PREFIX \ufffdx: <{url}> "

FEDERATED = [
    "SELECT * { SERVICE <{url}> { ?s ?p ?o } }",
    "SELECT * { service <{url}> { ?s ?p ?o } }",
    "SELECT * { SeRvIcE SILENT <{url}> { ?s ?p ?o } }",
    "SELECT * { SERVICE# a comment\n<{url}>{ ?s ?p ?o } }",
    "SELECT * { { { OPTIONAL { SERVICE <{url}> { ?s ?p ?o } } } } }",
    "SELECT * { FILTER EXISTS { SERVICE <{url}> { ?s ?p ?o } } }",
    "SELECT * { BIND(<{url}> AS ?e) SERVICE ?e { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <{url}> { ?s ?p ?o } }",
    "SELECT * { S\\U00000045RVICE <{url}> { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } { SERVICE <{url}> { ?s ?p ?o } }",
    # What the engine's parser reads although no lexer would.
    PROLOGUE + "SELECT * { SERVICEex:foo { ?s ?p ?o } }",
    PROLOGUE + "SELECT * { SERVICESILENT<{url}>{ ?s ?p ?o } }",
    PROLOGUE + "SELECT * { SERVICE:x { ?s ?p ?o } }",
    PROLOGUE + "SELECT * { ?s ?p trueSERVICEex:foo { ?s ?p ?o } }",
    "SELECT * { ?s ?p 1.SERVICE<{url}>{ ?s ?p ?o } }",
    PROLOGUE + "SELECT * { ?s ?p 'x'@en-service }",
    "SELECT * { FILTER(1<2)SERVICE<{url}>{ ?s ?p ?o } FILTER(3>2) }",
    "SELECT * { ?s ?p '''a''b''' SERVICE <{url}> { ?s ?p ?o } }",
    "SELECT * { ?s ?p 'x' . # ' \r SERVICE <{url}> { ?s ?p ?o }\n}",
]


class Listener:
    """A loopback port that counts who comes."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        self.visits = 0
        threading.Thread(target=self._count, daemon=True).start()

    def _count(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.visits += 1
            connection.close()

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    found = Listener()
    yield found
    found.close()


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    node = NamedNode("http://e/a")
    store = Store()
    store.add(Quad(node, node, node))
    return EmbeddedStore(store)


@pytest.mark.parametrize("query", FEDERATED)
def test_no_spelling_of_service_reaches_the_network(query: str, listener: Listener, store: EmbeddedStore) -> None:
    text = query.replace("{url}", listener.url)
    with pytest.raises(QueryRefused, match="SERVICE"):
        store.query(text)
    assert listener.visits == 0


PARTS = st.sampled_from([
    "SERVICE", "service", "S\\u0045RVICE", "SILENT", " ", "\n", "\r", "#", "'", '"', "'''", '"""', "<", ">", "{", "}",
    "?s ?p ?o", " . ", "ex:a", "ex:", ".", ":", "true", "1", "FILTER(1<2)", "/**/", "\\", "\\u0022", "\\u0027",
    "<{url}>", "{ ?s ?p ?o }",
])  # fmt: skip


@given(st.lists(PARTS, max_size=8))
@settings(max_examples=400, deadline=None)
def test_whatever_passes_the_guard_stays_at_home(parts: list[str]) -> None:
    listener = Listener()
    inner = "".join(parts).replace("{url}", listener.url)
    try:
        EmbeddedStore(Store()).query(
            f"PREFIX ex: <{listener.url}> SELECT * {{ {inner} SERVICE <{listener.url}> {{ }} }}"
        )
    except AsoenError:
        pass
    finally:
        listener.close()
    assert listener.visits == 0


@pytest.mark.parametrize(
    "query",
    [
        # What the engine reads as a federated query and a lexer as names, IRIs and strings.
        "SELECT * { ?s ?p ?o FILTER(?o<1+'x>') SERVICE <{url}> { ?s ?p ?o } FILTER(?o='') }",
        PROLOGUE + "SELECT * { ?s ?p ex:a.b.SERVICE <{url}> { ?s ?p ?o } }",
        PROLOGUE + "SELECT * { ?s ?p ex:SERVICE\ufffdx:foo { ?s ?p ?o } }",
        "PREFIX ex: <http://e:> SELECT * { ?s ?p ex:SERVICE <{url}> { ?s ?p ?o } }",
        "PREFIX : <http://e:> SELECT * { ?s a:SERVICE <{url}> { ?s ?p ?o } }",
    ],
)
def test_what_the_engine_misreads_is_spelt_otherwise_for_it(query: str, listener: Listener) -> None:
    text = query.replace("{url}", listener.url)
    Store().query(text)  # The engine takes it.
    with pytest.raises(AsoenError):
        EmbeddedStore(Store()).query(text)


@given(st.text(st.sampled_from("sService\\ \"'<>{}:?#\n")) | st.lists(PARTS).map("".join))
@settings(deadline=None)
def test_what_the_engine_gets_holds_the_word_in_variables_only(text: str) -> None:
    try:
        found = disarm(text)
    except AsoenError:
        return
    assert not re.search("(?<![?$\\w])\\w*service", found, re.IGNORECASE), found


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service ?p ?o }",
        'SELECT * { ?s ?p "SERVICE <http://e/> {}" }',
        "SELECT * { ?s <http://e/SERVICE> ?o }",
        "PREFIX ex: <http://e/> SELECT * { ?s ex:service ex:customer-service }",
        "SELECT * { ?s ?p ?o } # SERVICE <http://e/> {}",
        'SELECT ?service { ?service ?p """a \\\\service"""@en FILTER(?o IN (<http://e/service>, "ser\\u0076ice")) }',
        "SELECT ?s { ?s ?p ?o FILTER(CONTAINS(?o, 'insert, delete, load, with')) }",
    ],
)
def test_the_word_alone_is_no_federation(query: str, store: EmbeddedStore) -> None:
    store.query(query)


def test_the_word_keeps_its_meaning(store: EmbeddedStore) -> None:
    answer = store.query("""
        PREFIX ex: <http://e/my-service#> # the Service
        SELECT ?service (ex:service AS ?a) (<http://e/SERVICE> AS ?b)
        { BIND('A "Service" \\\\service' AS ?service) }""")
    assert answer == SelectAnswer(
        ("service", "a", "b"),
        [(Literal('A "Service" \\service'), NamedNode("http://e/my-service#service"), NamedNode("http://e/SERVICE"))],
    )


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "delete where { ?s ?p ?o }",
        "PREFIX ex: <http://e/> BASE <http://e/> # go\nLOAD <http://e/>",
        "CLEAR ALL",
        "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "\\u0044ROP ALL",
    ],
)
def test_updates_are_told_where_the_data_is_curated(update: str) -> None:
    with pytest.raises(QueryRefused, match="only read") as caught:
        refuse(update)
    assert "curated" in caught.value.hint


def test_the_place_of_a_refusal() -> None:
    with pytest.raises(QueryRefused) as caught:
        refuse("SELECT *\n{ ?s ?p ?o . SERVICE <http://e/> {} }")
    assert (caught.value.line, caught.value.column, caught.value.token) == (2, 14, "SERVICE")


def test_a_text_that_cannot_be_read_and_holds_the_word_is_not_run() -> None:
    with pytest.raises(QuerySyntaxError):
        refuse("SELECT * { ?s ?p 'open SERVICE <http://e/> {} }")


def test_from_names_only_graphs_that_are_here() -> None:
    here = {"https://w3id.org/asoen/graph/register", "http://e/g"}
    refuse("SELECT * FROM graph:register FROM NAMED <http://e/g> { ?s ?p ?o }", here.__contains__)
    refuse(
        "BASE <http://e/x> PREFIX : <o/> BASE <y> SELECT * FROM <g> FROM NAMED <./g> { ?s ?p ?o }", here.__contains__
    )
    refuse("PREFIX x: <http://e/> SELECT * FROM x:g { ?from ?p 'from <http://no/>' }", here.__contains__)
    with pytest.raises(QueryRefused, match="<http://e/other>") as caught:
        refuse("SELECT * FROM <http://e/g>\nFROM NAMED <http://e/other> { ?s ?p ?o }", here.__contains__)
    assert (caught.value.line, caught.value.column) == (2, 12)


def test_texts_that_would_break_the_engine() -> None:
    refuse("ASK " + "{" * MAX_DEPTH + "}" * MAX_DEPTH)
    with pytest.raises(QueryRefused, match="nest deeper"):
        refuse("ASK " + "{" * 5000 + "}" * 5000)
    with pytest.raises(QueryRefused, match="longer"):
        refuse("ASK { FILTER(1" + "+1" * 10_000 + ") }")


def test_data_may_be_long() -> None:
    values = " ".join(f"({number} <http://e/{number}>)" for number in range(MAX_TOKENS))
    refuse(f"ASK {{ VALUES (?a ?b) {{ {values} }} }}")
    refuse(f"ASK {{ VALUES ?a {{ {'1 ' * 2 * MAX_TOKENS} }} }}")
    with pytest.raises(QueryRefused):
        refuse(f"ASK {{ VALUES ?a {{ 1 }} {'?s ?p ?o . ' * MAX_TOKENS} }}")


@pytest.mark.parametrize(
    "opening", ["VALUES ?a {", "VALUES $a # data\n{", "values (?a) {", "VALUES(?a ?b){", "VALUES () {", "VALUES ( ) {"]
)
def test_data_begins_where_values_says_so(opening: str) -> None:
    refuse(f"ASK {{ {opening} {'1 ' * 2 * MAX_TOKENS} }} }}")


@pytest.mark.parametrize("opening", ["VALUES {", "?a {", "VALUES ?a ?b {", "VALUES (?a {", "(?a) {", "VALUES (1) {"])
def test_data_begins_nowhere_else(opening: str) -> None:
    with pytest.raises(QueryRefused, match="longer"):
        refuse(f"ASK {{ {opening} {'1 ' * 2 * MAX_TOKENS} }} }}")


def test_what_is_no_data_counts_among_data() -> None:
    with pytest.raises(QueryRefused, match="longer"):
        refuse(f"ASK {{ VALUES ?a {{ {'a.' * 2 * MAX_TOKENS} }} }}")


def test_comments_are_not_endless() -> None:
    refuse("ASK {}" + "#\n" * MAX_TOKENS)
    with pytest.raises(QueryRefused, match="comments"):
        refuse("ASK {}" + "#\n" * (MAX_TOKENS + 1))


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("{" * 1_000_000, MAX_DEPTH + 1),
        ("?a " * 300_000, MAX_TOKENS + 1),
        ("#\n" * 500_000, MAX_TOKENS + 1),
        ("SELECT * { SERVICE " + "?a " * 300_000, MAX_TOKENS + 1),
    ],
)
def test_a_text_that_is_too_long_is_not_read_to_its_end(
    text: str, needed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = 0

    def counting(text: str) -> Iterator[Token]:
        nonlocal read
        for token in scan(text):
            read += 1
            yield token

    monkeypatch.setattr(guard, "scan", counting)
    monkeypatch.setattr(guard, "significant", None)
    with pytest.raises(QueryRefused):
        refuse(text)
    assert read == needed
