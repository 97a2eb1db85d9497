"""Answering queries of the catalogue: typed values in, rows with labels and sources out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from asoen_graph.answers.frame import Frame
from asoen_graph.answers.rendering import render_sheet
from asoen_graph.answers.sheet import Sheet, make_sheet
from asoen_graph.queries.catalogue import CatalogueQuery
from asoen_graph.queries.parameters import bind_values
from asoen_graph.server.forms import ENGINE, ROWS, TRIPLES, content_type
from asoen_graph.server.library import Library
from asoen_graph.server.messages import Reply
from asoen_graph.server.negotiation import Offer, choose
from asoen_graph.server.operations.rows import refuse_too_many
from asoen_graph.server.operations.sparql import form_of, is_repeatable, written
from asoen_graph.server.settings import Limits

PAGE: Final = "page"


def answer(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The answer to a query of the catalogue: in a form, or on its page, which is the same question.

    Arguments: ``name``, ``values`` (parameter → text as typed), ``language``; for a form ``accept`` and ``format``, for
    the page ``form``, which is ``page``, and those of ``query_pages.query``.
    """
    if arguments.get("form") == PAGE:
        from asoen_graph.server.operations import query_pages

        return query_pages.query(library, arguments, limits)
    query = library.catalogue[arguments["name"]]
    text = bound_text(library, query, arguments["values"])
    offer = choose(offers(text), arguments["accept"], arguments["format"])
    language = arguments["language"]
    headers = {"Content-Type": content_type(offer.media_type)}
    if offer in ROWS:
        headers["Content-Language"] = language
        sheet = sheet_of(library, query, text, language, limits)
        body = render_sheet(sheet, ROWS[offer], frame=_frame(library, query, language))
    else:
        body = written(library, text, offer, limits)
    if not is_repeatable(text):
        headers["Cache-Control"] = "no-store"
    return Reply(200, headers, body)


def sheet_of(library: Library, query: CatalogueQuery, text: str, language: str, limits: Limits) -> Sheet:
    """The answer to a query of the catalogue, whose ``text`` has its values bound, with labels and sources.

    Raises LimitReached, and what the store raises.
    """

    def make() -> Sheet:
        found = library.store.query(text)
        refuse_too_many(found, limits)
        headings = {name: texts.get(language) or texts["en"] for name, texts in query.columns.items()}
        title = query.title.get(language) or query.title["en"]
        return make_sheet(found, library.store, language, headings=headings, title=title)

    # It is read on a page, and downloaded in one form after the other.
    return library.sheets.of((text, language, limits.rows), make) if is_lasting(library, text) else make()


def is_lasting(library: Library, text: str) -> bool:
    """Whether a query gives the same whenever it is asked."""
    return not library.is_remote and is_repeatable(text) and not library.store.asks_outside(text)


def _frame(library: Library, query: CatalogueQuery, language: str) -> Frame:
    """What a picture of the answer draws."""
    manifest = library.release.manifest
    description = query.description.get(language) or query.description["en"]
    return Frame(query.view, query.picture, description, f"{manifest.name} {manifest.version}")


def bound_text(library: Library, query: CatalogueQuery, values: Mapping[str, str]) -> str:
    """The text of a query with values bound. Raises ParameterError."""
    return bind_values(query.text, query.parameters, values, library.store) if values else query.text


def offers(text: str) -> Sequence[Offer]:
    """The forms the answer of a catalogue query comes in."""
    return (*ROWS, *ENGINE) if form_of(text) in ("SELECT", "ASK") else TRIPLES
