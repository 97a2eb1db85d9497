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

from collections.abc import Callable, Iterator
from typing import NamedTuple

from pyoxigraph import NamedNode

from asoen_graph.entities.attestations import Attestations
from asoen_graph.entities.cards import ACCEPTED
from asoen_graph.entities.things import Node, Surroundings
from asoen_graph.iris import TERM
from asoen_graph.patterns import Patterns
from asoen_graph.vocabulary import Vocabulary

_BEGINS, _CEASES = TERM + "begins", TERM + "ceases"
_DERIVED_DATES = {TERM + "earliest": (_BEGINS,), TERM + "latest": (_CEASES, _BEGINS), TERM + "year": (_BEGINS,)}
"""What each is computed from: the first of these that the entity has."""


class Goal(NamedTuple):
    """A statement whose facts are looked for; the property is an IRI."""

    subject: NamedNode
    property: str
    value: Node


class Rule(NamedTuple):
    """The ways the ontology knows to statements with one property."""

    narrower: tuple[str, ...]
    chains: tuple[tuple[str, str], ...]
    inverse: str | None
    is_symmetric: bool
    is_transitive: bool
    bounds: tuple[str, ...]
    """The dates a derived date is computed from."""


def rules(vocabulary: Vocabulary) -> dict[str, Rule]:
    """The axioms of the ontology by the property whose statements they lead to."""
    narrower: dict[str, list[str]] = {}
    for each in sorted(vocabulary.properties.values(), key=lambda property_: property_.iri):
        for parent in each.parents:
            narrower.setdefault(parent, []).append(each.iri)
    found = {}
    for iri in {each.iri for each in vocabulary.properties.values()} | narrower.keys() | _DERIVED_DATES.keys():
        property_ = vocabulary.property_of(iri)
        characteristics = vocabulary.characteristics.get(iri, frozenset())
        found[iri] = Rule(
            narrower=tuple(narrower.get(iri, ())),
            chains=vocabulary.chains.get(iri, ()),
            inverse=property_.inverse if property_ is not None else None,
            is_symmetric="SymmetricProperty" in characteristics,
            is_transitive="TransitiveProperty" in characteristics,
            bounds=_DERIVED_DATES.get(iri, ()),
        )
    return found


def facts_behind(
    store: Patterns, vocabulary: Vocabulary, subject: NamedNode, predicate: NamedNode, value: Node
) -> tuple[str, ...]:
    """The accepted facts a statement rests on, as IRIs: its own facts, or else all those it can be derived from.

    The order is that of the derivation: the steps of a chain or a way one after the other. Empty where the
    statement does not follow from facts.
    """
    attestations = Attestations(store)
    derivation = Derivation(
        rules(vocabulary), Surroundings(store), lambda fact: attestations.of(fact).status == ACCEPTED
    )
    return tuple(derivation.facts_behind(Goal(subject, predicate.value, value)))


class Derivation:
    """The ontology's axioms, ready to be walked backwards over one store."""

    def __init__(self, axioms: dict[str, Rule], around: Surroundings, is_accepted: Callable[[str], bool]) -> None:
        self._rules = axioms
        self._around = around
        self._is_accepted = is_accepted

    def facts_behind(self, goal: Goal) -> dict[str, Goal]:
        """The accepted facts a statement rests on, in the order of the function of that name, and what each states."""
        return dict(self._prove(goal, frozenset()))

    def _prove(self, goal: Goal, above: frozenset[Goal], *, as_step: bool = False) -> list[tuple[str, Goal]]:
        """The facts behind a goal. ``above`` holds the goals it is to prove: a proof that uses one of them is a circle.

        ``as_step`` leaves transitivity out, so that a way is made of steps and not of other ways.
        """
        stated = [(fact, goal) for fact in self._around.stating(*goal) if self._is_accepted(fact)]
        rule = self._rules.get(goal.property)
        if stated or rule is None or goal in above:
            return stated
        above |= {goal}
        found = []
        for premises in self._premises(goal, rule):
            found += self._prove_all(premises, above)
        if rule.is_transitive and not as_step:
            for step in self._steps(goal):
                found += self._prove(step, above, as_step=True)
        for turned in self._turned(goal, rule):
            found += self._prove(turned, above, as_step=as_step)
        return found

    def _prove_all(self, premises: tuple[Goal, ...], above: frozenset[Goal]) -> list[tuple[str, Goal]]:
        """The facts behind several premises; none where one of them has none."""
        found = []
        for premise in premises:
            proof = self._prove(premise, above)
            if not proof:
                return []
            found += proof
        return found

    def _turned(self, goal: Goal, rule: Rule) -> Iterator[Goal]:
        """The goal read from its other end."""
        if not isinstance(goal.value, NamedNode):
            return
        if rule.inverse is not None:
            yield from self._known(Goal(goal.value, rule.inverse, goal.subject))
        if rule.is_symmetric:
            yield from self._known(Goal(goal.value, goal.property, goal.subject))

    def _premises(self, goal: Goal, rule: Rule) -> Iterator[tuple[Goal, ...]]:
        """What together entails the goal, in every way the ontology offers."""
        for narrower in rule.narrower:
            for premise in self._known(Goal(goal.subject, narrower, goal.value)):
                yield (premise,)
        for first, second in rule.chains:
            for middle in self._nodes(goal.subject, first):
                for premise in self._known(Goal(middle, second, goal.value)):
                    yield Goal(goal.subject, first, middle), premise
        for bound in rule.bounds:
            dates = sorted(self._around.values(goal.subject, bound), key=str)
            if dates:
                yield from ((Goal(goal.subject, bound, date),) for date in dates)
                return

    def _steps(self, goal: Goal) -> Iterator[Goal]:
        """Every step between the nodes that lie between the ends; the way is already closed in the default graph."""
        property_ = goal.property
        between = {m for m in self._nodes(goal.subject, property_) if self._around.holds(m, property_, goal.value)}
        ends = {*between, goal.value}
        reached = {m: [n for n in self._nodes(m, property_) if n in ends and n != m] for m in {goal.subject, *between}}
        # Who reaches more stands nearer to the start.
        for start in sorted(reached, key=lambda node: (-len(reached[node]), node.value)):
            for end in reached[start]:
                yield Goal(start, property_, end)

    def _known(self, goal: Goal) -> Iterator[Goal]:
        """The goal itself where the graph holds it as true, else nothing."""
        if self._around.holds(*goal):
            yield goal

    def _nodes(self, subject: NamedNode, property_iri: str) -> list[NamedNode]:
        nodes = (value for value in self._around.values(subject, property_iri) if isinstance(value, NamedNode))
        return sorted(nodes, key=lambda node: node.value)
