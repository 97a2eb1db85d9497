"""``/releases``: which releases there are, their files, and each of them with the routes of the present one."""

from __future__ import annotations

import time
from typing import Any, Final

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from asoen_graph.messages import tell
from asoen_graph.release import MANIFEST_FILE, PACKED, Release
from asoen_graph.server.archive import RELEASES, Archive, Volume
from asoen_graph.server.citation import citation
from asoen_graph.server.documentation import FORMAT, LANGUAGE, PROBLEM
from asoen_graph.server.feed import CHANGES
from asoen_graph.server.forms import HTML, JSON
from asoen_graph.server.front import form, front_of, language
from asoen_graph.server.loans import Loans
from asoen_graph.server.negotiation import LANGUAGES
from asoen_graph.server.origin import RELEASE
from asoen_graph.server.problems import NotFound, release_changed
from asoen_graph.server.requests import refuse_unknown, seconds, url_parameters
from asoen_graph.server.routing import Router

_VARY: Final = ("Accept", "Accept-Language")
_MEDIA_TYPES: Final = {
    ".nq": "application/n-quads",
    ".trig": "application/trig",
    ".ttl": "text/turtle",
    ".tsv": "text/tab-separated-values",
    ".json": "application/json",
    PACKED: "application/x-xz",
}
_FOR_GOOD: Final = "public, max-age=31536000, immutable"
_LISTED: Final = {
    200: {"description": "What there is.", "content": {JSON.media_type: {}, HTML.media_type: {}}},
    304: {"description": "The answer is the one whose ETag the client named."},
    307: {"description": "The version of a draft: where it is as long as it is not kept."},
    308: {"description": "What was a draft is kept: where it is."},
    "default": PROBLEM,
}

router = Router(prefix=RELEASES, tags=["Releases"])


def archive_of(request: Request) -> Archive:
    """The releases of the application of this request."""
    archive: Archive = request.app.state.archive
    return archive


@router.get(
    "",
    operation_id="releases",
    summary="The releases",
    description="Every release that can be queried, the newest first: version, date, counts, files, how to cite it. "
    "Below `/releases/<name>/` each has the routes of the present one: `sparql`, `data`, `id`, `fact`, `source`, "
    "`ontology`, `api` and `report`.",
    responses=_LISTED,
    openapi_extra={"parameters": [FORMAT, LANGUAGE]},
)
async def releases(request: Request) -> Response:
    """Every release."""
    volumes = archive_of(request).volumes
    return await _listed(request, [described(volume, volumes) for volume in reversed(volumes)], one=False)


@router.get(
    "/{name}",
    operation_id="release",
    summary="A release",
    description="Version, date, counts, files, how to cite it.",
    responses=_LISTED,
    openapi_extra={"parameters": [FORMAT, LANGUAGE]},
)
async def release(request: Request, name: str) -> Response:
    """One release."""
    archive = archive_of(request)
    volume = archive.find(name)
    if volume.name != name:
        return _elsewhere(request, name, volume)
    return await _listed(request, [described(volume, archive.volumes)], one=True)


@router.get(
    "/{name}/files/{file}",
    operation_id="release-file",
    summary="A file of a release",
    description="As it lies in the folder of the release; the files of a kept one are compressed (`.xz`).",
    responses=_LISTED | {200: {"description": "The file.", "content": {each: {} for each in _MEDIA_TYPES.values()}}},
)
async def release_file(request: Request, name: str, file: str) -> Response:
    """The content of a file."""
    volume = archive_of(request).find(name)
    if volume.name != name:
        return _elsewhere(request, name, volume)
    there = files_of(volume)
    if file not in there:
        raise NotFound(tell("request.release-file", name=name, file=file[:80]), tell("value.there-are", names=there))
    if not volume.is_kept and Release(volume.files).manifest.hash != volume.manifest.hash:
        raise release_changed()
    suffix = "." + file.rpartition(".")[2]
    headers = {"Cache-Control": _FOR_GOOD if volume.is_kept else "no-cache", RELEASE: volume.version}
    return FileResponse(volume.files / file, headers=headers, media_type=_MEDIA_TYPES.get(suffix))


