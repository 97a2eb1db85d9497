"""Starting a zygote, before anything else: it takes longest to get ready, and needs little to begin.

It can be started before the settings are known, for importing what it needs takes a while too. It is told them *later*,
and later still the edition, once the files are verified; until then it says nothing of what it cannot load, for the web
process knows better what is wrong with a file.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from asoen_graph.server import allocator
from asoen_graph.server.control import EDITION_BYTES, LATER, LENGTH
from asoen_graph.server.handover import VARIABLES as HANDED_OVER

if TYPE_CHECKING:
    from asoen_graph.server.settings import Settings

# The module is only named here: importing it would load the engine into the web process.
_MODULE = "asoen_graph.server.zygote"


class HeadStart:
    """A zygote that is started before the web process is ready for it, so that both get ready at the same time."""

    def __init__(self, settings: Settings | None = None) -> None:
        """Without settings it imports what it needs, and waits for ``load`` and ``tell``."""
        self._settings = settings
        self.control, theirs = socket.socketpair()
        with theirs:
            try:
                self.process = start([str(theirs.fileno())], settings, theirs)
            except OSError:
                self.control.close()
                raise
        self.control.setblocking(settings is None)

    @property
    def settings(self) -> Settings:
        """Those it was given."""
        assert self._settings is not None
        return self._settings

    def load(self, settings: Settings) -> None:
        """Have it load what these settings say, of which the edition may be told later."""
        self._settings = settings
        told = json.dumps(_packed(settings)).encode()
        self._send(LENGTH.pack(len(told)) + told)

    def is_for(self, settings: Settings) -> bool:
        """Whether its workers answer as such with these settings would; an edition that is not told yet fits."""
        mine, wanted = _packed(self.settings), _packed(settings)
        return mine == wanted or mine == {**wanted, "edition": None}

    def tell(self, edition: str) -> None:
        """Tell the edition, once the files are known to be what they should be."""
        from dataclasses import replace

        self._settings = replace(self.settings, edition=edition)
        told = edition.encode()
        assert len(told) == EDITION_BYTES
        self._send(told)
        self.control.setblocking(False)

    def _send(self, told: bytes) -> None:
        # One that has ended meanwhile is noticed by whoever takes it over.
        with suppress(BrokenPipeError, ConnectionResetError):
            self.control.sendall(told)

    def close(self) -> None:
        """Hang up, which ends the zygote; whoever took it over has done so already."""
        self.control.close()


def start(words: list[str], settings: Settings | None, connection: socket.socket) -> subprocess.Popen[bytes]:
    """Start the module of the zygote; without settings it is told them later."""
    environment = {name: value for name, value in os.environ.items() if name not in HANDED_OVER}
    told = LATER if settings is None else json.dumps(_packed(settings))
    # A session of its own keeps Ctrl-C away from it: the web process decides when it ends.
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module, words of our own making
        [sys.executable, "-m", _MODULE, *words, told],
        pass_fds=[connection.fileno()],
        stdin=subprocess.DEVNULL,
        # An engine that runs out of memory has none for the long trace it would print.
        env=allocator.environment(environment) | {"RUST_BACKTRACE": "0"},
        start_new_session=True,
    )


def _packed(settings: Settings) -> dict[str, Any]:
    # Who only begins has no settings yet, and is in a hurry.
    from asoen_graph.server.settings import packed

    return packed(settings)
