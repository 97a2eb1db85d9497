"""What the web process and a lane say to each other: messages over a socket that keeps them apart (``SOCK_SEQPACKET``).

Each is a letter and the number of a connection; then comes

===========  ================================================================================================
to a lane
===========  ================================================================================================
``LEND``     the client's address, as text; with it the connection, as a file descriptor
``RETURN``   what the request cost that was asked for: microseconds of a worker, or ``UNKNOWN``; it is lent again
``FORGET``   nothing: it is closed
``RETIRE``   nothing, and no connection: give back everything, and end
``COUNT``    nothing, and no connection: tell what has been counted
``BAR``      and no connection: a pattern (see ``prices``) that is left to workers from now on, as text
===========  ================================================================================================

===========  ================================================================================================
to the web process
===========  ================================================================================================
``ASK``      the number of the request in the black box; how many were answered on it since it was lent, as a 16-bit
             number; and what has been read of it, which is to be answered
``REST``     bytes that are still to be sent to the client
``BACK``     the number of the request in the black box; how many seconds it has been idle, as a 32-bit float; it is
             given back
``CLOSED``   nothing: the client has hung up
``LEFT``     nothing, and no connection: it takes no more, gives back what it has, and ends
``COUNTED``  and no connection: what has been counted since the last time, as JSON
===========  ================================================================================================
"""

from __future__ import annotations

import struct
from typing import Final

HEAD: Final = struct.Struct(">cI")
COST: Final = struct.Struct(">I")
IDLE: Final = struct.Struct(">If")
ANSWERED: Final = struct.Struct(">IH")
MOST_ANSWERED: Final = 0xFFFF

LEND, RETURN, FORGET, RETIRE, COUNT, BAR = b"L", b"R", b"F", b"E", b"N", b"X"
ASK, REST, BACK, CLOSED, COUNTED, LEFT = b"A", b"W", b"B", b"C", b"T", b"E"

UNKNOWN: Final = 0xFFFFFFFF
"""The cost of a request that no worker had a part in."""

LONGEST: Final = 64 * 1024
"""Bytes of a message besides its head; what is longer goes in pieces."""
