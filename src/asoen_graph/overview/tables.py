"""The things of a picture as files: CSV, GeoJSON and JSON, each with what it rests on."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any, Final

import orjson

from asoen_graph.iris import ENTITY, FACT
from asoen_graph.overview.things import Named, Thing

_COLUMNS: Final = (
    *("id", "label", "kind", "relation", "from", "until", "places", "countries", "belongs to"),
    *("status", "disputed", "longitude", "latitude", "sources", "facts"),
)


def write_csv(things: Sequence[Thing]) -> bytes:
    """A row for each thing, UTF-8 with its mark, so that spreadsheets read it as such."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(_COLUMNS)
    for thing in things:
        point = thing.point or ("", "")
        writer.writerow(
            (
                *(ENTITY + thing.slug, thing.label, thing.kind, thing.relation, thing.since, thing.until),
                "; ".join(each.label for each in thing.places),
                "; ".join(each.label for each in thing.countries),
                thing.within.label if thing.within else "",
                *(thing.status, "true" if thing.disputed else "false", *point),
                " | ".join(each.text for each in thing.evidence),
                " ".join(FACT + each.fact for each in thing.evidence),
            )
        )
    return written.getvalue().encode("utf-8-sig")


def write_json(things: Sequence[Thing], told: str, meta: dict[str, Any] | None) -> bytes:
    """The same as JSON, with what it shows in words."""
    return orjson.dumps({"told": told, "items": [_members(thing) for thing in things], "meta": meta})


def write_geojson(things: Sequence[Thing], told: str, meta: dict[str, Any] | None) -> bytes:
    """The same as GeoJSON (RFC 7946)."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": thing.point},
            "properties": _members(thing),
        }
        for thing in things
    ]
    return orjson.dumps({"type": "FeatureCollection", "features": features, "told": told, "meta": meta})


def _members(thing: Thing) -> dict[str, Any]:
    return {
        "id": ENTITY + thing.slug,
        "slug": thing.slug,
        "label": thing.label,
        "kind": thing.kind,
        "relation": thing.relation or None,
        "from": thing.since or None,
        "until": thing.until or None,
        "places": [_named(each) for each in thing.places],
        "countries": [_named(each) for each in thing.countries],
        "belongs_to": _named(thing.within),
        "status": thing.status or None,
        "disputed": thing.disputed,
        "point": thing.point,
        "sources": [
            {"fact": FACT + each.fact, "source": each.source, "citation": each.text} for each in thing.evidence
        ],
    }


def _named(named: Named | None) -> dict[str, str] | None:
    return None if named is None else {"slug": named.slug, "label": named.label}
