"""The query operation of the SPARQL 1.1 Protocol: how a client sends the one query it asks."""

from __future__ import annotations

import asyncio
from typing import Final, NamedTuple

from starlette.requests import Request

from asoen_graph.errors import QueryRefused
from asoen_graph.messages import tell
from asoen_graph.server.front import front_of
from asoen_graph.server.problems import BadRequest, UnsupportedMediaType
from asoen_graph.server.requests import Parameters, body, content_type, parse_parameters, text, url_parameters

QUERY: Final = "application/sparql-query"
FORM: Final = "application/x-www-form-urlencoded"
UPDATE: Final = "application/sparql-update"
_LONG: Final = 64 * 1024


class Sent(NamedTuple):
    """What came by POST: the parameters of the protocol, and all others, such as ``format``, ``lang``, ``timeout``."""

    protocol: Parameters
    extras: Parameters


async def posted(request: Request) -> Sent:
    """The parameters of a query that came by POST, as a form or as the body itself.

    Raises UnsupportedMediaType, BadRequest where there are two queries, QueryRefused where it is an update.
    """
    in_url = url_parameters(request)
    media_type = content_type(request)
    if media_type == UPDATE:
        raise no_updates()
    if media_type not in (QUERY, FORM):
        raise UnsupportedMediaType(
            tell("request.body-type", media_type=media_type[:80]) if media_type else tell("request.body-no-type"),
            tell("request.send-as", query=QUERY, form=FORM),
        )
    content = await body(request, front_of(request).settings.limits)
    if media_type == QUERY:
        if "query" in in_url:
            raise BadRequest(tell("query.two-places"), tell("query.send-either"))
        return Sent({**in_url, "query": [text(content)]}, in_url)
    # A mebibyte of percent signs takes a quarter of a second to look at, in which others are to be answered.
    is_long = len(content) > _LONG
    in_body = await asyncio.to_thread(parse_parameters, content) if is_long else parse_parameters(content)
    return Sent(in_body, {**in_url, **in_body})


def one_query(parameters: Parameters) -> str:
    """The query among the parameters of the protocol. Raises BadRequest where there is not one, and for updates."""
    if "update" in parameters:
        raise no_updates()
    queries = parameters.get("query", [])
    if len(queries) != 1:
        raise BadRequest(
            tell("query.many", queries=len(queries)) if queries else tell("query.none"),
            tell("query.send-one"),
        )
    return queries[0]


def no_updates() -> QueryRefused:
    """What an update is told."""
    return QueryRefused(tell("query.not-updated"), tell("query.curated"))
