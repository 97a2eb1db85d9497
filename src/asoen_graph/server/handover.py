"""A listening socket that outlives the server: whoever starts it keeps the socket open and hands it over.

This is the protocol of systemd's socket activation (``sd_listen_fds``): the socket is file descriptor 3, ``LISTEN_FDS``
says how many there are, and ``LISTEN_PID`` for which process. While the server is started again, connections wait in
the socket, and no one is refused.
"""

from __future__ import annotations

import os
import socket
from collections.abc import MutableMapping
from typing import Final

from asoen_graph.errors import AsoenError

_FIRST: Final = 3
VARIABLES: Final = ("LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES")
"""Those of the environment that are meant for this process alone."""


def inherited(environment: MutableMapping[str, str] = os.environ) -> socket.socket | None:
    """The socket that was handed over; ``None`` where none was. Raises AsoenError where it is not one to serve at.

    The variables are taken away, for they are not meant for the processes that this one starts.
    """
    count, process, _ = (environment.pop(name, "") for name in VARIABLES)
    if not count or process != str(os.getpid()):
        return None
    if count != "1":
        raise AsoenError(f"LISTEN_FDS is {count}: the server listens at one socket", "Hand over one")
    try:
        found = socket.socket(fileno=_FIRST)
        is_listening = found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
    except OSError as error:
        raise AsoenError(f"File descriptor {_FIRST} is no socket: {error.strerror}", _HINT) from None
    if not is_listening or found.family not in (socket.AF_INET, socket.AF_INET6):
        raise AsoenError(f"File descriptor {_FIRST} is no TCP socket that listens", _HINT)
    found.set_inheritable(False)
    return found


_HINT: Final = "Hand over a listening TCP socket, or unset LISTEN_FDS"
