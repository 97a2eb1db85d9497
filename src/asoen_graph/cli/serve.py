"""``asoen serve``: serve SPARQL, linked data and the API over HTTP."""

from __future__ import annotations

import argparse
import errno
import logging
import math
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from asoen_graph.errors import AsoenError, ReleaseError
from asoen_graph.resources import release_folder

if TYPE_CHECKING:
    from asoen_graph.server.settings import Settings

Number = TypeVar("Number", int, float)

_BACKLOG: Final = 1024
_CLOSING_SECONDS: Final = 5
_IDLE_SECONDS: Final = 75
"""How long a connection may be idle: longer than reverse proxies keep theirs, so that they never use a closed one."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    from asoen_graph.server.settings import MEBIBYTE, Limits, available_cores

    limits = Limits()
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (%(default)s)")
    parser.add_argument(
        "--port", type=_port, default=8000, help="the port to listen on, 0 for any free one (%(default)s)"
    )
    parser.add_argument(
        "--workers",
        type=_count,
        default=available_cores(),
        metavar="N",
        help="worker processes (%(default)s, the cores)",
    )
    served = parser.add_mutually_exclusive_group()
    served.add_argument("--release", metavar="RELEASE", help="a folder or the version of a kept release")
    served.add_argument(
        "--dataset",
        nargs="+",
        default=(),
        metavar="FILE",
        help="serve RDF files instead: .ttl .nt .rdf .jsonld .trig .nq; FILE=IRI makes one the graph of that name",
    )
    parser.add_argument(
        "--timeout",
        type=_seconds,
        default=limits.seconds,
        metavar="S",
        help="seconds a request may take; a client may lower it (%(default)g)",
    )
    parser.add_argument(
        "--max-memory",
        type=_count,
        default=limits.memory // MEBIBYTE,
        metavar="MB",
        help="mebibytes a worker may take beyond the data (%(default)s)",
    )
    parser.add_argument(
        "--max-rows", type=_count, default=limits.rows, metavar="N", help="rows an answer may have (%(default)s)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted.

    Raises ReleaseError where a file is missing or not what the manifest of the release says, and AsoenError where the
    address cannot be used.
    """
    from asoen_graph.server.datafiles import DataFile
    from asoen_graph.server.holdings import holding_of
    from asoen_graph.server.settings import MEBIBYTE, Limits, Settings

    limits = Limits(arguments.timeout, arguments.max_memory * MEBIBYTE, arguments.max_rows)
    dataset = tuple(map(DataFile.parse, arguments.dataset))
    # Files are served whether or not a release has been built.
    release = Path() if dataset else release_folder(arguments.release)
    settings = Settings(release, workers=arguments.workers, limits=limits, dataset=dataset)
    # Once, here: workers start often, and would all find the same.
    holding = holding_of(settings)
    holding.verify()
    with listen(arguments.host, arguments.port) as listening:
        _serve(settings, holding.name, listening)
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


def _serve(settings: Settings, served: str, listening: socket.socket) -> None:
    import uvicorn

    from asoen_graph.server.app import create_app

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger("uvicorn").setLevel(logging.WARNING)

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                _announce(settings, served, listening)

    server = Server(
        uvicorn.Config(
            create_app(settings),
            loop="auto",
            http="auto",
            lifespan="on",
            access_log=False,
            log_config=None,
            server_header=False,
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


def _port(text: str) -> int:
    return _number(text, int, 0, 65535)


def _count(text: str) -> int:
    return _number(text, int, 1, 10**9)


def _seconds(text: str) -> float:
    return _number(text, float, 0.001, 86_400.0)


def _number(text: str, kind: Callable[[str], Number], least: Number, most: Number) -> Number:
    try:
        number = kind(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None
    if not least <= number <= most:
        raise argparse.ArgumentTypeError(f"{text} is not between {least} and {most}")
    return number
