"""Names that readers already use: whatever a kept release names stays, or leads to what took its place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from asoen_graph.curation.names import Names
from asoen_graph.errors import Place, Problem
from asoen_graph.iris import is_slug
from asoen_graph.text import nearest

SOURCE_PREFIX = "source/"


def check_released(released: Iterable[tuple[str, Place]], names: Names, sources: Collection[str]) -> Iterator[Problem]:
    """The released entities and documents that are gone without a trace, where the list names them."""
    for name, place in released:
        if not is_slug(name.removeprefix(SOURCE_PREFIX)):
            hint = f"Each line is a slug, or {SOURCE_PREFIX} and the slug of a document, as `asoen release` writes them"
            yield Problem(place, "bad-slug", f"{name!r} is not a name that was released", hint)
        elif name.startswith(SOURCE_PREFIX):
            slug = name.removeprefix(SOURCE_PREFIX)
            if slug not in sources:
                hint = f"Restore data/sources/{slug}.yaml; mark facts that no longer hold rejected or superseded"
                yield Problem(place, "removed-source", f"The document {slug!r} was released and is gone", hint)
        elif name not in names.redirects and names.class_of(name) is None:
            near = nearest(name, names.entities, 2)
            hint = f"Add '{name}: {near[0] if near else 'present-slug'}' to data/redirects.yaml, or restore it"
            yield Problem(place, "renamed-slug", f"The slug {name!r} was released and names nothing now", hint)
