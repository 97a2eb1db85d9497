"""What is asked of a list: which rows, in which order, counted by what, and how much of each row is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from asoen_graph.entities.aspects import Aspect, name_of
from asoen_graph.entities.order import natural
from asoen_graph.errors import ParameterError
from asoen_graph.messages import tell
from asoen_graph.text import nearest

Row = TypeVar("Row")
Aspects = Mapping[str, Aspect[Any]]


@dataclass(frozen=True, slots=True)
class FacetCount:
    """One value of an aspect and how many rows have it; ``value`` is what to filter by."""

    value: str
    label: str
    count: int


def filtered(
    rows: Iterable[Row], aspects: Aspects, filters: Mapping[str, str], others: Sequence[str] = ()
) -> list[Row]:
    """The rows that fit every filter, in their order; a filter names one value, or several separated by commas.

    Raises ParameterError for a name or value that there is not; ``others`` are the parameters beside the filters.
    """
    found = list(rows)
    for name, text in filters.items():
        aspect = _aspect(aspects, name, lambda each: each.read is not None, others=others)
        assert aspect.read is not None
        wanted: set[str] = set()
        for part in _parts(name, text):
            wanted |= set(aspect.read(part))
        found = [row for row in found if aspect.fits(row, wanted)]
    return found


def in_order(rows: Iterable[Row], aspects: Aspects, wanted: str) -> list[Row]:
    """The rows sorted by aspects separated by commas, ``-`` for descending; rows without a value come last.

    Rows that the aspects do not tell apart keep their order. Raises ParameterError.
    """
    ordered = list(rows)
    for part in reversed(_parts("sort", wanted)):
        descending = part.startswith("-")
        aspect = _aspect(aspects, part.removeprefix("-"), lambda _: True, parameter="sort")
        with_keys = [(row, [aspect.order(value) for value in aspect.values(row)]) for row in ordered]
        known = [(row, max(keys) if descending else min(keys)) for row, keys in with_keys if keys]
        known.sort(key=lambda pair: pair[1], reverse=descending)
        ordered = [row for row, _ in known] + [row for row, keys in with_keys if not keys]
    return ordered


def counted(rows: Sequence[Row], aspects: Aspects, wanted: str) -> dict[str, list[FacetCount]]:
    """How many rows have each value of the aspects (separated by commas), most first. Raises ParameterError."""
    return {
        name: _count(rows, _aspect(aspects, name, lambda each: each.read is not None, parameter="facets"))
        for name in _parts("facets", wanted)
    }


def sparse(rows: Sequence[Any], row_type: type, wanted: str) -> list[dict[str, Any]]:
    """The named fields (separated by commas) of each row of a data class. Raises ParameterError."""
    known = [field.name for field in fields(row_type)]
    names = _parts("fields", wanted)
    for name in names:
        if name not in known:
            raise _unknown("fields", name, known)
    return [{name: getattr(row, name) for name in names} for row in rows]


def _count(rows: Sequence[Any], aspect: Aspect[Any]) -> list[FacetCount]:
    counts: Counter[str] = Counter()
    labels: dict[str, str] = {}
    for row in rows:
        for name, value in {name_of(value): value for value in aspect.values(row)}.items():
            counts[name] += 1
            labels.setdefault(name, value.text)
    found = [FacetCount(name, labels[name], count) for name, count in counts.items()]
    return sorted(found, key=lambda each: (-each.count, natural(each.label), each.value))


def _aspect(
    aspects: Aspects,
    name: str,
    fits: Callable[[Aspect[Any]], bool],
    parameter: str | None = None,
    others: Sequence[str] = (),
) -> Aspect[Any]:
    aspect = aspects.get(name)
    if aspect is None or not fits(aspect):
        known = [each for each, found in aspects.items() if fits(found)]
        raise _unknown(parameter or name, name, [*others, *known])
    return aspect


def _unknown(parameter: str, name: str, known: Sequence[str]) -> ParameterError:
    near = nearest(name, known)
    hint = tell("value.did-you-mean", near=near) if near else tell("value.there-are", names=known[:12])
    message = (
        tell("value.no-parameter", name=name[:80])
        if parameter == name
        else tell("value.no-member", parameter=parameter, name=name[:80])
    )
    return ParameterError(parameter, message, hint)


def _parts(parameter: str, text: str) -> list[str]:
    parts = list(dict.fromkeys(part.strip() for part in text.split(",")))
    if not all(part.removeprefix("-") for part in parts):
        raise ParameterError(parameter, tell("value.empty", parameter=parameter[:80]), tell("value.leave-out"))
    return parts
