"""Places on a map, as GeoJSON (RFC 7946): one feature for each entity with a point, its sources beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from asoen_graph.answers.map import read_point
from asoen_graph.entities.cards import ACCEPTED, Claim, EntityEntry, Value
from asoen_graph.entities.lens import Lens
from asoen_graph.entities.register import Register
from asoen_graph.iris import ENTITY, TERM

POINT = TERM + "point"
_COUNTRY = TERM + "country"


@dataclass(frozen=True, slots=True)
class Link:
    """A way on from a place: what it is to the place, and where."""

    rel: str
    type: str
    href: str


@dataclass(frozen=True, slots=True)
class PlaceProperties:
    """What a feature says of its place; ``sources`` are the facts that say where it lies."""

    slug: str
    class_key: str
    class_label: str
    label: str
    labels: Mapping[str, str]
    country: tuple[Value, ...]
    sources: tuple[Claim, ...]
    links: tuple[Link, ...]


def placed(register: Register, entries: Iterable[EntityEntry]) -> list[EntityEntry]:
    """Those of the entities that have a point."""
    points = register.values(POINT)
    return [entry for entry in entries if _position(points.get(entry.iri, ())) is not None]


def feature(register: Register, lens: Lens, entry: EntityEntry, base: str) -> dict[str, Any]:
    """The GeoJSON feature of an entity that has a point; ``base`` is where the server is, for links."""
    values = register.values(POINT)[entry.iri]
    facts = [fact for fact, quad in lens.facts(subject=NamedNode(entry.iri)) if quad.predicate.value == POINT]
    said = PlaceProperties(
        slug=entry.slug,
        class_key=entry.class_key,
        class_label=entry.class_label,
        label=entry.label,
        labels=entry.labels,
        country=register.values(_COUNTRY).get(entry.iri, ()),
        sources=tuple(claim for claim in lens.claims(facts) if claim.status == ACCEPTED),
        links=tuple(
            Link(rel, media_type, f"{base}id/{entry.slug}.{suffix}")
            for rel, media_type, suffix in (
                ("self", "application/geo+json", "geojson"),
                ("alternate", "text/html", "html"),
                ("describedby", "application/json", "json"),
            )
        ),
    )
    geometry = {"type": "Point", "coordinates": _position(values)}
    return {"type": "Feature", "id": entry.iri, "geometry": geometry, "properties": said}


def collection(features: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The features as a collection, with the box they lie in."""
    positions = [each["geometry"]["coordinates"] for each in features]
    found: dict[str, Any] = {"type": "FeatureCollection"}
    if positions:
        east_west, north_south = zip(*positions, strict=True)
        found["bbox"] = [min(east_west), min(north_south), max(east_west), max(north_south)]
    return found | {"features": features}


def entry_of(register: Register, slug: str) -> EntityEntry | None:
    """The entity of that slug where it has a point."""
    entry = register.by_slug.get(slug)
    return entry if entry is not None and placed(register, [entry]) else None


def has_point(lens: Lens, slug: str) -> bool:
    """Whether an entity has a point, which is found without reading every other's."""
    quads = lens.store.quads_for_pattern(NamedNode(ENTITY + slug), NamedNode(POINT), None)
    return any(read_point(lens.value(quad.object).text) is not None for quad in quads)


def _position(values: Sequence[Value]) -> tuple[float, float] | None:
    return next((point for value in values if (point := read_point(value.text)) is not None), None)
