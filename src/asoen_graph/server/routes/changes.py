"""``/changes``: what changed from release to release, as a feed, and between any two of them in full."""

from __future__ import annotations

import json
import re
import time
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from asoen_graph.errors import ParameterError
from asoen_graph.messages import tell
from asoen_graph.server.archive import Volume
from asoen_graph.server.constants import Constant
from asoen_graph.server.documentation import LANGUAGE, PROBLEM, formats
from asoen_graph.server.errands import errand
from asoen_graph.server.feed import ATOM, JSON_FEED, Step, atom, json_feed, last_modified
from asoen_graph.server.forms import HTML, JSON
from asoen_graph.server.front import Front, front_of, language
from asoen_graph.server.memento import site
from asoen_graph.server.negotiation import Offer, choose
from asoen_graph.server.problems import Busy, NotFound
from asoen_graph.server.requests import Parameters, refuse_unknown, seconds, single, url_parameters, whole_number
from asoen_graph.server.routes.releases import archive_of
from asoen_graph.server.routing import Router

_LARGEST_PAGE: Final = 10**6
MOST_ENTRIES: Final = 50
"""The feed goes back so many releases."""

_FEEDS: Final = (Offer("json", JSON_FEED), Offer("atom", ATOM), Offer("json", JSON.media_type))
_BROADER_FEEDS: Final = (Offer("atom", "application/xml"), Offer("atom", "text/xml"))
_DIFFERENCES: Final = (
    Offer("txt", "text/plain"),
    Offer("json", JSON.media_type),
    Offer("rdfp", "application/rdf-patch"),
    HTML,
)
_SPAN: Final = re.compile(r"(?P<old>.+?)\.\.(?P<new>.+?)(?:\.(?P<suffix>[a-z]+))?")
_FEED_ANSWERS: Final = {
    media_type: {200: {"description": "The feed.", "content": {media_type: {}}}, "default": PROBLEM}
    for media_type in (JSON_FEED, ATOM)
}
_NEGOTIATED: Final = {
    200: {"description": "The feed.", "content": {JSON_FEED: {}, ATOM: {}, JSON.media_type: {}}},
    "default": PROBLEM,
}

router = Router(prefix="/changes", tags=["Releases"])


class Digests:
    """What changed between two releases, in short; both are what they are for good, so it is found out once."""

    _MOST: Final = 200

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[str, str], dict[str, Any]] = OrderedDict()

    async def between(self, old: Volume, new: Volume, front: Front, client: str, left: float) -> dict[str, Any]:
        """The digest, within the seconds that are left to the request. Raises what ``errand`` raises."""
        pair = old.manifest.hash, new.manifest.hash
        if pair not in self._known:
            asked = {"old": str(old.folder), "new": str(new.folder), "form": "digest", "language": "en"}
            if left <= 0:
                raise Busy(tell("server.comparing"))
            self._known[pair] = json.loads(await errand(front, "changes", asked, client, left))
            while len(self._known) > self._MOST:
                self._known.popitem(last=False)
        self._known.move_to_end(pair)
        return self._known[pair]


@router.get(
    "",
    operation_id="changes",
    summary="What changed from release to release",
    description="A feed, the newest release first, as JSON Feed 1.1 or Atom, by Accept, `format` or the suffixes "
    "`.json` and `.atom`.",
    responses=_NEGOTIATED,
    openapi_extra={"parameters": [formats(["json", "atom"]), LANGUAGE]},
)
async def changes(request: Request) -> Response:
    """The feed in the form asked for."""
    parameters = _parameters(request)
    offer = choose((*_FEEDS, *_BROADER_FEEDS), request.headers.get("accept"), single(parameters, "format"))
    return await _feed(request, parameters, offer, ("Accept", "Accept-Language"))


@router.get(
    ".json",
    operation_id="changes-json",
    summary="What changed from release to release, as JSON Feed",
    responses=_FEED_ANSWERS[JSON_FEED],
    openapi_extra={"parameters": [LANGUAGE]},
)
async def changes_json(request: Request) -> Response:
    """The feed as JSON."""
    return await _feed(request, _parameters(request), _FEEDS[0], ("Accept-Language",))


