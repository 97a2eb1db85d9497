"""What pages load: below ``/assets`` what was built of ``web/``, below ``/docs/assets`` what Swagger UI comes with."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from swagger_ui_bundle import swagger_ui_path

from asoen_graph.messages import tell
from asoen_graph.server.constants import Constant
from asoen_graph.server.problems import NotFound
from asoen_graph.server.routing import Router
from asoen_graph.server.web import ADDRESS, media_type, web_files

ASSETS: Final = {
    "swagger-ui.css": "text/css; charset=utf-8",
    "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
    "favicon-32x32.png": "image/png",
}
"""The files that are loaded, and what they are."""

_FOR_GOOD: Final = "public, max-age=31536000, immutable"

router = Router()


@router.get("/docs/assets/{name}", include_in_schema=False)
async def asset(request: Request, name: str) -> Response:
    """One of the files."""
    if name not in ASSETS:
        raise NotFound(tell("request.nothing-here"), tell("request.ways-in"))
    return _asset(name).answer(request)


@router.get(f"{ADDRESS}/{{name}}", include_in_schema=False)
async def web_file(request: Request, name: str) -> Response:
    """A script, a style sheet or a font; its name says which content it has."""
    try:
        return _web_file(name).answer(request)
    except KeyError:
        raise NotFound(tell("request.no-file"), tell("request.old-page")) from None


@cache
def _web_file(name: str) -> Constant:
    return Constant(web_files().read(name), {"Content-Type": media_type(name)}, caching=_FOR_GOOD)


@cache
def _asset(name: str) -> Constant:
    return Constant((Path(swagger_ui_path) / name).read_bytes(), {"Content-Type": ASSETS[name]})
