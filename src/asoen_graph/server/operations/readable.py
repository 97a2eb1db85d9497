"""What the pages of entities, facts and sources are given, beside the frame: cards as a reader expects them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlencode

from asoen_graph.answers.map import read_point
from asoen_graph.drawing import tally, whereabouts
from asoen_graph.drawing.whereabouts import Spot
from asoen_graph.entities import entity_card, source_card
from asoen_graph.entities.backing import backing
from asoen_graph.entities.cards import DescriptionLine, EntityCard, SourceCard, Value
from asoen_graph.entities.chronology import WHEN, Moment, chronology, years
from asoen_graph.entities.corroboration import fact_among_others
from asoen_graph.entities.places import POINT
from asoen_graph.entities.register import Register
from asoen_graph.entities.sections import ClassOf, Telling, neighbours, tell
from asoen_graph.evidence import TITLE
from asoen_graph.iris import FACT, TERM
from asoen_graph.server.library import Library

_PLACES: Final = (TERM + "place", TERM + "seat", TERM + "within")
"""Where something lies whose own point is not known."""
_MOST_NEIGHBOURS: Final = 10
_MOST_SPOTS: Final = 60
_FEWEST_MOMENTS: Final = 2
_FEWEST_BARS: Final = 6


def values(library: Library, kind: str, slug: str, language: str, words: Mapping[str, str]) -> dict[str, Any]:
    """What the page of a resource is given. ``words`` are those of the pages in the language."""
    return _VALUES[kind](library, slug, language, words)


def _entity(library: Library, slug: str, language: str, words: Mapping[str, str]) -> dict[str, Any]:
    register = library.register(language)
    card = entity_card(library.graph, library.vocabulary, slug, language, library.release.places, library.shelf)
    telling = tell(card, library.vocabulary, language, _class_of(library, register), words["named_as"])
    moments = _moments(register, telling)
    spots = _spots(register, card.iri, card.label, telling)
    return {
        "card": card,
        "names": _names(card),
        "telling": telling,
        "neighbours": neighbours(telling, _MOST_NEIGHBOURS),
        "years": years(moments) if len(moments) >= _FEWEST_MOMENTS else (),
        "moment_count": len(moments),
        "tally": _tally(moments, words["by_year"]),
        "map": whereabouts.draw(spots, words["map_of"].format(names=_listed(spots)), "map-title") if spots else "",
        "spots": spots,
        "is_on_map": any(line.iri == POINT and not line.is_inward for line in telling.lines),
        "describe": urlencode({"query": f"DESCRIBE <{card.iri}>", "lang": language}),
        "around": urlencode({"query": _around(card.iri), "lang": language}),
    }


def _fact(library: Library, slug: str, language: str, words: Mapping[str, str]) -> dict[str, Any]:
    found = fact_among_others(library.lens(language), FACT + slug)
    record = found.record
    return {
        "card": record,
        "fact": found,
        "slug": slug,
        "backing": backing([record.claim])[0],
        "describe": urlencode({"query": f"DESCRIBE <{record.claim.fact}>", "lang": language}),
    }


def _source(library: Library, slug: str, language: str, words: Mapping[str, str]) -> dict[str, Any]:
    card = source_card(library.graph, library.vocabulary, slug, language, library.release.places, library.shelf)
    return {
        "card": card,
        "description": _description(library, card, language),
        "fact_count": sum(len(passage.facts) for passage in card.passages) + len(card.joint),
        "describe": urlencode({"query": f"DESCRIBE <{card.iri}>", "lang": language}),
    }


def _description(library: Library, card: SourceCard, language: str) -> list[DescriptionLine]:
    """How a document is cited, in the order of the ontology; of remarks those in the language, where there are any."""

    def order(line: DescriptionLine) -> int:
        property_ = library.vocabulary.property_of(line.property.iri)
        return property_.order if property_ is not None else 0

    lines = []
    for line in sorted(card.description, key=order):
        spoken = tuple(value for value in line.values if value.language in (None, language))
        is_title = line.property.iri == TITLE
        lines.append(line if is_title or not spoken else replace(line, values=spoken))
    return lines


def _names(card: EntityCard) -> list[tuple[str, str]]:
    """What else the entity is called, each once, with the language of the name."""
    found = {text: tag for tag, text in card.labels.items()}
    for other in card.other_names:
        found.setdefault(other.text, other.language or "")
    return [(tag, text) for text, tag in found.items() if text != card.label]


def _class_of(library: Library, register: Register) -> ClassOf:
    by_slug, classes = register.by_slug, library.vocabulary.classes

    def class_of(slug: str) -> Any:
        entry = by_slug.get(slug)
        return classes.get(entry.class_key) if entry is not None else None

    return class_of


def _moments(register: Register, telling: Telling) -> tuple[Moment, ...]:
    tables = [register.values(iri) for iri in WHEN]

    def date_of(iri: str) -> str | None:
        return next((table[iri][0].text for table in tables if iri in table), None)

    return chronology(telling, date_of)


def _tally(moments: tuple[Moment, ...], title: str) -> str:
    counts = {year: len(within) for year, within in years(moments)}
    if len(counts) < _FEWEST_BARS:
        return ""
    return tally.draw(counts, title.format(count=len(moments), first=min(counts), last=max(counts)), "tally-title")


def _spots(register: Register, iri: str, label: str, telling: Telling) -> list[Spot]:
    """Where the entity lies, or else what it is told of: its place, those of its meetings, the places in it."""
    own = _spot(register, iri, label)
    if own is not None:
        return [own]
    found: dict[str, Spot] = {}
    for line in telling.lines:
        for saying in line.sayings:
            for head in saying.heads:
                if head.kind == "entity" and head.iri and head.iri not in found and len(found) < _MOST_SPOTS:
                    spot = _placed(register, head)
                    if spot is not None:
                        found[head.iri] = spot
    return list(found.values())


def _placed(register: Register, value: Value) -> Spot | None:
    """Where something lies: its point, or that of its place."""
    assert value.iri is not None
    spot = _spot(register, value.iri, value.text)
    if spot is not None:
        return spot
    for property_ in _PLACES:
        for place in register.values(property_).get(value.iri, ()):
            if place.iri and (spot := _spot(register, place.iri, f"{value.text}, {place.text}")) is not None:
                return spot
    return None


def _spot(register: Register, iri: str, name: str) -> Spot | None:
    for value in register.values(POINT).get(iri, ()):
        point = read_point(value.text)
        if point is not None and whereabouts.lies_on_it(*point):
            return Spot(*point, name)
    return None


def _listed(spots: list[Spot]) -> str:
    names = [spot.name for spot in spots[:8]]
    return "; ".join(names) + (" …" if len(spots) > len(names) else "")


def _around(iri: str) -> str:
    """The query whose network is an entity and all that facts join it to."""
    return (
        "SELECT ?source ?target ?relation ?fact WHERE {\n"
        f"  {{ GRAPH ?fact {{ <{iri}> ?relation ?target }} BIND(<{iri}> AS ?source) }}\n"
        f"  UNION {{ GRAPH ?fact {{ ?source ?relation <{iri}> }} BIND(<{iri}> AS ?target) }}\n"
        "  ?source a asoen:Entity . ?target a asoen:Entity .\n"
        f'  FILTER(STRSTARTS(STR(?fact), "{FACT}"))\n'
        "}"
    )


_VALUES = {"id": _entity, "fact": _fact, "source": _source}
