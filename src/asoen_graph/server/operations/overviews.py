"""The map and the timeline: pages with a picture and the table of the same content, and the same as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final
from weakref import WeakKeyDictionary

from asoen_graph.drawing.markup import DECLARATION
from asoen_graph.overview import choosing, map_picture, tables, timeline_picture, words
from asoen_graph.overview.choosing import Choice
from asoen_graph.overview.marks import shape
from asoen_graph.overview.things import GROUPS, OTHER, Thing, read_things
from asoen_graph.queries.catalogue import Catalogue, CatalogueQuery
from asoen_graph.resources import queries_folder
from asoen_graph.server.forms import HTML, content_type
from asoen_graph.server.library import Library
from asoen_graph.server.messages import Reply
from asoen_graph.server.operations.framing import QUERIES, framing, meta
from asoen_graph.server.settings import Limits

USUAL: Final = {"map": (), "timeline": ("event", "instrument")}
"""The classes that are shown where none is asked for; all where none is named."""
FORMS: Final = {
    "map": {"svg": "image/svg+xml", "csv": "text/csv", "geojson": "application/geo+json"},
    "timeline": {"svg": "image/svg+xml", "csv": "text/csv", "json": "application/json"},
}

_read: WeakKeyDictionary[Library, dict[tuple[str, str], tuple[Thing, ...]]] = WeakKeyDictionary()


def page(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The page. Arguments: ``view``, ``language``, ``class``, ``country``, ``series``, ``from``, ``until``, ``lanes``.

    Every row is on it, so that a script chooses without asking; those that are not chosen are hidden.
    """
    view, language = arguments["view"], arguments["language"]
    things = _things(library, view, language)
    choice = _choice(library, things, arguments)
    chosen = _chosen(things, choice, view)
    said = library.pages.words(language)
    told = _told(view, chosen, said)
    body = library.pages.render(
        view,
        language,
        **framing(library, arguments),
        rows=[(thing, _fits(thing, choice, view)) for thing in things],
        shown=len(chosen),
        told=told,
        picture=_draw(view, chosen, said, told, by_series=arguments["lanes"] == "series"),
        groups=choosing.groups(things, library.vocabulary, language, choice.classes or USUAL[view]),
        countries=choosing.offered(each for thing in things for each in thing.countries),
        series=choosing.offered((t.within for t in things if t.within is not None), fewest=choosing.FEWEST),
        choice=choice,
        checked=choice.classes or ("" if choice.within else USUAL[view]) or tuple(GROUPS),
        usual=USUAL[view],
        lanes=arguments["lanes"],
        keys={slot: shape(slot, 0, 0, 5.5) for slot in range(OTHER + 1)},
        query=_query(arguments),
        downloads=tuple(FORMS[view]),
    )
    return Reply(200, {"Content-Type": content_type(HTML.media_type), "Content-Language": language}, body)


def file(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """What the page shows, as a file. Arguments: those of the page, ``format``."""
    view, language, format_ = arguments["view"], arguments["language"], arguments["format"]
    things = _things(library, view, language)
    chosen = _chosen(things, _choice(library, things, arguments), view)
    said = library.pages.words(language)
    told = _told(view, chosen, said)
    if format_ == "csv":
        body = tables.write_csv(chosen)
    elif format_ == "svg":
        picture = _draw(view, chosen, said, told, by_series=arguments["lanes"] == "series")
        body = (DECLARATION + picture).encode()
    elif format_ == "geojson":
        body = tables.write_geojson(chosen, told, meta(arguments))
    else:
        body = tables.write_json(chosen, told, meta(arguments))
    headers = {"Content-Type": content_type(FORMS[view][format_]), "Content-Language": language}
    return Reply(200, headers, body)


def _things(library: Library, view: str, language: str) -> tuple[Thing, ...]:
    """What the query tells; a release does not change, so it is asked once for each language."""
    kept = _read.setdefault(library, {})
    found = kept.get((view, language))
    if found is None:
        query = _query_of(library.catalogue, view)
        found = read_things(query, library.store, library.vocabulary, language)
        if not library.is_remote:
            kept[view, language] = found
    return found


def _query_of(catalogue: Catalogue, view: str) -> CatalogueQuery:
    """The query that tells what is shown: of this catalogue, or of the project's own where this one has none."""
    name = QUERIES[view]
    return catalogue[name] if name in set(catalogue) else _own()[name]


@cache
def _own() -> Catalogue:
    return Catalogue.read(queries_folder())


def _choice(library: Library, things: Sequence[Thing], arguments: Mapping[str, Any]) -> Choice:
    return choosing.choose(
        things,
        library.vocabulary,
        classes=arguments["class"],
        country=arguments["country"],
        within=arguments["series"],
        since=arguments["from"],
        until=arguments["until"],
    )


def _chosen(things: Sequence[Thing], choice: Choice, view: str) -> list[Thing]:
    return [thing for thing in things if _fits(thing, choice, view)]


def _fits(thing: Thing, choice: Choice, view: str) -> bool:
    usual = USUAL[view]
    return choice.fits(thing) and bool(choice.classes or not usual or choice.within or set(usual) & set(thing.kinds))


def _told(view: str, things: Sequence[Thing], said: Mapping[str, str]) -> str:
    return words.of_map(things, said) if view == "map" else words.of_timeline(things, said)


def _draw(view: str, things: Sequence[Thing], said: Mapping[str, str], told: str, *, by_series: bool) -> str:
    if view == "map":
        return map_picture.draw(things, said["picture_of_map"], told)
    return timeline_picture.draw(things, said["picture_of_timeline"], told, said["others_lane"], by_series=by_series)


def _query(arguments: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The choice as it stands in an address."""
    single = [(name, arguments[name]) for name in ("country", "series", "from", "until", "lanes") if arguments[name]]
    return [*(("class", key) for key in arguments["class"]), *single, ("lang", arguments["language"])]
