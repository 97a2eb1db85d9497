"""Like patterns in the order of how rare they are.

The engine judges a triple pattern by its shape alone and takes those of the same shape in the order of the text, so in
``?x :host :vietnam ; :series :talks`` it matters which comes first. That order has no meaning in SPARQL: a basic graph
pattern is a set. Types are the exception: wherever they stand, the engine takes them after the others.
"""

from __future__ import annotations

from collections.abc import Iterator

from asoen_graph.iris import RDF
from asoen_graph.planning.statistics import Statistics
from asoen_graph.planning.structure import Query, Run, Triple

MOST = 512
"""How far quads are counted: patterns with more count as equally frequent."""

_FEW = 8

Edit = tuple[int, int, str]
"""A start and an end in the text, and what is to stand there."""


def reordered(query: Query, statistics: Statistics) -> Iterator[Edit]:
    """The runs in which another pattern comes first than in the text."""
    for group in query.groups:
        for run in group.runs:
            if (triples := _sorted(query, run, statistics)) is not None:
                yield run.start, run.end, " . ".join(map(str, triples)) + " ."


def _sorted(query: Query, run: Run, statistics: Statistics) -> list[Triple] | None:
    places = [place for place, triple in enumerate(run.triples) if is_selective(triple)]
    if len(places) > 1:
        places = [place for place in places if query.iri(run.triples[place].predicate).value != RDF + "type"]
    if len(places) < 2:
        return None
    rarest = _by_count(query, [run.triples[place] for place in places], statistics)
    triples = list(run.triples)
    for place, triple in zip(places, rarest, strict=True):
        triples[place] = triple
    return triples if triples != run.triples else None


def is_selective(triple: Triple) -> bool:
    """Whether a property and its value are given and the subject is not."""
    return triple.subject.is_variable and not triple.predicate.is_variable and not triple.object.is_variable


def _by_count(query: Query, triples: list[Triple], statistics: Statistics) -> list[Triple]:
    # Counting a little further in turns finds the rarest at a cost in keeping with what it saves.
    most, counts = _FEW, [0] * len(triples)
    while True:
        counts = [frequency(query, triple, statistics, most) for triple in triples]
        if min(counts) < most or most >= MOST:
            break
        most *= 4
    places = sorted(range(len(triples)), key=counts.__getitem__)
    return [triples[place] for place in places]


def frequency(query: Query, triple: Triple, statistics: Statistics, most: int) -> int:
    """How many quads a pattern with a property and a value has, at most ``most``."""
    predicate = query.iri(triple.predicate)
    return statistics.count(predicate, query.term(triple.object), most)
