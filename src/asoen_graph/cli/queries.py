"""``asoen queries``: the catalogue, and everything about one query of it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator

from asoen_graph.errors import UnknownName
from asoen_graph.queries.catalogue import Catalogue, CatalogueQuery
from asoen_graph.queries.parameters import TYPES, Parameter, as_typed
from asoen_graph.resources import queries_folder
from asoen_graph.text import nearest


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="a query: its parameters, columns and text")
    parser.add_argument("--group", metavar="GROUP", help="only the queries of a group")
    parser.add_argument("--lang", dest="language", choices=("en", "vi"), default="en", help="language of titles (en)")
    parser.add_argument("-f", "--format", choices=("table", "json"), default="table", help="table (default) or json")


def run(arguments: argparse.Namespace) -> int:
    """List the catalogue or describe a query. Raises UnknownName, QueryError."""
    catalogue = Catalogue.read(queries_folder())
    if arguments.name is not None:
        chosen = [catalogue[arguments.name]]
    else:
        chosen = _in_group([catalogue[name] for name in catalogue], arguments.group)
    if arguments.format == "json":
        described = [describe(query) for query in chosen]
        content = described if arguments.name is None else described[0]
        sys.stdout.write(json.dumps(content, ensure_ascii=False, indent=2) + "\n")
        return 0
    lines = _described(chosen[0], arguments.language) if arguments.name else _listed(chosen, arguments.language)
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return 0


def describe(query: CatalogueQuery) -> dict[str, object]:
    """Everything the header says, as plain values: texts in both languages, defaults as they would be typed."""
    return {
        "name": query.name,
        "title": dict(query.title),
        "description": dict(query.description),
        "group": query.group,
        "view": query.view,
        "network": query.is_network,
        "parameters": {name: parameter.told() for name, parameter in query.parameters.items()},
        "columns": {name: dict(texts) for name, texts in query.columns.items()},
        "text": query.text,
    }


def _in_group(queries: list[CatalogueQuery], group: str | None) -> list[CatalogueQuery]:
    groups = sorted({query.group for query in queries})
    if group is not None and group not in groups:
        raise UnknownName("group of queries", group, nearest(group, groups) or groups)
    chosen = [query for query in queries if group in (None, query.group)]
    return sorted(chosen, key=lambda query: (query.group, query.name))


def _listed(queries: list[CatalogueQuery], language: str) -> Iterator[str]:
    width = max((len(query.name) for query in queries), default=0)
    group = None
    for query in queries:
        if query.group != group:
            if group is not None:
                yield ""
            group = query.group
            yield group
        yield f"  {query.name.ljust(width)}  {query.title[language]}"
    yield ""
    yield "`asoen queries NAME` explains one, `asoen query NAME` runs it."


def _described(query: CatalogueQuery, language: str) -> Iterator[str]:
    yield query.name
    yield f"  {query.title[language]}"
    yield f"  {query.description[language]}"
    yield f"  group {query.group}, shown as {query.view}"
    if query.parameters:
        yield ""
        yield "Parameters (-p name=value)"
        for parameter in query.parameters.values():
            yield f"  {parameter.name}  {_kind(parameter)}  {parameter.description[language]}"
    if query.columns:
        yield ""
        yield "Columns"
        width = max(map(len, query.columns))
        for name, texts in query.columns.items():
            yield f"  {name.ljust(width)}  {texts[language]}"
    yield ""
    yield query.text.rstrip("\n")


def _kind(parameter: Parameter) -> str:
    expected = TYPES[parameter.type] + (f" of class {parameter.class_key}" if parameter.class_key else "")
    if parameter.optional:
        return f"({expected}; may be left out)"
    return f"({expected}; default {', '.join(map(as_typed, parameter.default))})"
