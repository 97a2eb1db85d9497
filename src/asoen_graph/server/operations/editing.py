"""What an editor of queries asks for: the names there are, whether a text is a query, the texts of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import orjson

from asoen_graph.entities.completion import glossary
from asoen_graph.queries.verdict import Verdict, judge
from asoen_graph.server.forms import JSON
from asoen_graph.server.library import Library
from asoen_graph.server.messages import Reply
from asoen_graph.server.operations.catalogue import bound_text
from asoen_graph.server.problems import document, doubt
from asoen_graph.server.settings import Limits

QUERY: Final = "application/sparql-query"
_JSON: Final = {"Content-Type": JSON.media_type}


def names(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """Prefixes, terms and entities, in both languages."""
    return Reply(200, dict(_JSON), orjson.dumps(glossary(library.vocabulary, library.search.entities)))


def check(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """What is wrong with a query, or ``null``. Arguments: ``query``."""
    return Reply(200, dict(_JSON), orjson.dumps(told(judge(arguments["query"], library.store))))


def told(verdict: Verdict) -> dict[str, Any] | None:
    """A verdict as a problem document, the first of several with the others as ``more``; ``None`` where all is well."""
    if verdict.mistake is not None:
        return document(verdict.mistake)
    if not verdict.doubts:
        return None
    first, *others = map(doubt, verdict.doubts)
    return first | ({"more": others} if others else {})


def text(library: Library, arguments: Mapping[str, Any], limits: Limits) -> Reply:
    """The text of a query of the catalogue with values bound. Arguments: ``name``, ``values``."""
    query = library.catalogue[arguments["name"]]
    return Reply(
        200, {"Content-Type": f"{QUERY}; charset=utf-8"}, bound_text(library, query, arguments["values"]).encode()
    )
