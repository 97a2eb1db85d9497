"""The client of static sites gives what the server gives: the same answers, hits, bindings and addresses."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from asoen_graph.errors import AsoenError
from asoen_graph.fulltext import functions
from asoen_graph.queries.catalogue import Catalogue, CatalogueQuery
from asoen_graph.queries.parameters import bind_values
from asoen_graph.queries.verdict import judge
from asoen_graph.release import QUADS_FILE, Release
from asoen_graph.resources import queries_folder, release_folder
from asoen_graph.search import SearchIndex
from asoen_graph.server.operations.editing import told
from asoen_graph.server.problems import document
from asoen_graph.site.addresses import place
from asoen_graph.site.data import catalogue_document
from asoen_graph.store.embedded import EmbeddedStore
from asoen_graph.vocabulary import Vocabulary

Node = Callable[..., Any]


@pytest.fixture(scope="module")
def release() -> Release:
    return Release.open(release_folder())


@pytest.fixture(scope="module")
def store(release: Release) -> EmbeddedStore:
    graph = release.store()
    return EmbeddedStore(graph, functions(graph))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.read(queries_folder())


@pytest.fixture(scope="module")
def published(release: Release, catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The files that the client reads."""
    folder = tmp_path_factory.mktemp("client")
    graph = release.store()
    contents = {
        "quads": gzip.compress(release.read(QUADS_FILE), 1),
        "catalogue": json.dumps(catalogue_document(catalogue, Vocabulary.of_store(graph))).encode(),
        "names": json.dumps(SearchIndex.of(graph).document()).encode(),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return {name: folder / name for name in contents}


def _rows(body: dict[str, Any]) -> Counter[str]:
    """The rows whatever their order, and the order in which an aggregate puts texts together."""
    for row in body["results"]["bindings"]:
        for term in row.values():
            if term["type"] == "literal" and re.search("[ ;,|]", term["value"]):
                term["value"] = sorted(re.split("[ ;,|]+", term["value"]))
    return Counter(json.dumps(row, sort_keys=True) for row in body["results"]["bindings"])


def test_every_query_of_the_catalogue_has_the_same_answer(
    in_node: Node, published: dict[str, Path], catalogue: Catalogue, store: EmbeddedStore
) -> None:
    texts = [catalogue[name].text for name in catalogue]
    answers = in_node("ask", **published, texts=texts)
    differing = {}
    for name, answer in zip(catalogue, answers, strict=True):
        assert "json" in answer, (name, answer)
        there = json.loads(answer["json"])
        here = json.loads(store.serialize(catalogue[name].text, "application/sparql-results+json"))
        assert there["head"]["vars"] == here["head"]["vars"], name
        rows_there, rows_here = _rows(there), _rows(here)
        if rows_there != rows_here:
            differing[name] = [*(rows_there - rows_here)][:2], [*(rows_here - rows_there)][:2]
    assert differing == {}


TEXTS = {
    "usual prefixes": "SELECT ?x { ?x a asoen:HeritagePark } ORDER BY ?x",
    "a word of a federation in a text": 'ASK { BIND("SERVICE <http://a/>" AS ?x) }  # SERVICE',
    "a prefix of its own": "PREFIX asoen: <http://example.org/> ASK { ?x a asoen:Meeting }",
    "a union of graphs": "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
    "only what is accepted": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "names found, best first": """SELECT ?x ?score { ?x a asoen:HeritagePark
        BIND(search:score(?x, "lo go xa mat") AS ?score) } ORDER BY DESC(?score) ?x""",
    "names found by a slip": """SELECT ?x (search:score(?x, 'heritge park') AS ?score) { ?x rdfs:label ?l }
        ORDER BY DESC(?score) ?x ?l LIMIT 50""",
    "texts found": """SELECT ?x ?l { ?x rdfs:label ?l FILTER(search:matches(?l, "MOI truong")) } ORDER BY ?x ?l""",
    "texts found that are not in the data": """SELECT ?l ?is { VALUES ?l { "Đặng ÆSIR" "d’Ang-straße" "x dang"@vi
        "ổ đạ\u0323ng" "(dang)" "adang" 5 "" "ភ្នំពេញ" id:asoen <http://x/> "Da\u200bng ae" "D'ANG" "d ang" }
        BIND(search:matches(?l, "đang") AS ?is) } ORDER BY STR(?l)""",
    "texts found by letters of two": """SELECT ?l ?is { VALUES ?l { "Æsir" "aesir" "æ" "as" "straße" "STRASSE" "ﬁ" }
        BIND(search:matches(?l, "aes") || search:matches(?l, \"""strass\""") || search:matches(?l, "a") AS ?is) }
        ORDER BY ?l""",
    "texts found by nothing": """SELECT * { VALUES ?l { "a" id:asoen } BIND(search:matches(?l, " -") AS ?is) }
        ORDER BY ?l""",
    "entities found": """SELECT ?x { ?x a asoen:Meeting FILTER(<https://w3id.org/asoen/search#matches>(?x, "asoen"@en)
        || search:matches(?x, "amme 15")) } ORDER BY ?x""",
    "what is not found": """SELECT * { VALUES ?x { id:none "asoen" } OPTIONAL { BIND(search:score(?x, "asoen") AS ?s) }
        } ORDER BY STR(?x)""",
}


def test_texts_are_understood_as_on_the_server(in_node: Node, published: dict[str, Path], store: EmbeddedStore) -> None:
    answers = in_node("ask", **published, texts=[*TEXTS.values()])
    for (name, text), answer in zip(TEXTS.items(), answers, strict=True):
        here = json.loads(store.serialize(text, "application/sparql-results+json"))
        assert json.loads(answer["json"]) == here, name


MISTAKES = [
    "SELECT ?x WHERE { ?x a asoe:Meeting }",
    "SELECT ?x\nWHERE { ?x a asoen:Meeting } LIMIT ?x",
    "SELECT ?x WHERE { ?x a asoen:Meeting ",
    "SELECT ?x WHERE { ?x a asoen:Meeting # }",
    "SELEC ?x WHERE { ?x a asoen:Meeting }",
    "SELECT ?x WERE { ?x a asoen:Meeting } ODER BY ?x",
    "SELECT ?x, ?y, ?z WHERE { ?x ?y ?z }",
    "SELECT COUNT(?x) WHERE { ?x ?y ?z }",
    "SELECT (COUNT(?x) ?n) WHERE { ?x ?y ?z }",
    "SELECT ?x { ?x ?y ?z . . }",
    "SELECT ?x { ?x ?y ?z FILTER(?x = “a”) }",
    "SELECT ?x { ?x ?y ?z FILTER(?x ≤ 1) }",
    "SELECT\u00a0?x { ?x ?y ?z }",
    'SELECT ?x { ?x ?y "open }\n}',
    "SELECT ?x { ?x ?y <http://a b/> }",
    "SELECT ?x { ?x ?y <nowhere> }",
    "SELECT ?x ?x { ?x ?y ?z }",
    "SELECT ?x ?y { ?x ?y ?z } GROUP BY ?x",
    "SELECT (1 AS ?x) { ?x ?y ?z }",
    "SELECT * { ?x ?y ?z BIND(1 AS ?x) }",
    "SELECT * { VALUES (?x ?y) { (1 2) (3) } }",
    "SELECT ?x { ?x ?y ?z } GROUP ?x",
    "SELECT ?x { ?x ?y }",
    "SELECT ?x { { ?x ?y ?z }",
    "SELECT ?x { ?x ?y ?z } }",
    "SELECT ?x { ?x ?y 1,5 ; }} LIMIT -1",
    "ASK { ?x foo:bar 1 . ?x a aseon:Meeting }",
    "SELECT ?x { \\ }",
    "SELECT ?s { ?s rdfs:label '🦀' FILTR(?s) }",
    "hello",
    "",
]


def catalogue_of_texts() -> list[str]:
    return [
        re.sub("^#.*\n", "", path.read_text(), flags=re.MULTILINE) for path in sorted(queries_folder().rglob("*.rq"))
    ]


def broken(text: str, chance: random.Random) -> str:
    """The text with a mistake as people make them."""
    words = re.findall(r"\s+|\w+|[^\w\s]", text)
    place = chance.choice([at for at, word in enumerate(words) if not word.isspace()])
    word = words[place]
    words[place] = chance.choice(["", word + word, word[:-1], word + chance.choice('(){}.,;=?x“"')])
    return "".join(words)


DOUBTFUL = [
    "SELECT ?x { ?x a asoen:Meetng }",
    "SELECT ?x { ?x a asoen:meeting ; asoen:Ordinal ?o }",
    "SELECT ?x ?y { ?x a asoen:Meeting }",
    "SELECT ?meting ?y (COUNT(*) AS ?n) { ?meeting asoen:starts ?Y } GROUP BY ?meting ?y",
    "SELECT * { id:lo-go-xa-mt ?p ?o\n . <https://w3id.org/asoen/id/asoen-99> ?q ?r }",
    "PREFIX e: <https://w3id.org/asoen/id/>\nASK { e:viet-nm asoen:memberOff ?o }",
    "CONSTRUCT { ?s asoen:noSuch ?o } WHERE { ?s asoen:noSuchEither ?o }",
    "ASK { GRAPH graph:nowhere { ?s ?p ?o } }",
    "ASK { fact:0000 ?p source:none }",
    'ASK { ?s search:matches "reef" ; search:scor 1 FILTER(search:matchs(?s, "a")) }',
    "SELECT ?s { { SELECT ?s ?t { ?s a asoen:HeritagePark } } }",
    "SELECT ?s { ?s a asoen:HeritagePark } # asoen:Nothing",
    'SELECT ?s { ?s rdfs:label "🦀 asoen:Nothing" ; asoen:nothng "🦀" ; asoen:bird ?s }',
    "SELECT ?x { ?x asoen:zzzzqqqq ?y }",
    "DESCRIBE id:viet-nan",
]


REFUSED = {
    "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }": ("query-refused", 1, 12, "SERVICE"),
    "PREFIX a: <http://a/>\nDELETE WHERE { ?s ?p ?o }": ("query-refused", 2, 1, "DELETE"),
    "ASK { FILTER(asoen:none(1)) }": ("query", None, None, None),
    "ASK { ?x rdfs:label ?l FILTER(search:matches(?x, ?l)) }": ("query", None, None, None),
}


def test_queries_are_looked_over_as_on_the_server(
    in_node: Node, published: dict[str, Path], store: EmbeddedStore
) -> None:
    chance = random.Random(7)
    whole = catalogue_of_texts()
    texts = MISTAKES + DOUBTFUL + [broken(chance.choice(whole), chance) for _ in range(40)]
    asked = [*texts, *REFUSED]
    found = in_node("check", **published, texts=asked)
    compared = 0
    for text, there in zip(texts, found, strict=False):
        here = told(judge(text, store))
        # Where the server has nothing but the words of its engine, the site has those of another one.
        if here is None or "The engine does not take" not in here["detail"]:
            there = there["problem"] if there and "problem" in there else there
            assert there == json.loads(json.dumps(here)), text
            compared += here is not None
    assert compared > 60
    for (text, (code, line, column, token)), there in zip(REFUSED.items(), found[len(texts) :], strict=True):
        problem = there["problem"]
        assert problem["type"].endswith(f"/{code}"), (text, problem)
        assert (problem.get("line"), problem.get("column"), problem.get("token")) == (line, column, token), text
        assert problem["detail"], text


def test_search_finds_the_same_in_the_same_order(in_node: Node, published: dict[str, Path], release: Release) -> None:
    index = SearchIndex.of(release.store())
    chance = random.Random(6)
    names = [name for _, name, _, _ in index.document()["names"]]
    words = [*chance.sample(names, 150), *(name[: chance.randint(2, 9)] for name in chance.sample(names, 150))]
    words += [
        "lo go xa mat",
        "vietnam",
        "Viet Nam",
        "asoen",
        "AMME 15",
        "ha noi",
        "haze",
        "ភ្នំ",
        "đ",
        "(",
        "’",
        " ",
        "ß",
    ]
    words += ["lo go xa mta", "heritge park", "ministres"]
    searches = [[each, language, True] for each in words for language in ("en", "vi")]
    found = in_node("names", names=published["names"], searches=searches)
    for (asked, language, forgiving), hits in zip(searches, found, strict=True):
        here = index.find(asked, language, limit=None, forgiving=forgiving)
        assert hits == [[hit.slug, hit.label, hit.matched, hit.match.value] for hit in here], (asked, language)


VALUES: list[tuple[str, dict[str, str]]] = [
    ("meetings-of-series", {"series": "asoen"}),
    ("meetings-of-series", {"series": "id:asoen"}),
    ("meetings-of-series", {"series": "no-such-series"}),
    ("meetings-of-series", {"series": "asoen> } DELETE { <"}),
    ("meetings-of-series", {"series": ""}),
    ("meetings-of-series", {"serie": "asoen"}),
    ("meetings-in-period", {"from": "2019", "until": "2020-02"}),
    ("meetings-in-period", {"from": "2019-13"}),
    ("meetings-in-period", {"until": '2020"^^xsd:date } #'}),
    ("meetings-of-year", {"year": "2019"}),
    ("meetings-of-year", {"year": "2019-05"}),
    ("parks-by-ecosystem", {}),
]


def test_values_are_bound_as_on_the_server(
    in_node: Node, published: dict[str, Path], catalogue: Catalogue, store: EmbeddedStore
) -> None:
    found = in_node("bind", quads=published["quads"], catalogue=published["catalogue"], values=VALUES)
    for (name, values), there in zip(VALUES, found, strict=True):
        assert there == _bound(catalogue[name], values, store), (name, values)


def _bound(query: CatalogueQuery, values: dict[str, str], store: EmbeddedStore) -> object:
    """The query as the server binds it, or what it says where it does not: the client differs in words alone."""
    try:
        return bind_values(query.text, query.parameters, values, store)
    except AsoenError as error:
        return _AnyProblem(document(error))


class _AnyProblem(dict[str, Any]):
    def __eq__(self, other: object) -> bool:
        return isinstance(other, dict) and other["problem"]["status"] == self["status"] and "detail" in other["problem"]

    __hash__ = None  # type: ignore[assignment]


ADDRESSES = [
    "",
    "?lang=vi",
    "id/asoen.html?lang=vi",
    "id/asoen",
    "id/asoen.ttl?lang=vi",
    "id/asoen.json",
    "source/a-b.html?lang=en#p-3",
    "entities?lang=vi",
    "entities?class=meeting&lang=vi",
    "queries?group=where&lang=en",
    "queries/hosts?lang=vi",
    "queries/hosts?series=asoen&lang=en",
    "networks/partners-met-together?lang=en",
    "sparql?query=ASK%20%7B%7D&lang=vi",
    "search?q=reef&lang=en",
    "ontology?format=html&lang=vi#Meeting",
    "ontology.ttl",
    "report?lang=en",
    "docs",
    "api/entities?class=meeting",
    "releases",
    "data/asoen.nq.gz",
]


def test_scripts_know_the_same_files(in_node: Node) -> None:
    found = in_node("places", addresses=ADDRESSES)
    for address, there in zip(ADDRESSES, found, strict=True):
        here = place(f"/{address}", "")
        assert here is not None
        query, fragment = f"?{here.query}" if here.query else "", f"#{here.fragment}" if here.fragment else ""
        assert there == here.file + query + fragment, address
