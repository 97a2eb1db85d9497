"""The OpenAPI document: what FastAPI makes of the declarations of the routes, with the schemas of answers.

A worker makes it when it is asked for (see ``operations.api``): FastAPI takes half a second and much memory to import.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import APIRouter
from fastapi.openapi.utils import get_openapi
from starlette.responses import Response

from asoen_graph.server import answer_schemas, documentation, list_documentation
from asoen_graph.server.routing import Router


def document(routers: Iterable[Router], about: Mapping[str, Any]) -> dict[str, Any]:
    """The document of a server with these routes, but for what only the ontology of a release says.

    ``about`` has its title, version and description and the license of the data.
    """
    described = APIRouter(default_response_class=Response)
    for router in routers:
        for route in router.routes:
            if route.described is not None:
                method = next(each for each in route.methods or () if each != "HEAD")
                described.add_api_route(route.path, route.function, methods=[method], **route.described)
    made = get_openapi(
        title=about["title"],
        version=about["version"],
        openapi_version=documentation.VERSION,
        description=about["description"],
        routes=described.routes,
        license_info=about["license_info"],
    )
    schemas = documentation.components()
    made.setdefault("components", {})["schemas"] = (
        schemas | list_documentation.components(schemas) | answer_schemas.COMPONENTS
    )
    answer_schemas.complete(made)
    return made
