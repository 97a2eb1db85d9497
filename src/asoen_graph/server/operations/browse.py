"""The lists of entities and sources as pages: the same rows, in the same order, as the API has."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from asoen_graph.entities.aspects import source_aspects
from asoen_graph.entities.cards import EntityEntry, SourceEntry, Value
from asoen_graph.entities.facets import facets
from asoen_graph.entities.register import SOURCE_CLASS, Register
from asoen_graph.errors import ParameterError
from asoen_graph.server.forms import CSV, HTML, content_type
from asoen_graph.server.library import Library
from asoen_graph.server.messages import Reply
from asoen_graph.server.operations import class_tree
from asoen_graph.server.operations.framing import framing
from asoen_graph.server.operations.lists import aspects_of_entities, entities_asked_for, sources_asked_for
from asoen_graph.server.operations.paging import asked_for, slice_of
from asoen_graph.server.pages import grouped
from asoen_graph.server.question import Question
from asoen_graph.server.settings import Limits
from asoen_graph.vocabulary import Class

_POSITION: Final = {"cursor": None, "offset": None}
_NOT_ASKED: Final = ("format", "timeout")
_OF_ENTITIES: Final = ("label", "-label", "begins", "-begins", "class")
_OF_SOURCES: Final = ("-published", "published", "title", "-facts", "slug")
_PLACES: Final = ("place", "country", "held-in-country", "seat", "adopted-in", "within")
_ROLES: Final = ("holds-role", "convened-by", "award", "lead-by")
_MOST_NAMED: Final = 2
_SIZES: Final = (25, 50, 100, 250)


def entities(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """Entities, narrowed down by class and facets. Arguments: those of a page, ``given``, ``form``, and of the API."""
    language = arguments["language"]
    register = library.register(language)
    class_key = arguments["filters"].get("class", "")
    rows = entities_asked_for(library, arguments)
    aspects = aspects_of_entities(library, arguments)
    found = asked_for(rows, aspects, arguments)
    if arguments["form"] == CSV.format:
        return _csv(["slug", "iri", "class", "label_en", "label_vi"], map(_entity_record, found))
    question = _question("/entities", arguments)
    chosen = library.vocabulary.classes.get(class_key)
    return _page(
        library,
        arguments,
        limits,
        "entities",
        question=question,
        found=found,
        facets=facets(
            rows,
            aspects,
            arguments["filters"],
            library.vocabulary,
            language,
            kind_of=None if class_key else lambda row: str(row.class_key),
        ),
        row=lambda entry: {"entry": entry, **_telling(register, entry.iri)},
        api=question.asking("/api/entities", **_POSITION),
        sorts=_sorts(_OF_ENTITIES, arguments, leading="best" if arguments["q"] else "label"),
        trees=class_tree.trees(library, arguments, question),
        chosen=chosen,
        heading=_heading(chosen, language),
    )


def sources(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The documents facts are taken from. Arguments: those of a page, ``given``, ``form``, and of the API."""
    language = arguments["language"]
    register = library.register(language)
    aspects = source_aspects(register, library.search)
    rows = sources_asked_for(library, arguments)
    found = asked_for(rows, aspects, arguments)
    if arguments["form"] == CSV.format:
        head = ["slug", "iri", "title", "publishers", "published", "kind", "url", "facts"]
        return _csv(head, map(_source_record, found))
    question = _question("/sources", arguments)
    languages = aspects["language"]
    return _page(
        library,
        arguments,
        limits,
        "sources",
        question=question,
        found=found,
        facets=facets(rows, aspects, arguments["filters"], library.vocabulary, language, class_iri=SOURCE_CLASS),
        row=lambda entry: {"entry": entry, "languages": [each.text for each in languages.values(entry)]},
        api=question.asking("/api/sources", **_POSITION),
        sorts=_sorts(_OF_SOURCES, arguments, leading="slug"),
    )


