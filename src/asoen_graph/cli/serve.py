"""``asoen serve``: serve SPARQL, linked data and the API over HTTP."""

from __future__ import annotations

import argparse
import errno
import gc
import os
import socket
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from typing import TYPE_CHECKING, Any, Final

from asoen_graph.errors import AsoenError, ReleaseError

if TYPE_CHECKING:
    from asoen_graph.server.head_start import HeadStart
    from asoen_graph.server.holdings import Holding
    from asoen_graph.server.settings import Settings

_BACKLOG: Final = 1024


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options; each has an environment variable too (see ``server.options``)."""
    from asoen_graph.server.options import declare

    declare(parser)


def prepare(words: Sequence[str]) -> HeadStart | None:
    """Begin to start the process that loads the release: it takes a while until it can use the settings."""
    if not hasattr(os, "fork") or not {"-h", "--help"}.isdisjoint(words):
        return None
    from asoen_graph.server.head_start import HeadStart

    return HeadStart()


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted.

    Raises ReleaseError where a file is missing or not what the manifest of the release says, ParameterError where an
    environment variable has a wrong value, and AsoenError where the address or the socket cannot be used.
    """
    from asoen_graph.server.handover import inherited
    from asoen_graph.server.options import chosen, settings_of

    ahead: HeadStart | None = getattr(arguments, "prepared", None)
    with ExitStack() as stack:
        # What is imported and made before it serves stays, so looking for what can be thrown away would be in vain.
        gc.disable()
        stack.callback(gc.enable)
        if ahead is not None:
            stack.enter_context(closing(ahead))
        values = chosen(arguments)
        settings = settings_of(values).resolved()
        handed_over = inherited()
        if ahead is not None:
            # What it loads takes as long as what this process imports and verifies.
            ahead.load(settings)
        listening = stack.enter_context(handed_over or listen(values["host"], values["port"]))
        from asoen_graph.server.holdings import holding_of

        holding = holding_of(settings)
        # Once, here: workers start often, and would all find the same.
        verification = _Verification(holding)
        verification.start()
        _serve(settings, ahead, holding, verification, listening, values, is_handed_over=handed_over is not None)
    return 0


class _Verification(threading.Thread):
    """Verifies what is to be served while the rest of the server is imported; hashing lets Python go on."""

    def __init__(self, holding: Holding) -> None:
        super().__init__(name="verify", daemon=True)
        self._holding = holding
        self._failure: Exception | None = None

    def run(self) -> None:
        try:
            self._holding.verify()
        except Exception as error:
            self._failure = error

    def result(self) -> None:
        """Wait for the end of it. Raises what was raised."""
        self.join()
        if self._failure is not None:
            raise self._failure


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


def _serve(
    settings: Settings,
    ahead: HeadStart | None,
    holding: Holding,
    verification: _Verification,
    listening: socket.socket,
    values: Mapping[str, Any],
    *,
    is_handed_over: bool,
) -> None:
    import logging

    from asoen_graph.server.app import create_app
    from asoen_graph.server.connections import connections
    from asoen_graph.server.options import settings_of
    from asoen_graph.server.serving import Server

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    logging.getLogger("asoen.access").disabled = not values["access-log"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        logging.getLogger("asoen").warning("the server runs as root, and a plain user is enough")
    try:
        edge = create_app(settings, lambda: settings_of(values), ahead)
    finally:
        # What is wrong with a file explains what else went wrong, and nothing is answered from it.
        verification.result()
    if ahead is not None:
        ahead.tell(edge.edition)
    server = Server(
        edge,
        listening,
        connections(settings, edge.instants, edge),
        lambda: announce(settings, holding.name, listening),
        seconds=settings.limits.seconds,
        drain=values["drain"],
        proxies=values["forwarded-allow-ips"],
        is_handed_over=is_handed_over,
    )
    gc.freeze()
    gc.enable()
    # Where the application cannot start, the reason is logged and this is how uvicorn ends the process.
    with suppress(SystemExit):
        server.run(sockets=[listening])
    if not server.started:
        raise ReleaseError("The server could not start", "What went wrong stands above this line")


def announce(settings: Settings, served: str, listening: socket.socket) -> None:
    """Say where the server is, and what its pages lack where they were not built."""
    from asoen_graph.server.web import web_files

    if not web_files().is_built:
        sys.stderr.write("The scripts and styles of the pages are not built, so pages are plain HTML. Type: make web\n")
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    sys.stdout.write(f"Serving {served} at http://{shown}:{port}/ with {settings.workers} workers. Ctrl-C ends.\n")
    sys.stdout.flush()