@router.get(
    ".atom",
    operation_id="changes-atom",
    summary="What changed from release to release, as Atom",
    responses=_FEED_ANSWERS[ATOM],
    openapi_extra={"parameters": [LANGUAGE]},
)
async def changes_atom(request: Request) -> Response:
    """The feed as Atom."""
    return await _feed(request, _parameters(request), _FEEDS[1], ("Accept-Language",))


@router.get(
    "/{span}",
    operation_id="difference",
    summary="What changed between two releases",
    description="`<old>..<new>`, as text or a page for people, JSON, or an RDF Patch (`.txt`, `.html`, `.json`, "
    "`.rdfp`, or by Accept). Only the page has parts (`page`).",
    responses={
        200: {"description": "The difference.", "content": {offer.media_type: {} for offer in _DIFFERENCES}},
        "default": PROBLEM,
    },
    openapi_extra={"parameters": [formats(["txt", "json", "rdfp", "html"]), LANGUAGE]},
)
async def difference(request: Request, span: str) -> Response:
    """The whole difference."""
    parameters = url_parameters(request)
    refuse_unknown(parameters, ("page",))
    found = _SPAN.fullmatch(span)
    if found is None:
        raise NotFound(tell("request.no-pair", span=span[:80]), tell("request.write-pair"))
    suffix = found["suffix"]
    archive = archive_of(request)
    old, new = (archive.find(found[name]) for name in ("old", "new"))
    if suffix is None:
        offer = choose(_DIFFERENCES, request.headers.get("accept"), single(parameters, "format"))
    else:
        offer = choose(_DIFFERENCES, None, suffix)
    arguments: dict[str, Any] = {
        "old": str(old.folder),
        "new": str(new.folder),
        # The folder of a draft can hold another one some day.
        "hashes": [old.manifest.hash, new.manifest.hash],
        "form": offer.format,
        "language": language(request, parameters),
    }
    if offer == HTML:
        arguments |= {
            "page": whole_number(parameters, "page", 1, _LARGEST_PAGE),
            "span": f"{quote(old.name)}..{quote(new.name)}",
            "roots": ["" if volume.is_present else volume.address for volume in (old, new)],
        }
    elif "page" in parameters:
        raise ParameterError("page", tell("value.page-only"), tell("value.page-leave-out"))
    vary = ("Accept-Language",) if suffix else ("Accept", "Accept-Language")
    return await front_of(request).answer(request, "changes", arguments, parameters, vary)


def _parameters(request: Request) -> Parameters:
    parameters = url_parameters(request)
    refuse_unknown(parameters, ())
    return parameters


async def _feed(request: Request, parameters: Parameters, offer: Offer, vary: Sequence[str]) -> Response:
    spoken = language(request, parameters)
    steps = await _steps(request, parameters)
    write = atom if offer.format == "atom" else json_feed
    body = write(steps, spoken, site(request))
    sent_as = f"{offer.media_type}; charset=utf-8" if offer.format == "atom" else offer.media_type
    headers = {"Content-Type": sent_as, "Content-Language": spoken}
    # A release that is kept while the server runs makes it another.
    return Constant(body, headers, vary, last_modified(steps)).answer(request, is_lasting=False)


async def _steps(request: Request, parameters: Parameters) -> list[Step]:
    """The steps from release to release, the newest first; those without a day are left out."""
    digests: Digests = request.app.state.digests
    front = front_of(request)
    client = request.client.host if request.client else ""
    end = time.monotonic() + seconds(parameters, front.settings.limits.seconds)
    volumes = [volume for volume in archive_of(request).volumes if volume.day is not None]
    before: list[Volume | None] = [None, *volumes]
    steps = []
    for old, new in list(zip(before, volumes, strict=False))[-MOST_ENTRIES:]:
        left = end - time.monotonic()
        digest = await digests.between(old, new, front, client, left) if old is not None else None
        steps.append(Step(old, new, digest))
    return steps[::-1]