def _heading(class_: Class | None, language: str) -> str:
    """The name of the class chosen; empty where none is."""
    label = class_.label(language) if class_ is not None else ""
    return label[:1].upper() + label[1:]


def _page(
    library: Library,
    arguments: Mapping[str, Any],
    limits: Limits,
    template: str,
    *,
    question: Question,
    found: Sequence[Any],
    row: Any,
    **values: Any,
) -> Reply:
    """A page of the rows found. A cursor that is of another list is told of, and the list begins anew."""
    language = arguments["language"]
    strayed = False
    try:
        shown, members, headers = slice_of(found, arguments, library.release_id)
    except ParameterError as error:
        if error.parameter != "cursor":
            raise
        strayed = True
        shown, members, headers = slice_of(found, {**arguments, "cursor": None}, library.release_id)
    paging = {
        name: question.asking(**{**_POSITION, "cursor": members[name]}) if members[name] else ""
        for name in ("prev", "next")
    }
    frame = framing(library, arguments)
    body = library.pages.render(
        template,
        language,
        **frame,
        **values,
        question=question.with_values({**_POSITION}),
        rows=[row(each) for each in shown],
        total=len(found),
        first=members["offset"] + 1 if shown else 0,
        last=members["offset"] + len(shown),
        limit=members["limit"],
        sizes=_SIZES,
        paging=paging,
        strayed=strayed,
        number=partial(grouped, language=language),
        begin=question.asking(**_POSITION),
        csv=question.asking(**_POSITION, format="csv"),
    )
    told = {"Content-Type": content_type(HTML.media_type), "Content-Language": language}
    return Reply(200, told | headers, body)


def _question(path: str, arguments: Mapping[str, Any]) -> Question:
    given = {name: value for name, value in arguments["given"].items() if name not in _NOT_ASKED}
    return Question(path, {**given, "lang": arguments["language"]})


def _sorts(known: Sequence[str], arguments: Mapping[str, Any], leading: str) -> list[str]:
    """The orders to choose from, that of the list itself first, as an empty one; and the one in use, whatever it is."""
    others = [each for each in known if each != leading]
    wanted = arguments["sort"]
    return ["", *others, *([wanted] if wanted and wanted not in others else [])]


def _telling(register: Register, iri: str) -> dict[str, Any]:
    """What a row says beside its name: when, where, and as what."""
    begins, ceases = (_texts(register, name, iri) for name in ("begins", "ceases"))
    when = begins[0] if begins else ""
    if ceases and ceases[-1] != when:
        when = f"{when} – {ceases[-1]}"
    return {"when": when, "where": _first(register, _PLACES, iri), "what": _first(register, _ROLES, iri)}


def _texts(register: Register, key: str, iri: str) -> list[str]:
    return [value.text for value in _values(register, key, iri)]


def _first(register: Register, keys: Iterable[str], iri: str) -> list[Value]:
    """The values of the first of the properties that it has, a few of them."""
    return next((list(found[:_MOST_NAMED]) for key in keys if (found := _values(register, key, iri))), [])


def _values(register: Register, key: str, iri: str) -> Sequence[Value]:
    property_ = register.vocabulary.properties.get(key)
    return register.values(property_.iri).get(iri, ()) if property_ is not None else ()


def _entity_record(entry: EntityEntry) -> Sequence[str]:
    return entry.slug, entry.iri, entry.class_key, entry.labels.get("en", ""), entry.labels.get("vi", "")


def _source_record(entry: SourceEntry) -> Sequence[str]:
    publishers = " | ".join(each.text for each in entry.publishers)
    kind = entry.kind.text if entry.kind is not None else ""
    return entry.slug, entry.iri, entry.title, publishers, entry.published, kind, entry.url, str(entry.facts)


def _csv(head: Sequence[str], records: Iterable[Sequence[str]]) -> Reply:
    """The whole list, however long, as RFC 4180 has it."""
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(records)
    return Reply(200, {"Content-Type": content_type(CSV.media_type)}, output.getvalue().encode("utf-8", "replace"))
