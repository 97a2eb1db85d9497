"""Entities by date (Memento, RFC 7089): which release was in force when, and what says so in headers.

``/id/<name>`` is the original resource and its own time gate: with ``Accept-Datetime`` it leads (302) to the memento,
the same address below that of a release. A release is dated by its day and in force from its first moment until the
next is; a date before the first release leads to the first. The time map of an entity lists the releases that have it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final

from starlette.requests import Request

from asoen_graph.iris import is_slug
from asoen_graph.messages import tell
from asoen_graph.server.archive import Volume
from asoen_graph.server.forms import GEOJSON, REPRESENTATIONS
from asoen_graph.server.problems import BadRequest
from asoen_graph.server.validators import http_date

ACCEPT_DATETIME: Final = "Accept-Datetime"
MEMENTO_DATETIME: Final = "Memento-Datetime"
LINK_FORMAT: Final = "application/link-format"
TIMEMAP: Final = "/timemap"

_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATE: Final = re.compile(
    rf"({'|'.join(_DAYS)}), ([0-9]{{2}}) ({'|'.join(_MONTHS)}) ([0-9]{{4}}) ([0-9]{{2}}):([0-9]{{2}}):([0-9]{{2}}) GMT"
)
_HOST: Final = re.compile(r"[A-Za-z0-9._-]+(?::[0-9]+)?|\[[0-9A-Fa-f:.]+\](?::[0-9]+)?")
_SUFFIXES: Final = frozenset(offer.format for offer in (*REPRESENTATIONS, GEOJSON))
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9._~-]")


def parse_accept_datetime(text: str) -> datetime:
    """The moment an ``Accept-Datetime`` header names, as RFC 1123 writes it. Raises BadRequest where it names none."""
    found = _DATE.fullmatch(text.strip(" \t"))
    if found is not None:
        weekday, day, month, year, hour, minute, second = found.groups()
        try:
            moment = datetime(
                int(year), _MONTHS.index(month) + 1, int(day), int(hour), int(minute), int(second), tzinfo=UTC
            )
        except ValueError:
            moment = None
        if moment is not None and _DAYS[moment.weekday()] == weekday:
            return moment
    raise BadRequest(
        tell("request.no-time", accept_datetime=ACCEPT_DATETIME, text=text[:60]),
        tell("request.time-form"),
    )


def in_force(volumes: Iterable[Volume], moment: datetime) -> Volume | None:
    """The last release up to a moment, else the first after it; ``None`` where none has a date."""
    dated = [volume for volume in volumes if volume.moment is not None]
    before = [volume for volume in dated if volume.moment is not None and volume.moment <= moment]
    return before[-1] if before else next(iter(dated), None)


def site(request: Request) -> str:
    """The scheme and host the client came by, without a slash at the end; empty where it named no proper host."""
    host = request.headers.get("host", "")
    return f"{request.scope['scheme']}://{host}" if _HOST.fullmatch(host) else ""


def is_name(name: str) -> bool:
    """Whether it can be the name of an entity, or of one of its representations."""
    slug, dot, suffix = name.partition(".")
    return is_slug(slug) and (not dot or suffix in _SUFFIXES)


def about(base: str, name: str) -> list[str]:
    """The links every answer about an entity has: the original, which is its own time gate, and the time map."""
    safe = _UNSAFE.sub("", name)
    return [
        f'<{base}/id/{safe}>; rel="original timegate"',
        f'<{base}{TIMEMAP}/id/{safe}>; rel="timemap"; type="{LINK_FORMAT}"',
    ]


def mementos(base: str, name: str, volumes: Sequence[Volume]) -> list[str]:
    """A link to each memento, the first and the last marked as such; the releases are dated and the oldest first."""
    links = []
    for number, volume in enumerate(volumes):
        assert volume.moment is not None
        relation = "first " * (number == 0) + "last " * (number == len(volumes) - 1) + "memento"
        address = f"{base}{volume.address}/id/{_UNSAFE.sub('', name)}"
        links.append(f'<{address}>; rel="{relation}"; datetime="{http_date(volume.moment)}"')
    return links


def time_map(base: str, name: str, volumes: Sequence[Volume]) -> str:
    """The time map of an entity in link format."""
    moments = [volume.moment for volume in volumes if volume.moment is not None]
    span = f'; from="{http_date(moments[0])}"; until="{http_date(moments[-1])}"' if moments else ""
    here = f'<{base}{TIMEMAP}/id/{_UNSAFE.sub("", name)}>; rel="self"; type="{LINK_FORMAT}"{span}'
    return ",\n".join([about(base, name)[0], here, *mementos(base, name, volumes)]) + "\n"


def beside(request: Request, name: str, volume: Volume) -> dict[str, str]:
    """The headers by which a client finds the mementos of an entity, or sees that it has one."""
    headers = {"Link": ", ".join(about(site(request), name))}
    if "release" in request.scope and volume.moment is not None:
        headers[MEMENTO_DATETIME] = http_date(volume.moment)
    return headers
