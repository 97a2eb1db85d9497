"""Shapes graphs and the engine that judges data by them.

The engine is rudof: on thirty thousand facts it answers within seconds where pySHACL takes a minute, and the tests hold
the two to the same results. It always names the shape that failed but not always its message: messages are looked up,
and shapes without an IRI get one. Other blank nodes stay, for an IRI in the place of a path would be a property.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize
from pyrudof import RDFFormat, ReaderMode, Rudof, RudofConfig, RudofError, ShaclFormat

from asoen_graph.errors import AsoenError

SPARQL_CONSTRAINT: Final = "http://www.w3.org/ns/shacl#SPARQLConstraintComponent"

_Node = TypeVar("_Node")
_MESSAGE = NamedNode("http://www.w3.org/ns/shacl#message")
_ENGLISH = re.compile(r'(?:^|"(?:@[a-z-]+)?, )"(?P<text>.*?)"@en', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Violation:
    """A validation result (SHACL, section 3.6.2): its message in English, the rest as the engine writes it.

    IRIs are bare, also within a path of several; literals stand between quotes without escapes.
    """

    node: str
    path: str | None
    value: str | None
    component: str
    message: str


class Shapes:
    """A shapes graph, ready to judge data. Standard: SHACL and SHACL-SPARQL (W3C Recommendation, 20 July 2017)."""

    def __init__(self, triples: Iterable[Triple], name: str) -> None:
        named = _named(list(triples))
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
        text = _n_triples(data)
        if not text:
            return []
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
                message=self._message(str(each.source_shape), each.constraint_component, each.message or ""),
            )
            for each in results
        ]

    def _message(self, shape: str, component: str, given: str) -> str:
        # A SPARQL constraint has its own message, in which the engine has filled in what the query found.
        found = _ENGLISH.search(given) if component == SPARQL_CONSTRAINT else None
        return found["text"] if found else self._messages.get(shape, given)


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
