"""``/docs/assets``: what the page of ``/docs`` loads, from the package that Swagger UI comes in."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from swagger_ui_bundle import swagger_ui_path

from asoen_graph.server.constants import Constant
from asoen_graph.server.problems import NotFound
from asoen_graph.server.routing import Router

ASSETS: Final = {
    "swagger-ui.css": "text/css; charset=utf-8",
    "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
    "favicon-32x32.png": "image/png",
}
"""The files that are loaded, and what they are."""

router = Router()


@router.get("/docs/assets/{name}", include_in_schema=False)
async def asset(request: Request, name: str) -> Response:
    """One of the files."""
    if name not in ASSETS:
        raise NotFound("There is nothing at this address", "The ways in are listed at /")
    return _asset(name).answer(request)


@cache
def _asset(name: str) -> Constant:
    return Constant((Path(swagger_ui_path) / name).read_bytes(), {"Content-Type": ASSETS[name]})
