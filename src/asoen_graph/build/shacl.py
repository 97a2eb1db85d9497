"""Shapes graphs and the engine that judges data by them.

The engine is rudof: on thirty thousand facts it answers within seconds where pySHACL takes a minute, and the tests hold
the two to the same results. It always names the shape that failed but not always its message: messages are looked up,
and shapes without an IRI get one. Other blank nodes stay, for an IRI in the place of a path would be a property.
SPARQL constraints are judged by ``asoen_graph.build.constraints``.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize

from asoen_graph.build.constraints import SHACL, Violation, read_sparql_constraints
from asoen_graph.errors import AsoenError

_Node = TypeVar("_Node")
_MESSAGE = NamedNode(SHACL + "message")


class Shapes:
    """A shapes graph, ready to judge data. Standard: SHACL and SHACL-SPARQL (W3C Recommendation, 20 July 2017)."""

    def __init__(self, triples: Iterable[Triple], name: str) -> None:
        self.constraints, rest = read_sparql_constraints(triples)
        """What needs a query; the rest, SHACL core, is ``core``."""
        self.core = named = _named(rest)
        self._name = name
        self._text = _n_triples(named)
        self._messages = {
            each.subject.value: each.object.value
            for each in named
            if each.predicate == _MESSAGE
            and isinstance(each.subject, NamedNode)
            and isinstance(each.object, Literal)
            and each.object.language == "en"
        }

    @classmethod
    def read(cls, path: Path) -> Shapes:
        """Read a Turtle file. Raises AsoenError where there is none or it is not Turtle."""
        try:
            return cls([quad.triple for quad in parse(path=str(path), format=RdfFormat.TURTLE)], str(path))
        except SyntaxError as error:
            raise AsoenError(f"{path} is not Turtle: {error}", "Correct it there") from error
        except OSError as error:
            raise AsoenError(f"{path} cannot be read: {error.strerror}", "Write it with `asoen schema`") from error

    def judge(self, data: Iterable[Triple]) -> list[Violation]:
        """Every violation in the data, in no particular order. Lets other threads run meanwhile.

        Raises AsoenError where the shapes are not such as the engine understands.
        """
        data = list(data)
        return self.judge_core(data) + self.judge_constraints(data)

    def judge_constraints(self, data: Iterable[Triple]) -> list[Violation]:
        """The violations of SPARQL constraints."""
        if not self.constraints:
            return []
        store = Store()
        store.bulk_extend(Quad(*triple) for triple in data)
        return [violation for constraint in self.constraints for violation in constraint.judge(store)]

    def judge_core(self, data: Iterable[Triple]) -> list[Violation]:
        """The violations of SHACL core."""
        text = _n_triples(data)
        if not text:
            return []
        # Loaded where it is needed: when nothing has changed there is nothing to judge.
        from pyrudof import RDFFormat, ReaderMode, Rudof, RudofConfig, RudofError, ShaclFormat

        engine = Rudof(RudofConfig())
        engine.read_data(text, RDFFormat.NTriples, reader_mode=ReaderMode.Strict)
        try:
            engine.read_shacl(self._text, ShaclFormat.NTriples, reader_mode=ReaderMode.Strict)
            results = engine.validate_shacl()
        except RudofError as error:
            raise AsoenError(f"{self._name} cannot be used: {error}", "Correct the shape there") from error
        return [
            Violation(
                node=str(each.focus_node),
                path=each.path,
                value=each.value,
                component=each.constraint_component,
                message=self._messages.get(str(each.source_shape), each.message or ""),
            )
            for each in results
        ]


def _named(triples: list[Triple]) -> list[Triple]:
    """The triples with an IRI for every blank node that has a message."""
    names = {
        each.subject: NamedNode(f"urn:shape:{each.subject.value}")
        for each in triples
        if each.predicate == _MESSAGE and isinstance(each.subject, BlankNode)
    }

    def name(node: _Node) -> _Node | NamedNode:
        return names.get(node, node) if isinstance(node, BlankNode) else node

    return [Triple(name(each.subject), each.predicate, name(each.object)) for each in triples]


def _n_triples(triples: Iterable[Triple]) -> str:
    return (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
