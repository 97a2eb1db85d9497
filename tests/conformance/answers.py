"""Comparing answers with those the W3C expects, read and matched by RDFLib, which shares no code with the engine.

An answer that is a table becomes a graph: a node for each row, so that RDFLib's test of isomorphism decides which
blank nodes may stand for which. Rows without blank nodes carry how often they occur; where order counts, each row
carries its place.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

from rdflib import RDF, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.query import Result
from rdflib.term import Node

RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")

Row = Mapping[str, Node]


def same_table(expected: Iterable[Row], found: Iterable[Row], *, in_order: bool, lax: bool = False) -> bool:
    """Whether two tables are the same. ``lax``: however often each row is there."""
    return isomorphic(_as_graph(expected, in_order, lax), _as_graph(found, in_order, lax))


def _as_graph(rows: Iterable[Row], in_order: bool, lax: bool) -> Graph:
    graph = Graph()
    counted: Counter[frozenset[tuple[str, Node]]] = Counter()
    for place, row in enumerate(rows):
        cells = frozenset((variable, _simple(term)) for variable, term in row.items())
        if in_order or any(isinstance(term, BNode) for term in row.values()):
            _add(graph, cells, "place", place if in_order else 0)
        else:
            counted[cells] += 1
    for cells, count in counted.items():
        _add(graph, cells, "count", 1 if lax else count)
    return graph


def _add(graph: Graph, cells: frozenset[tuple[str, Node]], word: str, number: int) -> None:
    node = BNode()
    graph.add((node, RS[word], Literal(number)))
    for variable, term in cells:
        graph.add((node, URIRef(f"variable:{variable}"), term))


def simple(graph: Graph) -> Graph:
    """The graph with each literal in one way: in RDF 1.1 a plain literal is an ``xsd:string``."""
    found = Graph()
    for subject, predicate, value in graph:
        found.add((subject, predicate, _simple(value)))
    return found


def _simple(term: Node) -> Node:
    if not isinstance(term, Literal):
        return term
    if term.datatype == XSD.string:
        return Literal(str(term))
    if term.language:
        return Literal(str(term), lang=term.language.lower())
    try:
        value = _CANONICAL[term.datatype](str(term)) if term.datatype in _CANONICAL else str(term)
    except (ValueError, ArithmeticError):
        return term
    return Literal(value, datatype=term.datatype)


def _plain(text: str) -> str:
    number = Decimal(text)
    return "0" if not number else format(number.normalize(), "f")


def _in_utc(text: str) -> str:
    return re.sub(r"[+-]00:00$", "Z", text)


_CANONICAL = {
    **dict.fromkeys((XSD.integer, XSD.decimal, XSD.nonNegativeInteger, XSD.negativeInteger, XSD.int), _plain),
    **dict.fromkeys((XSD.double, XSD.float), lambda text: repr(float(text))),
    **dict.fromkeys((XSD.date, XSD.dateTime), _in_utc),
}
"""The one way to write each value of these types: an answer need not write a value as the W3C's file does."""


def rows_of(result: Result) -> list[Row]:
    return [{str(variable): term for variable, term in binding.items()} for binding in result.bindings]


def read_result(content: bytes, format_: str) -> Result:
    """An answer in SPARQL's XML or JSON."""
    return Result.parse(io.BytesIO(content), format=format_)


def table_in(graph: Graph) -> tuple[list[Row], bool] | None:
    """The table a graph describes in the words of the W3C's result sets, and whether its order counts."""
    table = graph.value(None, RDF.type, RS.ResultSet)
    if table is None or graph.value(table, RS.boolean) is not None:
        return None
    solutions = list(graph.objects(table, RS.solution))
    in_order = any(graph.value(solution, RS.index) is not None for solution in solutions)
    if in_order:
        solutions.sort(key=lambda solution: int(str(graph.value(solution, RS.index))))
    rows = []
    for solution in solutions:
        row = {}
        for binding in graph.objects(solution, RS.binding):
            variable, value = graph.value(binding, RS.variable), graph.value(binding, RS.value)
            assert value is not None
            row[str(variable)] = value
        rows.append(row)
    return rows, in_order


def boolean_in(graph: Graph) -> bool | None:
    """The yes or no a graph describes."""
    value = next(graph.objects(None, RS.boolean), None)
    return None if value is None else str(value) == "true"


def read_graph(path: Path, base: str) -> Graph:
    return Graph().parse(path, format="xml" if path.suffix == ".rdf" else "turtle", publicID=base)


def read_csv(content: bytes) -> list[Row]:
    """CSV, which says no more than the text of each value. Columns count by name: ``SELECT *`` has no order of them."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))
    return [
        {name: BNode(cell[2:]) if cell.startswith("_:") else Literal(cell) for name, cell in row.items()}
        for row in rows
    ]
