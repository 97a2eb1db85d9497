"""The catalogue of queries as pages: all of them by theme, and each with its form, its answer and how to ask it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

from asoen_graph.answers import FORMATS
from asoen_graph.queries.catalogue import CatalogueQuery
from asoen_graph.queries.parameters import bind
from asoen_graph.server.forms import HTML, ROWS, content_type
from asoen_graph.server.library import Library
from asoen_graph.server.messages import Reply
from asoen_graph.server.operations import answer_table
from asoen_graph.server.operations.catalogue import offers, sheet_of
from asoen_graph.server.operations.framing import framing
from asoen_graph.server.operations.query_fields import fields
from asoen_graph.server.operations.query_texts import bare_text, editor_address
from asoen_graph.server.operations.sparql import is_repeatable
from asoen_graph.server.pages import grouped
from asoen_graph.server.question import Question
from asoen_graph.server.settings import Limits
from asoen_graph.text import fold

_GROUPS: Final = ("who", "when", "where", "agreed", "parks", "awards", "partners", "people", "money", "evidence")
"""In the order of the page; what else there is comes after."""
_NAMES: Final = {
    "json": "JSON", "csv": "CSV", "tsv": "TSV", "md": "Markdown", "xlsx": "Excel (XLSX)", "parquet": "Parquet",
    "svg": "SVG", "html": "HTML", "srj": "SPARQL JSON", "srx": "SPARQL XML",
}  # fmt: skip
_PICTURES: Final = ("svg",)


def catalogue(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The queries, by theme. Arguments: ``q`` (words), ``group``, ``view`` (each may be empty), ``language``."""
    language = arguments["language"]
    entries = [library.catalogue[name] for name in library.catalogue if not library.catalogue[name].is_network]
    found = [each for each in entries if _fits(each, arguments)]
    order = {name: place for place, name in enumerate(_GROUPS)}
    names = sorted({each.group for each in entries}, key=lambda each: (order.get(each, len(order)), each))
    asked = {name: arguments[name] for name in ("q", "group", "view")}
    body = library.pages.render(
        "queries",
        language,
        **framing(library, arguments),
        question=Question("/queries", {**asked, "lang": language}),
        groups=[(name, [each for each in found if each.group == name]) for name in names],
        views=sorted({each.view for each in entries}),
        total=len(found),
        of=len(entries),
        networks=sum(library.catalogue[name].is_network for name in library.catalogue),
        number=partial(grouped, language=language),
    )
    return _reply(body, language)


def query(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """A query with its form and its answer; where a value is wrong, the form with what is wrong, and status 400.

    Arguments: ``name``, ``values`` (parameter → text as typed), ``page`` (of the rows, if it is not the first),
    ``base`` (where the server is), ``language``.
    """
    language, page = arguments["language"], arguments.get("page", 1)
    entry = library.catalogue[arguments["name"]]
    values = {name: value for name, value in arguments["values"].items() if value or _says_none(entry, name)}
    form, terms = fields(library, entry, values, language)
    wrong = [each for each in form if each.wrong]
    text = bind(entry.text, terms) if terms and not wrong else entry.text
    title = entry.title.get(language) or entry.title["en"]
    table = None
    if not wrong:
        table = answer_table.table(sheet_of(library, entry, text, language, limits), page, language)
    asked = {each.parameter.name: each.value for each in form if each.parameter.name in values}
    question = Question(f"/queries/{entry.name}", {**asked, "lang": language})
    bare = bare_text(text)
    body = library.pages.render(
        "query",
        language,
        **framing(library, arguments),
        entry=entry,
        title_=title,
        description=entry.description.get(language) or entry.description["en"],
        fields=form,
        headings=_json({name: texts.get(language) or texts["en"] for name, texts in entry.columns.items()}),
        picture=_json(entry.picture),
        wrong=wrong,
        table=table,
        pages=_pages(table, page, question) if table is not None else {},
        question=question,
        text=bare,
        editor=editor_address(text, language),
        downloads=_downloads(entry, text, asked, language),
        calls=_calls(arguments["base"], entry, asked, language),
        number=partial(grouped, language=language),
    )
    reply = _reply(body, language, status=400 if wrong else 200)
    if not is_repeatable(text):
        reply.headers["Cache-Control"] = "no-store"
    return reply


def _says_none(entry: CatalogueQuery, name: str) -> bool:
    """Whether nothing is a value of the parameter, which leaves it out."""
    return entry.parameters[name].optional


def _fits(entry: CatalogueQuery, arguments: Mapping[str, Any]) -> bool:
    if any(arguments[name] and getattr(entry, name) != arguments[name] for name in ("group", "view")):
        return False
    said = fold(" ".join((entry.name, *entry.title.values(), *entry.description.values())))
    return all(word in said for word in fold(arguments["q"]).split())


def _json(texts: Mapping[str, str]) -> str:
    return json.dumps(dict(texts), ensure_ascii=False)


def _pages(table: answer_table.Table, page: int, question: Question) -> dict[str, str]:
    """Where the parts of the rows before and after this one are, if there are any."""
    found = {"prev": "", "next": ""}
    if table.first > 0:
        found["prev"] = question.asking(page=str(page - 1) if page > 2 else None)
    if table.first + len(table.rows) < table.total:
        found["next"] = question.asking(page=str(max(page, 1) + 1))
    return found


def _downloads(entry: CatalogueQuery, text: str, asked: Mapping[str, str], language: str) -> list[tuple[str, str, str]]:
    """Name, media type and address of each form the answer comes in."""
    found = []
    for offer in dict.fromkeys(offers(text)):
        if offer.format in _PICTURES and not entry.picture:
            continue
        if offer in ROWS and ROWS[offer] not in FORMATS:
            continue
        pairs = {**asked, "format": offer.format, "lang": language}
        address = f"/api/queries/{entry.name}?{urlencode(pairs, safe=',')}"
        found.append((_NAMES.get(offer.format, offer.format), offer.media_type, address))
    return found


def _calls(base: str, entry: CatalogueQuery, asked: Mapping[str, str], language: str) -> Sequence[tuple[str, str]]:
    """How a program asks the same, language by language."""
    pairs = urlencode({**asked, "format": "csv", "lang": language}, safe=",")
    address = f"{base}api/queries/{entry.name}?{pairs}"
    return (
        ("curl", f"curl -o {entry.name}.csv '{address}'"),
        ("Python", f'import pandas\n\nrows = pandas.read_csv("{address}")'),
        ("R", f'rows <- read.csv("{address}")'),
    )


def _reply(body: bytes, language: str, status: int = 200) -> Reply:
    return Reply(status, {"Content-Type": content_type(HTML.media_type), "Content-Language": language}, body)
