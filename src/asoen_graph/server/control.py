"""The few words the web process and the zygote exchange: messages of a fixed size over a socket.

==========  ========  ====================================================================
command     serial    with it
==========  ========  ====================================================================
``FORK``    number    the worker's end of a socket pair, as a file descriptor
``LANE``    number    a lane's end of a socket pair, and the memory it shares, as file descriptors
``KILL``    number
``YIELD``   number    let every other process have the processor first
==========  ========  ====================================================================

==========  ========  ====================================================================
event       serial    value
==========  ========  ====================================================================
``READY``   0         the zygote's process id: the release is loaded
``STARTED`` number    the worker's process id
``GONE``    number    the worker's exit code, or the signal that ended it as a negative number
``RIPE``    0         0: all that can be made ahead of requests is made, and workers forked from now on have it
==========  ========  ====================================================================
"""

from __future__ import annotations

import struct

COMMAND = struct.Struct(">cQ")
EVENT = struct.Struct(">cQq")

FORK, LANE, KILL, YIELD = b"F", b"L", b"K", b"Y"
LOWEST_PRIORITY = 19
"""The niceness of a worker that is told to yield."""

RELEASE_CHANGED = 75
"""The exit code of a zygote or worker that finds another release than the one the server started with."""

READY, STARTED, GONE, RIPE = b"R", b"S", b"G", b"A"

LATER = "later"
"""The word in the place of the settings that has a zygote wait for them: their length, they themselves, the edition."""
LENGTH = struct.Struct(">I")
EDITION_BYTES = 64
