"""The short way to routes that are asked thousands of times a second: past the framework, to the same functions.

Looking for a route among all and the middlewares of Starlette take longer than many a query. A request for one of these
routes is recognised by its method and path, and its function is called with what it would be called with on the long
way, which everything else goes.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from asoen_graph.errors import AsoenError
from asoen_graph.server.routing import Route, Router

Endpoint: TypeAlias = Callable[..., Awaitable[Response]]


class Shortcuts:
    """Finds and calls the functions of the routes of some routers of an application."""

    def __init__(self, app: Starlette, router: Router) -> None:
        """``router`` is the first of the routers."""
        self._app = app
        self._plain: dict[str, dict[str, Route]] = {}
        """By path and method."""
        self._others: list[Route] = []
        """Those with a part of the path as a parameter."""
        self.add(router)

    def add(self, router: Router) -> None:
        """Find the routes of another router too."""
        for route in router.routes:
            if route.param_convertors:
                self._others.append(route)
            else:
                for method in route.methods or ():
                    self._plain.setdefault(route.path, {}).setdefault(method, route)

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> bool:
        """Answer a request for one of the routes; return whether it was for one."""
        if scope.get("root_path"):
            return False
        path, method = scope["path"], scope["method"]
        given: dict[str, str] = {}
        if (by_method := self._plain.get(path)) is not None:
            route = by_method.get(method)
        else:
            route, given = self._with_parameters(path, method)
        if route is None:
            return False
        scope.update(app=self._app, route=route, path_params=given)
        request = Request(scope, receive)
        try:
            response = await route.function(request, **given)
        except AsoenError as error:
            response = await self._told(AsoenError, request, error)
        except ClientDisconnect as error:
            response = await self._told(ClientDisconnect, request, error)
        except Exception as error:
            await (await self._told(Exception, request, error))(scope, receive, send)
            raise
        await response(scope, receive, send)
        return True

    def _with_parameters(self, path: str, method: str) -> tuple[Route | None, dict[str, str]]:
        for route in self._others:
            if method in (route.methods or ()) and (found := route.path_regex.match(path)) is not None:
                return route, found.groupdict()
        return None, {}

    async def _told(self, kind: type[Exception], request: Request, error: Exception) -> Response:
        handler: Endpoint = self._app.exception_handlers[kind]
        return await handler(request, error)
