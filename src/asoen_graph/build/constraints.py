"""SHACL-SPARQL constraints, judged as one query over all focus nodes instead of one query for each.

SHACL asks for the query once for every focus node, with ``$this`` bound. None of these queries looks at anything but
its solutions, so joining the focus nodes to it gives the same results; a test holds them to pySHACL's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolution, QuerySolutions, Store, Triple

from asoen_graph.iris import ENTITY, PREFIXES, RDF, TERM

SHACL: Final = "http://www.w3.org/ns/shacl#"
SPARQL_CONSTRAINT: Final = SHACL + "SPARQLConstraintComponent"

_SPARQL, _SELECT, _MESSAGE = (NamedNode(SHACL + name) for name in ("sparql", "select", "message"))
_TARGETS: Final = {SHACL + "targetClass": "a", SHACL + "targetSubjectsOf": ""}
_HEADING: Final = frozenset((*_TARGETS, RDF + "type"))
"""What a shape says beside what it asks for."""
_VARIABLE = re.compile(r"\{[?$](\w+)\}")
_NAMES = re.compile(r"\basoen:(\w+)")
_HEAD: Final = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("asoen", "rdfs", "xsd"))


@dataclass(frozen=True, slots=True)
class Violation:
    """A validation result (SHACL, section 3.6.2): its message in English, the rest as an engine writes it.

    IRIs are bare, also within a path of several; literals stand between quotes without escapes.
    """

    node: str
    path: str | None
    value: str | None
    component: str
    message: str


@dataclass(frozen=True, slots=True)
class SparqlConstraint:
    """A query that finds what is wrong, the nodes it is asked of, and the English message."""

    query: str
    targets: tuple[str, ...]
    """Graph patterns of ``?this``."""
    message: str

    @property
    def reads(self) -> frozenset[str]:
        """The IRIs of all terms of the ontology that the query or a target names."""
        return frozenset(TERM + name for text in (self.query, *self.targets) for name in _NAMES.findall(text))

    def judge(self, data: Store) -> Iterator[Violation]:
        """The violations in the default graph of a store."""
        focus = " UNION ".join(f"{{ {target} }}" for target in self.targets)
        query = re.sub(
            r"\bWHERE\s*\{", f"WHERE {{ {{ SELECT DISTINCT ?this WHERE {{ {focus} }} }} ", self.query, count=1
        )
        solutions = data.query(_HEAD + query)
        assert isinstance(solutions, QuerySolutions)
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            value = _written(solution, "value" if "value" in names else "this")
            message = _filled(self.message, solution, names)
            yield Violation(_written(solution, "this"), None, value, SPARQL_CONSTRAINT, message)


def read_sparql_constraints(triples: Iterable[Triple]) -> tuple[list[SparqlConstraint], list[Triple]]:
    """The SPARQL constraints of a shapes graph, and the graph without them."""
    triples = list(triples)
    about: dict[object, list[Triple]] = {}
    for triple in triples:
        about.setdefault(triple.subject, []).append(triple)
    found: list[SparqlConstraint] = []
    taken: set[Triple] = set()
    for triple in triples:
        if triple.predicate == _SPARQL:
            constraint = about[triple.object]
            taken.update((triple, *constraint))
            if all(each.predicate == _SPARQL or each.predicate.value in _HEADING for each in about[triple.subject]):
                taken.update(about[triple.subject])
            query = next(text.value for text in _texts(constraint, _SELECT))
            message = next((text.value for text in _texts(constraint, _MESSAGE) if text.language == "en"), "")
            found.append(SparqlConstraint(query, tuple(_targets(about[triple.subject])), message))
    return found, [triple for triple in triples if triple not in taken]


def _targets(shape: Iterable[Triple]) -> Iterator[str]:
    for number, triple in enumerate(shape):
        if triple.predicate.value in _TARGETS and isinstance(triple.object, NamedNode):
            name = f"asoen:{triple.object.value.removeprefix(TERM)}"
            is_class = _TARGETS[triple.predicate.value]
            yield f"?this a {name}" if is_class else f"?this {name} ?any{number}"


def _texts(constraint: Iterable[Triple], predicate: NamedNode) -> Iterator[Literal]:
    for triple in constraint:
        if triple.predicate == predicate and isinstance(triple.object, Literal):
            yield triple.object


def _written(solution: QuerySolution, name: str) -> str:
    term = solution[name]
    assert isinstance(term, NamedNode | BlankNode | Literal)
    return f'"{term.value}"' if isinstance(term, Literal) else term.value


def _filled(message: str, solution: QuerySolution, names: Collection[str]) -> str:
    """The message with what the query found in the place of variables; entities by slug."""

    def spoken(found: re.Match[str]) -> str:
        term = solution[found[1]] if found[1] in names else None
        return term.value.removeprefix(ENTITY) if isinstance(term, NamedNode | BlankNode | Literal) else ""

    return _VARIABLE.sub(spoken, message)
