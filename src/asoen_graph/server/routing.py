"""Addresses as they are declared: where, which function answers, and what the OpenAPI document says of it.

A declaration reads like one of FastAPI, which makes the document from it (see ``api_document``). Requests are routed by
Starlette alone: a function takes the request and the parts of the path that are parameters, all of them text. So
nothing is left for FastAPI to do, and the web process does not import it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar

from starlette import routing
from starlette.requests import Request
from starlette.responses import Response

Function: TypeAlias = Callable[..., Awaitable[Response]]
"""What answers at an address: a coroutine of the request and, by name, the parameters in the path."""

Declared = TypeVar("Declared", bound=Function)


class Route(routing.Route):
    """One address with one method."""

    def __init__(self, path: str, function: Function, method: str, described: Mapping[str, Any] | None) -> None:
        super().__init__(path, self._answer, methods=[method])
        self.function = function
        self.described = described
        """What FastAPI is told of it; ``None`` where the document leaves it out."""

    async def _answer(self, request: Request) -> Response:
        # Where routes are mounted, the parameters of the mount are among those of the path.
        return await self.function(request, **{name: request.path_params[name] for name in self.param_convertors})


class Router:
    """The addresses that belong together, below a common beginning."""

    def __init__(self, prefix: str = "", tags: Sequence[str] = ()) -> None:
        self._prefix = prefix
        self._tags = tags
        self.routes: list[Route] = []

    def get(self, path: str, **described: Any) -> Callable[[Declared], Declared]:
        """Declare what answers GET at an address; the words are those of FastAPI."""
        return self._declaration(path, "GET", described)

    def post(self, path: str, **described: Any) -> Callable[[Declared], Declared]:
        """The same for POST."""
        return self._declaration(path, "POST", described)

    def add(self, path: str, function: Function, method: str = "GET", **described: Any) -> None:
        """Declare an address whose function is made elsewhere."""
        is_described = described.pop("include_in_schema", True)
        told = {**described, "tags": [*self._tags, *described.get("tags", ())]} if is_described else None
        self.routes.append(Route(self._prefix + path, function, method, told))

    def _declaration(self, path: str, method: str, described: dict[str, Any]) -> Callable[[Declared], Declared]:
        def declare(function: Declared) -> Declared:
            self.add(path, function, method, **described)
            return function

        return declare
