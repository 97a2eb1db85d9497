"""The time gate and the time maps of entities (Memento, RFC 7089)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from asoen_graph.errors import UnknownName
from asoen_graph.messages import tell
from asoen_graph.server.answers import CACHE_CONTROL
from asoen_graph.server.archive import Volume
from asoen_graph.server.constants import Constant
from asoen_graph.server.documentation import PROBLEM
from asoen_graph.server.front import front_of
from asoen_graph.server.memento import (
    ACCEPT_DATETIME,
    LINK_FORMAT,
    TIMEMAP,
    about,
    in_force,
    is_name,
    mementos,
    parse_accept_datetime,
    site,
    time_map,
)
from asoen_graph.server.names import Names
from asoen_graph.server.problems import NotFound
from asoen_graph.server.routes.releases import archive_of
from asoen_graph.server.routing import Router

router = Router(tags=["Linked data"])


@router.get(
    f"{TIMEMAP}/id/{{name}}",
    operation_id="time-map",
    summary="The releases that have an entity",
    description="The time map of Memento (RFC 7089): links to the entity as it is in each release that has it and has "
    "a date. `/id/<name>` with `Accept-Datetime` leads to the one that was in force then.",
    responses={200: {"description": "The time map.", "content": {LINK_FORMAT: {}}}, "default": PROBLEM},
)
async def timemap(request: Request, name: str) -> Response:
    """The time map of an entity, or of one of its representations."""
    having = await _having(request, name) if is_name(name) else []
    if not having:
        raise UnknownName("entity in a release that has a date", name.partition(".")[0][:80])
    body = time_map(site(request), name, having).encode()
    return Constant(body, {"Content-Type": LINK_FORMAT}).answer(request, is_lasting=False)


async def time_gate(request: Request, name: str) -> Response | None:
    """302 to the memento of the moment the client names; ``None`` where no release has a date to choose by.

    Raises BadRequest where the client names no moment, and NotFound where the release of that moment does not have the
    entity.
    """
    moment = parse_accept_datetime(request.headers[ACCEPT_DATETIME])
    volume = in_force(archive_of(request).volumes, moment)
    if volume is None or volume.day is None or not is_name(name):
        return None
    having = await _having(request, name)
    base = site(request)
    headers = {"Vary": ACCEPT_DATETIME, "Cache-Control": CACHE_CONTROL}
    links = ", ".join([*about(base, name), *mementos(base, name, _ends(having, volume))])
    if volume not in having:
        others = ", ".join(f"{each.name} ({each.day})" for each in having)
        raise NotFound(
            tell("request.not-in-force", name=volume.name, day=volume.day, partition=name.partition(".")[0][:80]),
            tell("request.it-is-in", others=others) if having else tell("request.no-dated"),
            {"Vary": ACCEPT_DATETIME, "Link": links},
        )
    target = f"{base}{volume.address}/id/{name}"
    return Response(status_code=302, headers=headers | {"Location": target, "Link": links})


async def _having(request: Request, name: str) -> list[Volume]:
    names: Names = request.app.state.names
    dated = [volume for volume in archive_of(request).volumes if volume.day is not None]
    client = request.client.host if request.client else ""
    return await names.having(name.partition(".")[0], dated, front_of(request), client)


def _ends(having: list[Volume], chosen: Volume) -> list[Volume]:
    """The first, the chosen and the last of the releases: the time map has the rest."""
    wanted = {volume.name for volume in (*having[:1], chosen, *having[-1:])}
    return [volume for volume in having if volume.name in wanted]
