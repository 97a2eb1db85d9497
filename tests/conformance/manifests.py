"""The W3C's test suites as values: which tests there are, on which data, with which answer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection

ROOT = Path(__file__).parents[2] / "build" / "suites"
"""Where ``make suites`` puts them."""

NAMES = {
    "dawg-data-r2": "http://www.w3.org/2001/sw/DataAccess/tests/data-r2/",
    "sparql11": "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/",
}
"""The address under which the W3C publishes each family: files have their names from it."""

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
DAWG = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")


@dataclass(frozen=True)
class Case:
    """One test. IRIs are those of files under ``NAMES``."""

    name: str
    kind: str
    query: str
    data: tuple[str, ...]
    named: tuple[str, ...]
    result: str | None
    lax: bool
    """Whether it does not matter how often a row is there (``REDUCED``)."""


def cases(suite: str) -> list[Case]:
    """The tests of a suite such as ``sparql11/bind``, in the order of its manifest, without those withdrawn."""
    path = ROOT / suite / "manifest.ttl"
    if not path.exists():
        raise AssertionError(f"{path} is not there. Run `make suites` first: it fetches the suites of the W3C")
    graph = Graph().parse(path, format="turtle", publicID=iri_of(path))
    (entries,) = graph.objects(None, MF.entries)
    nodes = [node for node in Collection(graph, entries) if isinstance(node, URIRef)]
    return [_case(graph, node) for node in nodes if (node, DAWG.approval, DAWG.Withdrawn) not in graph]


def _case(graph: Graph, node: URIRef) -> Case:
    action = graph.value(node, MF.action)
    query = graph.value(action, QT.query) or action
    result = graph.value(node, MF.result)
    return Case(
        name=node.rpartition("#")[2],
        kind=str(graph.value(node, RDF.type)).rpartition("#")[2],
        query=str(query or ""),
        data=tuple(map(str, graph.objects(action, QT.data))),
        named=tuple(map(str, graph.objects(action, QT.graphData))),
        result=str(result) if result is not None else None,
        lax=(node, MF.resultCardinality, MF.LaxCardinality) in graph,
    )


def iri_of(path: Path) -> str:
    """The name of a file of the suites."""
    family, _, rest = path.relative_to(ROOT).as_posix().partition("/")
    return NAMES[family] + rest


def path_of(iri: str) -> Path:
    """The file of that name."""
    (family,) = [family for family, name in NAMES.items() if iri.startswith(name)]
    return ROOT / family / iri.removeprefix(NAMES[family])
