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

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

from pyoxigraph import NamedNode

from asoen_graph.entities.attestations import attestations
from asoen_graph.entities.things import Goal, Kept, Node, Surroundings
from asoen_graph.iris import TERM
from asoen_graph.patterns import Patterns
from asoen_graph.vocabulary import Vocabulary

_BEGINS, _CEASES = TERM + "begins", TERM + "ceases"
_DERIVED_DATES = {TERM + "earliest": (_BEGINS,), TERM + "latest": (_CEASES, _BEGINS), TERM + "year": (_BEGINS,)}
"""What each is computed from: the first of these that the entity has."""


Proof: TypeAlias = list[tuple[str, Goal]]
"""Facts in the order of the derivation, and what each states."""


class Rule(NamedTuple):
    """The ways the ontology knows to statements with one property."""

    narrower: tuple[str, ...]
    chains: tuple[tuple[str, str], ...]
    bounds: tuple[str, ...]
    """The dates a derived date is computed from: the first of these that the thing has."""
    has_premises: bool
    """Whether there are any of the above."""
    is_transitive: bool
    turned: tuple[str, ...]
    """The properties that say the same from the other end: its inverse, and itself where it is symmetric."""


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
        inverse = () if property_ is None or property_.inverse is None else (property_.inverse,)
        premises = tuple(narrower.get(iri, ())), vocabulary.chains.get(iri, ()), _DERIVED_DATES.get(iri, ())
        found[iri] = Rule(
            *premises,
            has_premises=any(premises),
            turned=(*inverse, *((iri,) if "SymmetricProperty" in characteristics else ())),
            is_transitive="TransitiveProperty" in characteristics,
        )
    return found


def facts_behind(
    store: Patterns, vocabulary: Vocabulary, subject: NamedNode, predicate: NamedNode, value: Node
) -> tuple[str, ...]:
    """The accepted facts a statement rests on, as IRIs: its own facts, or else all those it can be derived from.

    The order is that of the derivation: the steps of a chain or a way one after the other. Empty where the
    statement does not follow from facts.
    """
    around = Surroundings(store, attestations(store), Kept(store))
    return tuple(Derivation(rules(vocabulary), around).facts_behind((subject, predicate.value, value)))


class Derivation:
    """The ontology's axioms, ready to be walked backwards over one store."""

    def __init__(self, axioms: Mapping[str, Rule], around: Surroundings) -> None:
        self._rules = axioms
        self._around = around
        self._above: list[Goal] = []
        """The goals that are being proved, a few: a proof that uses one of them is a circle."""
        self._passed: list[Goal] = []
        """The goals that no fact states, as they were met."""
        self._circles = 0
        self._proofs: dict[tuple[Goal, bool], tuple[Proof, list[Goal]]] = {}
        """Proofs without a circle, with the goals that were met on the way."""
        self._ways: dict[tuple[NamedNode, str, str], dict[Node, list[NamedNode]] | None] = {}

    def facts_behind(self, goal: Goal) -> Mapping[str, Goal]:
        """The accepted facts a statement rests on, in the order of the function of that name, and what each states."""
        return self._around.kept.behind(goal, self._prove)

    def _prove(self, goal: Goal, *, as_step: bool = False) -> Proof:
        """The facts behind a goal. ``as_step`` leaves transitivity out: a way is made of steps, not of other ways."""
        subject, property_, value = goal
        stated = self._around.stating(subject, property_, value)
        if stated:
            return [(fact, goal) for fact in stated]
        rule = self._rules.get(property_)
        if rule is None:
            return []
        if goal in self._above:
            self._circles += 1
            return []
        return self._recall(goal, rule, as_step) if rule.has_premises else self._derive(goal, rule, as_step)

    def _recall(self, goal: Goal, rule: Rule, as_step: bool) -> Proof:
        """The same of a goal whose proof may take a while, and may be asked for again."""
        before = self._proofs.get((goal, as_step))
        # Anywhere else the same proof would come out, unless it went through a goal that it is to prove.
        if before is not None and not any(each in before[1] for each in self._above):
            self._passed += before[1]
            return before[0]
        start, circles = len(self._passed), self._circles
        found = self._derive(goal, rule, as_step)
        if circles == self._circles:
            self._proofs[goal, as_step] = found, self._passed[start:]
        return found

    def _derive(self, goal: Goal, rule: Rule, as_step: bool) -> Proof:
        """The facts behind a goal that no fact states."""
        subject, _, value = goal
        self._passed.append(goal)
        self._above.append(goal)
        found = self._prove_premises(goal, rule) if rule.has_premises else []
        if rule.is_transitive and not as_step:
            for step in self._steps(goal):
                found += self._prove(step, as_step=True)
        if rule.turned and isinstance(value, NamedNode):
            for property_ in rule.turned:
                turned = value, property_, subject
                # What is stated holds, which takes longer to find out.
                if self._around.stating(*turned) or self._around.holds(*turned):
                    found += self._prove(turned, as_step=as_step)
        self._above.pop()
        return found

    def _prove_premises(self, goal: Goal, rule: Rule) -> Proof:
        """The facts behind what entails a goal: the same of a narrower property, the links of a chain, a date."""
        subject, _, value = goal
        found: Proof = []
        for narrower in self._around.among(subject, rule.narrower):
            if self._around.holds(subject, narrower, value):
                found += self._prove((subject, narrower, value))
        for first, second in rule.chains:
            for middle in self._between(subject, first, second, value):
                found += self._prove_both((subject, first, middle), (middle, second, value))
        for bound in rule.bounds:
            dates = self._around.values(subject, bound)
            if dates:
                for date in sorted(dates, key=str):
                    found += self._prove((subject, bound, date))
                break
        return found

    def _prove_both(self, first: Goal, second: Goal) -> Proof:
        """The facts behind both goals; none where one of them has none."""
        proof = self._prove(first)
        more = self._prove(second) if proof else []
        return proof + more if more else []

    def _between(self, subject: NamedNode, first: str, second: str, value: Node) -> list[NamedNode]:
        """The things over which two properties lead from one end to the other."""
        key = subject, first, second
        if key not in self._ways:
            self._ways[key] = self._ways_over(self._nodes(subject, first), second)
        ways = self._ways[key]
        if ways is not None:
            return ways.get(value, [])
        return [middle for middle in self._nodes(subject, first) if self._around.holds(middle, second, value)]

    def _ways_over(self, middles: list[NamedNode], second: str) -> dict[Node, list[NamedNode]] | None:
        """What a property of some things leads to, and over which of them; ``None`` where they were not read whole."""
        if not self._around.are_read(middles):
            return None
        found: dict[Node, list[NamedNode]] = {}
        for middle in middles:
            for value in self._around.values(middle, second):
                found.setdefault(value, []).append(middle)
        return found

    def _steps(self, goal: Goal) -> Iterator[Goal]:
        """Every step between the nodes that lie between the ends; the way is already closed in the default graph."""
        subject, property_, value = goal
        between = {m for m in self._nodes(subject, property_) if self._around.holds(m, property_, value)}
        ends = {*between, value}
        reached = {m: [n for n in self._nodes(m, property_) if n in ends and n != m] for m in {subject, *between}}
        # Who reaches more stands nearer to the start.
        for start in sorted(reached, key=lambda node: (-len(reached[node]), node.value)):
            for end in reached[start]:
                yield start, property_, end

    def _nodes(self, subject: NamedNode, property_iri: str) -> list[NamedNode]:
        nodes = [value for value in self._around.values(subject, property_iri) if isinstance(value, NamedNode)]
        return sorted(nodes, key=lambda node: node.value) if len(nodes) > 1 else nodes
