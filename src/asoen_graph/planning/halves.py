"""Patterns in which two variables meet only through a third, taken apart into a half for each.

Partners meet through meetings in ``?x :meeting ?m ; :partner ?a . ?y :meeting ?m ; :partner ?b``: what pairs there are
follows from the partners of each meeting, which are far fewer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from asoen_graph.planning.structure import Part, Triple

Split = tuple[str, list[list[Triple]], list[Triple]]
"""The variable in the middle, the patterns on either side, and those that are about it alone."""


def halves_of(triples: Sequence[Triple], kept: Sequence[str]) -> Split | None:
    """The variable in which two others meet, the patterns on either side, and those that are about it alone.

    The sides are as even as can be.
    """
    names = [frozenset(_names([triple])) for triple in triples]
    best: Split | None = None
    for hinge in variables_of(triples):
        first, second = (_reached(names, hinge, name) for name in kept)
        others = set(range(len(triples))) - first - second
        if hinge in kept or first & second or not _all_meet(names, hinge, [first, second, others]):
            continue
        if best is None or max(len(first), len(second)) < max(map(len, best[1])):
            places = [[triples[place] for place in sorted(side)] for side in (first, second, others)]
            best = hinge, places[:2], places[2]
    return best


def _reached(names: Sequence[frozenset[str]], hinge: str, name: str) -> set[int]:
    """The places of the patterns that a variable is bound by, directly or through others than the hinge."""
    reached, found = {name}, set[int]()
    while True:
        more = {place for place, each in enumerate(names) if each & reached} - found
        if not more:
            return found
        found |= more
        reached = reached.union(*(names[place] for place in more)) - {hinge}


def _all_meet(names: Sequence[frozenset[str]], hinge: str, sides: Sequence[set[int]]) -> bool:
    """Whether the hinge is on every side where there are patterns, and there are some for both variables."""
    first, second, others = (any(hinge in names[place] for place in side) for side in sides)
    return first and second and (others or not sides[2])


def half(triples: Sequence[Triple], hinge: str, name: str = "") -> str:
    """The patterns of one side, the same text for sides of the same shape."""
    others = [each for each in variables_of(triples) if each not in (hinge, name)]
    numbered = {each: f"?v{place}" for place, each in enumerate(others)}
    return written(triples, {hinge: "?hinge", name: "?value"} | numbered)


def written(triples: Sequence[Triple], names: Mapping[str, str]) -> str:
    """Patterns as SPARQL, with other names for their variables."""

    def part(each: Part) -> str:
        return names[each.name] if each.is_variable else str(each)

    return " . ".join(f"{part(each.subject)} {part(each.predicate)} {part(each.object)}" for each in triples)


def variables_of(triples: Sequence[Triple]) -> list[str]:
    """The variables of patterns, in the order in which they first occur."""
    return list(dict.fromkeys(_names(triples)))


def _names(triples: Sequence[Triple]) -> Iterator[str]:
    for triple in triples:
        for part in (triple.subject, triple.predicate, triple.object):
            if part.is_variable:
                yield part.name