def described(volume: Volume, volumes: tuple[Volume, ...]) -> dict[str, Any]:
    """What the list says of a release. The digests are those of the files unpacked."""
    manifest = volume.manifest
    place = volumes.index(volume)
    files = []
    for file in files_of(volume):
        digest = manifest.files.get(file.removesuffix(PACKED))
        files.append(
            {
                "name": file,
                "address": f"{volume.address}/files/{file}",
                "sha256": digest.sha256 if digest else None,
                "bytes": digest.bytes if digest else None,
            }
        )
    return {
        "name": volume.name,
        "version": volume.version,
        "date": volume.day.isoformat() if volume.day else None,
        "kept": volume.is_kept,
        "present": volume.is_present,
        "license": manifest.license,
        "hash": manifest.hash,
        "counts": {
            name: getattr(manifest.counts, name)
            for name in ("entities", "relations", "facts", "sources", "inferred", "default_graph", "quads")
        },
        "address": volume.address,
        "files": files,
        "changes": f"{CHANGES}/{volumes[place - 1].name}..{volume.name}" if place else None,
        "citation": {tag: citation(volume, tag) for tag in LANGUAGES},
    }


def files_of(volume: Volume) -> list[str]:
    """The names of the files in the folder of a release, as far as the manifest knows them."""
    known = {MANIFEST_FILE, *volume.manifest.files, *(name + PACKED for name in volume.manifest.files)}
    return sorted(name for name in known if (volume.files / name).is_file())


class Stacks:
    """Answers what an address below ``/releases/<name>`` asks for from that release; the routes are the same."""

    def __init__(self, routes: ASGIApp) -> None:
        self._routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Find the release, have it loaded if it is not the present one, and route the rest of the address."""
        request = Request(scope)
        name = scope["path_params"]["release"]
        archive, loans = archive_of(request), _loans_of(request)
        volume = archive.find(name)
        if volume.name != name:
            await _elsewhere(request, name, volume)(scope, receive, send)
            return
        # What the server says of where it is holds for the release, and so do problems that are told further out.
        scope.update(app_root_path=scope["root_path"], release=volume)
        sending = _Named(volume, scope["root_path"], send)
        if volume.is_present:
            await self._routes(scope, receive, sending)
            return
        began = time.monotonic()
        limit = seconds(url_parameters(request), front_of(request).settings.limits.seconds)
        async with loans.lend(volume, limit) as front:
            scope["front"] = front
            scope["state"]["waited"] = time.monotonic() - began
            await self._routes(scope, receive, sending)


class _Named:
    """Sends an answer with the version of its release, and redirects within the release."""

    def __init__(self, volume: Volume, root: str, send: Send) -> None:
        self._volume = volume
        self._root = root
        self._send = send

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers[RELEASE] = self._volume.version
            location = headers.get("Location", "")
            if location.startswith("/") and not location.startswith(self._root + "/"):
                headers["Location"] = self._root + location
        await self._send(message)


def _loans_of(request: Request) -> Loans:
    loans: Loans = request.app.state.loans
    return loans


def _elsewhere(request: Request, name: str, volume: Volume) -> Response:
    """Lead to the release by its own name: for good where that is kept, for now where it is a draft."""
    here = f"{RELEASES}/{name}"
    rest = request.scope["path"].removeprefix(here)
    query = request.scope["query_string"].decode("latin-1")
    target = f"{volume.address}{rest}" + (f"?{query}" if query else "")
    headers = {"Cache-Control": "no-store"} if not volume.is_kept else {}
    return RedirectResponse(target, 308 if volume.is_kept else 307, headers)


async def _listed(request: Request, items: list[dict[str, Any]], *, one: bool) -> Response:
    parameters = url_parameters(request)
    refuse_unknown(parameters, ())
    arguments = {"items": items, "one": one, "language": language(request, parameters)}
    return await front_of(request).answer(request, "releases", arguments | form(request, parameters), parameters, _VARY)
