"""Choosing among the things of a map or a timeline: by class, country, period, and what they belong to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from asoen_graph import dates
from asoen_graph.entities.aspects import read_date
from asoen_graph.errors import ParameterError
from asoen_graph.messages import tell
from asoen_graph.overview.things import GROUPS, Named, Thing
from asoen_graph.text import nearest
from asoen_graph.vocabulary import Vocabulary

FEWEST: Final = 2
"""What fewer things belong to is not offered to choose by."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked for; ``None`` and nothing where that does not matter."""

    classes: tuple[str, ...] = ()
    """Keys of classes; those below them count."""
    country: str | None = None
    within: str | None = None
    since: str | None = None
    until: str | None = None

    def fits(self, thing: Thing) -> bool:
        """Whether the thing is among what is asked for; what has no date lies in no period."""
        if self.classes and not set(self.classes) & set(thing.kinds):
            return False
        if self.country is not None and self.country not in {each.slug for each in thing.countries}:
            return False
        if self.within is not None and (thing.within is None or thing.within.slug != self.within):
            return False
        return _touches(thing, self.since, self.until)


@dataclass(frozen=True, slots=True)
class Offered:
    """Something to choose by, and how many things there are of it."""

    key: str
    label: str
    count: int
    slot: int = 0


def choose(
    things: Sequence[Thing],
    vocabulary: Vocabulary,
    *,
    classes: Sequence[str],
    country: str | None,
    within: str | None,
    since: str | None,
    until: str | None,
) -> Choice:
    """The choice as typed. Raises ParameterError for what is not there, with what is near."""
    for key in classes:
        if key not in vocabulary.classes:
            raise _unknown("class", key, vocabulary.classes)
    if country is not None:
        _known("country", country, (each for thing in things for each in thing.countries))
    if within is not None:
        _known("series", within, (thing.within for thing in things if thing.within is not None))
    for name, text in (("from", since), ("until", until)):
        if text is not None:
            read_date(name, text)
    if since is not None and until is not None and dates.latest(until) < dates.earliest(since):
        raise ParameterError("until", tell("value.period-begins", until=until, since=since), tell("value.swap"))
    return Choice(tuple(dict.fromkeys(classes)), country, within, since, until)


def groups(things: Iterable[Thing], vocabulary: Vocabulary, language: str, chosen: Sequence[str]) -> list[Offered]:
    """The classes to choose by: those with a mark of their own that are there, and others that are asked for."""
    found = []
    things = list(things)
    for key in dict.fromkeys((*GROUPS, *chosen)):
        if key in GROUPS:
            count = sum(thing.slot == GROUPS[key] for thing in things)
        else:
            count = sum(key in thing.kinds for thing in things)
        if (count or key in chosen) and key in vocabulary.classes:
            label = vocabulary.classes[key].label(language)
            found.append(Offered(key, label[:1].upper() + label[1:], count, GROUPS.get(key, 9)))
    return found


def offered(values: Iterable[Named], *, fewest: int = 1) -> list[Offered]:
    """What can be chosen among, by label; only what so many things have."""
    counts = Counter(values)
    return [
        Offered(each.slug, each.label, count)
        for each, count in sorted(counts.items(), key=lambda item: (item[0].label, item[0].slug))
        if count >= fewest
    ]


def _touches(thing: Thing, since: str | None, until: str | None) -> bool:
    if since is None and until is None:
        return True
    first, last = thing.since, thing.until or ("" if thing.lasts else thing.since)
    if not (first or last):
        return False
    begins = not first or until is None or dates.earliest(first) <= dates.latest(until)
    return begins and (not last or since is None or dates.latest(last) >= dates.earliest(since))


def _known(name: str, slug: str, values: Iterable[Named]) -> None:
    known = {each.slug for each in values}
    if slug not in known:
        raise _unknown(name, slug, known)


def _unknown(name: str, text: str, known: Iterable[str]) -> ParameterError:
    near = nearest(text, sorted(known))
    hint = tell("value.did-you-mean", near=near) if near else tell("value.choose")
    return ParameterError(name, tell("value.nothing-here", name=name, text=text[:80]), hint)
