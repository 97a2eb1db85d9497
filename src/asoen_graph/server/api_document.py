"""The OpenAPI document of the application, but for what only the ontology of a release says."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from asoen_graph.server import answer_schemas, documentation, list_documentation


def describe(app: FastAPI, license_info: dict[str, str] | None) -> None:
    """Have the application make its document when it is asked for the first time; the license is that of the data."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = get_openapi(
                title=app.title,
                version=app.version,
                openapi_version=documentation.VERSION,
                description=app.description,
                routes=app.routes,
                license_info=license_info,
            )
            schemas = documentation.components()
            document.setdefault("components", {})["schemas"] = (
                schemas | list_documentation.components(schemas) | answer_schemas.COMPONENTS
            )
            answer_schemas.complete(document)
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]
