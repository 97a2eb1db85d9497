"""What a query is made of, as far as plans need it: groups, runs of triple patterns, filters, the order of its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pyoxigraph import Literal, NamedNode

from asoen_graph.iris import QUERY_PREFIXES, RDF, XSD
from asoen_graph.planning.scanning import Token, Unplanned


class Part(tuple[Token, ...]):
    """A term in the text: one token, or those of a literal with its language or type."""

    __slots__ = ()

    @property
    def is_variable(self) -> bool:
        """Whether it is a variable."""
        return self[0].kind == "variable"

    @property
    def name(self) -> str:
        """The name of a variable."""
        return self[0].text[1:]

    def __str__(self) -> str:
        return "".join(token.text for token in self)


@dataclass(slots=True)
class Triple:
    """A triple pattern."""

    subject: Part
    predicate: Part
    object: Part

    def __str__(self) -> str:
        return f"{self.subject} {self.predicate} {self.object}"


@dataclass(slots=True)
class Run:
    """Triple patterns with nothing between them, and where in the text they stand."""

    triples: list[Triple]
    start: int
    end: int


@dataclass(slots=True)
class Group:
    """What stands between two braces. ``kinds`` are the words that begin its other parts."""

    runs: list[Run] = field(default_factory=list)
    filters: list[Sequence[Token]] = field(default_factory=list)
    """What stands between the brackets of ``FILTER (…)``."""
    kinds: set[str] = field(default_factory=set)

    @property
    def triples(self) -> list[Triple]:
        """All the triple patterns that stand in it directly."""
        return [triple for run in self.runs for triple in run.triples]


@dataclass(slots=True)
class Selection:
    """A ``SELECT``, ``ASK`` or ``CONSTRUCT`` with its pattern and what comes after it."""

    form: str
    where: Group = field(default_factory=Group)
    is_distinct: bool = False
    projected: frozenset[str] | None = None
    """The variables of a ``SELECT`` that names nothing else."""
    order: list[tuple[str, bool]] | None = None
    """The variables it is ordered by, and whether from the last to the first; ``None`` where by anything else."""
    where_start: int = 0
    order_start: int = 0
    """Where in the text the pattern begins, and where what comes after it."""
    limit: int | None = None
    offset: int = 0
    is_grouped: bool = False
    grouped: list[str] | None = field(default_factory=list)
    """The variables it is grouped by; ``None`` where by anything else."""
    grouping: tuple[int, int] | None = None
    """Where in the text ``GROUP BY`` and the variables stand."""
    has_having: bool = False


@dataclass
class Query:
    """A query as it was read."""

    text: str
    tokens: list[Token]
    prefixes: Mapping[str, str]
    main: Selection
    groups: list[Group]
    """Every group, from the inside out."""
    selections: list[Selection]
    """Every selection, sub-selects first."""

    @cached_property
    def declared(self) -> Mapping[str, str]:
        """All prefixes that may be used."""
        return {**QUERY_PREFIXES, **self.prefixes}

    def term(self, part: Part) -> NamedNode | Literal:
        """The term a constant stands for. Raises Unplanned where it cannot be told."""
        first = part[0]
        try:
            if first.kind == "number":
                return Literal(first.text, datatype=NamedNode(XSD + ("decimal" if "." in first.text else "integer")))
            if first.kind != "string":
                return self.iri(part)
            if "\\" in first.text:
                raise Unplanned
            text = first.text[1:-1]
            if len(part) == 1:
                return Literal(text)
            if part[1].kind == "language":
                return Literal(text, language=part[1].text[1:])
            return Literal(text, datatype=self.iri(Part(part[2:])))
        except ValueError:
            raise Unplanned from None

    def iri(self, part: Part) -> NamedNode:
        """The IRI that an IRI, a prefixed name or ``a`` stands for. Raises Unplanned where it cannot be told."""
        token = part[0]
        if token.kind == "iri":
            written = token.text[1:-1]
        elif token.text == "a":
            written = RDF + "type"
        else:
            prefix, _, local = token.text.partition(":")
            if token.kind != "name" or prefix not in self.declared:
                raise Unplanned
            written = self.declared[prefix] + local
        try:
            return NamedNode(written)
        except ValueError:
            raise Unplanned from None
