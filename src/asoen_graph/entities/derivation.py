"""What an inferred statement follows from: the axioms of the ontology walked backwards to the facts.

The build writes what follows without saying why. Here the way back is found, for the axioms the ontology uses:

================  ===========================================================
axiom             ``s p o`` follows from
================  ===========================================================
inverse           ``o q s`` where ``q`` is the inverse of ``p``
symmetric         ``o p s``
sub-property      ``s q o`` where ``q`` is a sub-property of ``p``
property chain    ``s q m`` and ``m r o`` where ``p`` abbreviates ``q r``
transitive        every step on a way from ``s`` to ``o`` over ``p``
================  ===========================================================

and for the derived dates (``asoen:earliest``, ``asoen:latest``, ``asoen:year``): the dates they were computed from.
Where a document states the triple itself, that is the answer and nothing further is looked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from asoen_graph.iris import FACT, PROVENANCE_GRAPH, TERM
from asoen_graph.patterns import Patterns
from asoen_graph.vocabulary import Vocabulary

Node: TypeAlias = NamedNode | BlankNode | Literal | Triple

_PROVENANCE = NamedNode(PROVENANCE_GRAPH)
_STATUS, _ACCEPTED = NamedNode(TERM + "status"), NamedNode(TERM + "accepted")
_BEGINS, _CEASES = NamedNode(TERM + "begins"), NamedNode(TERM + "ceases")
_DERIVED_DATES = {TERM + "earliest": (_BEGINS,), TERM + "latest": (_CEASES, _BEGINS), TERM + "year": (_BEGINS,)}
"""What each is computed from: the first of these that the entity has."""


class Goal(NamedTuple):
    """A statement whose facts are looked for."""

    subject: NamedNode
    predicate: NamedNode
    value: Node


def facts_behind(
    store: Patterns, vocabulary: Vocabulary, subject: NamedNode, predicate: NamedNode, value: Node
) -> tuple[str, ...]:
    """The accepted facts a statement rests on, as IRIs: its own facts, or else all those it can be derived from.

    The order is that of the derivation: the steps of a chain or a way one after the other. Empty where the
    statement does not follow from facts.
    """
    return Derivation(store, vocabulary).facts_behind(subject, predicate, value)


class Derivation:
    """The ontology's axioms, ready to be walked backwards over one store."""

    def __init__(self, store: Patterns, vocabulary: Vocabulary) -> None:
        self._store = store
        self._vocabulary = vocabulary
        self._subproperties: dict[str, list[str]] = {}
        for each in sorted(vocabulary.properties.values(), key=lambda property_: property_.iri):
            for parent in each.parents:
                self._subproperties.setdefault(parent, []).append(each.iri)

    def facts_behind(self, subject: NamedNode, predicate: NamedNode, value: Node) -> tuple[str, ...]:
        """The accepted facts a statement rests on; see the function of that name."""
        return tuple(dict.fromkeys(self._prove(Goal(subject, predicate, value), frozenset())))

    def _prove(self, goal: Goal, above: frozenset[Goal], *, as_step: bool = False) -> Iterator[str]:
        """The facts behind a goal. ``above`` holds the goals it is to prove: a proof that uses one of them is a circle.

        ``as_step`` leaves transitivity out, so that a way is made of steps and not of other ways.
        """
        stated = self._stating(goal)
        if stated or goal in above:
            yield from stated
            return
        above |= {goal}
        for premises in self._premises(goal):
            yield from self._prove_all(premises, above)
        if not as_step and "TransitiveProperty" in self._characteristics(goal):
            for step in self._steps(goal):
                yield from self._prove(step, above, as_step=True)
        for turned in self._turned(goal):
            yield from self._prove(turned, above, as_step=as_step)

    def _prove_all(self, premises: tuple[Goal, ...], above: frozenset[Goal]) -> list[str]:
        """The facts behind several premises; none where one of them has none."""
        proofs = [list(self._prove(premise, above)) for premise in premises]
        return [fact for proof in proofs for fact in proof] if all(proofs) else []

    def _stating(self, goal: Goal) -> list[str]:
        """The accepted facts that say just this."""
        quads = self._store.quads_for_pattern(goal.subject, goal.predicate, goal.value)
        graphs = (quad.graph_name for quad in quads)
        facts = sorted(g.value for g in graphs if isinstance(g, NamedNode) and g.value.startswith(FACT))
        return [fact for fact in facts if Quad(NamedNode(fact), _STATUS, _ACCEPTED, _PROVENANCE) in self._store]

    def _turned(self, goal: Goal) -> Iterator[Goal]:
        """The goal read from its other end."""
        if not isinstance(goal.value, NamedNode):
            return
        property_ = self._vocabulary.property_of(goal.predicate.value)
        if property_ is not None and property_.inverse is not None:
            yield from self._known(Goal(goal.value, NamedNode(property_.inverse), goal.subject))
        if "SymmetricProperty" in self._characteristics(goal):
            yield from self._known(Goal(goal.value, goal.predicate, goal.subject))

    def _premises(self, goal: Goal) -> Iterator[tuple[Goal, ...]]:
        """What together entails the goal, in every way the ontology offers."""
        for narrower in self._subproperties.get(goal.predicate.value, ()):
            for premise in self._known(Goal(goal.subject, NamedNode(narrower), goal.value)):
                yield (premise,)
        for first, second in self._vocabulary.chains.get(goal.predicate.value, ()):
            for middle in self._nodes(goal.subject, NamedNode(first)):
                for premise in self._known(Goal(middle, NamedNode(second), goal.value)):
                    yield Goal(goal.subject, NamedNode(first), middle), premise
        for bound in _DERIVED_DATES.get(goal.predicate.value, ()):
            dates = sorted(self._values(goal.subject, bound), key=str)
            if dates:
                yield from ((Goal(goal.subject, bound, date),) for date in dates)
                return

    def _steps(self, goal: Goal) -> Iterator[Goal]:
        """Every step between the nodes that lie between the ends; the way is already closed in the default graph."""
        property_ = goal.predicate
        between = {m for m in self._nodes(goal.subject, property_) if list(self._known(Goal(m, property_, goal.value)))}
        ends = {*between, goal.value}
        reached = {m: [n for n in self._nodes(m, property_) if n in ends and n != m] for m in {goal.subject, *between}}
        # Who reaches more stands nearer to the start.
        for start in sorted(reached, key=lambda node: (-len(reached[node]), node.value)):
            for end in reached[start]:
                yield Goal(start, property_, end)

    def _known(self, goal: Goal) -> Iterator[Goal]:
        """The goal itself where the graph holds it as true, else nothing."""
        if Quad(goal.subject, goal.predicate, goal.value, DefaultGraph()) in self._store:
            yield goal

    def _values(self, subject: NamedNode, predicate: NamedNode) -> list[Node]:
        return [quad.object for quad in self._store.quads_for_pattern(subject, predicate, None, DefaultGraph())]

    def _nodes(self, subject: NamedNode, predicate: NamedNode) -> list[NamedNode]:
        nodes = (value for value in self._values(subject, predicate) if isinstance(value, NamedNode))
        return sorted(nodes, key=lambda node: node.value)

    def _characteristics(self, goal: Goal) -> frozenset[str]:
        return self._vocabulary.characteristics.get(goal.predicate.value, frozenset())
