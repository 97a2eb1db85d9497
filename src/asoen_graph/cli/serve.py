"""``asoen serve``: serve SPARQL, linked data and the API over HTTP."""

from __future__ import annotations

import argparse
import errno
import logging
import math
import socket
import sys
from contextlib import ExitStack, closing, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from asoen_graph.errors import AsoenError, ReleaseError

if TYPE_CHECKING:
    from asoen_graph.server.launch import HeadStart
    from asoen_graph.server.settings import Settings

_BACKLOG: Final = 1024
_CLOSING_SECONDS: Final = 5
_IDLE_SECONDS: Final = 75
"""How long a connection may be idle: longer than reverse proxies keep theirs, so that they never use a closed one."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options; each has an environment variable too (see ``server.options``)."""
    from asoen_graph.server.options import declare

    declare(parser)


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted.

    Raises ReleaseError where a file is missing or not what the manifest of the release says, ParameterError where an
    environment variable has a wrong value, and AsoenError where the address cannot be used.
    """
    from asoen_graph.server.holdings import holding_of
    from asoen_graph.server.launch import HeadStart
    from asoen_graph.server.options import chosen, settings_of

    values = chosen(arguments)
    settings = settings_of(values)
    # Once, here: workers start often, and would all find the same.
    holding = holding_of(settings)
    holding.verify()
    with listen(values["host"], values["port"]) as listening, ExitStack() as stack:
        ahead = None
        if settings.fork:
            # What it loads takes as long as what this process imports.
            ahead = stack.enter_context(closing(HeadStart(replace(settings, edition=holding.edition()))))
        logging.getLogger("asoen.access").disabled = not values["access-log"]
        _serve(settings, ahead, holding.name, listening, values["forwarded-allow-ips"])
    return 0


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on the address. Raises AsoenError where it is taken or not this machine's."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(_BACKLOG)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise AsoenError(
                f"Port {port} of {host} is taken", "Stop what uses it, or choose another with --port"
            ) from None
        raise AsoenError(
            f"Cannot listen on {host}, port {port}: {error.strerror or error}", "Choose others with --host and --port"
        ) from None
    return listening


def _serve(settings: Settings, ahead: HeadStart | None, served: str, listening: socket.socket, proxies: str) -> None:
    import uvicorn

    from asoen_graph.server.app import create_app
    from asoen_graph.server.wire import serving

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger("uvicorn").setLevel(logging.WARNING)

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                _announce(settings, served, listening)

    edge = create_app(settings, ahead)
    server = Server(
        uvicorn.Config(
            edge,
            loop="auto",
            http=serving(edge.instants),
            lifespan="on",
            access_log=False,
            log_config=None,
            server_header=False,
            forwarded_allow_ips=proxies,
            timeout_keep_alive=_IDLE_SECONDS,
            timeout_graceful_shutdown=math.ceil(settings.limits.seconds) + _CLOSING_SECONDS,
        )
    )
    # Where the application cannot start, the reason is logged and this is how uvicorn ends the process.
    with suppress(SystemExit):
        server.run(sockets=[listening])
    if not server.started:
        raise ReleaseError("The server could not start", "What went wrong stands above this line")


def _announce(settings: Settings, served: str, listening: socket.socket) -> None:
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    sys.stdout.write(f"Serving {served} at http://{shown}:{port}/ with {settings.workers} workers. Ctrl-C ends.\n")
    sys.stdout.flush()
