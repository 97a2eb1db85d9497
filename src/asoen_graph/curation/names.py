"""All slugs of a curated folder: what each names, and what was perhaps meant by one that names nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from asoen_graph.curation.reading import Reading
from asoen_graph.curation.register import Entity, Relation
from asoen_graph.errors import Place, Problem
from asoen_graph.iris import is_slug
from asoen_graph.text import fold, nearest
from asoen_graph.vocabulary import Class, Vocabulary

_SLUG_HINT = "Write lower-case words of a-z and 0-9 joined by hyphens"
_MOST_SUGGESTIONS = 50
"""Looking for near slugs is slow work; whoever has more wrong slugs than this has one mistake, not fifty."""


class Names:
    """The entities and relation nodes of all files by slug, with the problems of naming them."""

    def __init__(self, vocabulary: Vocabulary, readings: Iterable[Reading], redirects: Mapping[str, str]) -> None:
        self.vocabulary = vocabulary
        self.redirects = redirects
        self.entities: dict[str, Entity] = {}
        self.relations: dict[str, Relation] = {}
        self.problems: list[Problem] = []
        self._suggestions: dict[str, list[str]] = {}
        readings = list(readings)
        for reading in readings:
            for entity in reading.entities:
                self._add_entity(entity)
        for reading in readings:
            for relation in reading.relations:
                self._add_relation(relation)

    def class_of(self, slug: str) -> Class | None:
        """The class of the entity or relation node a slug names."""
        named = self.entities.get(slug) or self.relations.get(slug)
        return self.vocabulary.class_of(named.class_iri) if named else None

    def unknown(self, slug: str, place: Place) -> Problem:
        """The problem of a slug that names nothing, or of a text that is no slug."""
        if not is_slug(slug):
            near = self._nearest(slug)
            hint = f"Did you mean {' or '.join(map(repr, near))}?" if near else _SLUG_HINT
            return Problem(place, "bad-slug", f"{slug!r} is a name, not a slug", hint)
        present = self.redirects.get(slug)
        if present is not None:
            return Problem(place, "retired-slug", f"The slug {slug!r} has been retired", f"Write {present!r}")
        near = self._nearest(slug)
        hint = "Add it to the register in data/entities"
        if near:
            hint = f"Did you mean {' or '.join(map(repr, near))}? If it is new, add it to data/entities"
        return Problem(place, "unknown-slug", f"Nothing has the slug {slug!r}", hint)

    def check_redirects(self, places: Mapping[str, Place]) -> Iterable[Problem]:
        """Redirects that start at a slug in use, or lead nowhere."""
        for retired, present in self.redirects.items():
            if retired in self.entities:
                yield Problem(
                    places[retired], "slug-clash", f"{retired!r} is still in the register", "Remove one of the two"
                )
            elif present in self.redirects:
                hint = f"Lead it straight to {self.redirects[present]!r}"
                yield Problem(places[retired], "retired-slug", f"{present!r} is itself retired", hint)
            elif self.class_of(present) is None:
                yield self.unknown(present, places[retired])

    def _add_entity(self, entity: Entity) -> None:
        first = self.entities.setdefault(entity.slug, entity)
        if first is not entity:
            self._tell_clash(entity.slug, entity.place, first.place)

    def _add_relation(self, relation: Relation) -> None:
        entity = self.entities.get(relation.slug)
        first = self.relations.setdefault(relation.slug, relation)
        if entity is not None:
            self._tell_clash(relation.slug, relation.place, entity.place)
        elif first.class_iri != relation.class_iri:
            self._tell_clash(relation.slug, relation.place, first.place)

    def _tell_clash(self, slug: str, place: Place, first: Place) -> None:
        message = f"The slug {slug!r} already names something else"
        self.problems.append(
            Problem(place, "slug-clash", message, f"See {first.path}:{first.line}; choose another slug")
        )

    def _nearest(self, slug: str) -> list[str]:
        if slug not in self._suggestions:
            if len(self._suggestions) >= _MOST_SUGGESTIONS:
                return []
            wanted = fold(slug)
            named = [e.slug for e in self.entities.values() if wanted in map(fold, _names_of(e))]
            slugs = [*self.entities, *self.relations]
            self._suggestions[slug] = named[:3] or nearest("-".join(slug.split()), slugs, 2)
        return self._suggestions[slug]


def _names_of(entity: Entity) -> list[str]:
    return [*entity.labels.values(), *(name for name, _ in entity.alternatives)]
