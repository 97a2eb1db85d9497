"""What a lane is at, in memory that outlives it: so its request is not lost when it dies, whatever it dies of.

A request is received into this memory at once, so there is no moment at which only the lane has it. Before an answer
is sent, how much its connection was sent so far is written down, and the kernel knows how much that was in the end.
"""

from __future__ import annotations

import mmap
import os
import socket
import struct
from dataclasses import dataclass
from typing import Final

ROOM: Final = 32 * 1024
"""Bytes of a request; a longer one is no business of a lane's."""

IDLE, READING, SENDING = 0, 1, 2
"""What a lane may be at; ``READING`` includes the making of the answer."""

_WHOSE: Final = struct.Struct("=II")
_WHOSE_AT: Final = 4
"""The number of the request, and that of its connection."""
_SENDING: Final = struct.Struct("=QQ")
_SENDING_AT: Final = 16
"""How much the connection was sent before the answer, and how long that is."""
_REQUEST_AT: Final = 64
_SIZE: Final = _REQUEST_AT + ROOM
_CLEAR: Final = bytes(ROOM)
"""What is in the place of a request while none is there: none has such a byte."""
_REQUEST_END: Final = b"\r\n\r\n"

# Of `struct tcp_info` in linux/tcp.h, 4.19 and later.
_INFO_BYTES: Final = 216
_NOT_SENT: Final = struct.Struct("=I")
_NOT_SENT_AT: Final = 144
_SENT: Final = struct.Struct("=QQ")
_SENT_AT: Final = 200
"""Bytes sent, and how many of them were sent again."""


@dataclass(frozen=True, slots=True)
class Wreck:
    """What a lane was at when it died."""

    number: int
    """Of the request."""
    connection: int
    request: bytes | None
    """``None`` where not all of it is there."""
    before: int | None
    """How much the connection had been sent when it was about to send the answer; ``None`` where it was not yet."""
    length: int

    def is_answered(self, connection: socket.socket) -> bool | None:
        """Whether the client was sent the answer; ``None`` where it was sent a part of it."""
        if self.before is None:
            return False
        sent = written(connection) - self.before
        return None if 0 < sent < self.length else sent > 0


class BlackBox:
    """The memory that a lane and the web process share; of one request at a time."""

    def __init__(self, descriptor: int) -> None:
        self.memory = mmap.mmap(descriptor, _SIZE)
        self._place = memoryview(self.memory)[_REQUEST_AT:]
        self.number = 0
        """Of the request that is at work, or was the last."""
        self._length = ROOM

    @staticmethod
    def create() -> int:
        """New memory of the kind, as a file descriptor. Raises OSError."""
        descriptor = os.memfd_create("asoen-lane")
        os.truncate(descriptor, _SIZE)
        return descriptor

    def receive(self, connection: socket.socket, whose: int) -> bytes:
        """What there is to read of a connection, which is noted to be at work from now on.

        Raises what ``recv_into`` raises; then, and where nothing came, nothing is at work.
        """
        memory = self.memory
        # So that no part of the last one is ever taken for one of this.
        memory[_REQUEST_AT : _REQUEST_AT + self._length] = _CLEAR[: self._length]
        self.number = (self.number + 1) & 0xFFFFFFFF
        _WHOSE.pack_into(memory, _WHOSE_AT, self.number, whose)
        memory[0] = READING
        try:
            self._length = length = connection.recv_into(self._place)
        except OSError:
            memory[0] = IDLE
            raise
        if not length:
            memory[0] = IDLE
        return memory[_REQUEST_AT : _REQUEST_AT + length]

    def sending(self, before: int, length: int) -> None:
        """Note that an answer is about to be sent."""
        _SENDING.pack_into(self.memory, _SENDING_AT, before, length)
        self.memory[0] = SENDING

    def done(self) -> None:
        """Note that nothing is at work."""
        self.memory[0] = IDLE

    @property
    def at_work(self) -> int | None:
        """The number of the request that is at work; ``None`` where none is."""
        if self.memory[0] == IDLE:
            return None
        number: int = _WHOSE.unpack_from(self.memory, _WHOSE_AT)[0]
        return number

    def wreck(self) -> Wreck | None:
        """What was at work when the lane died."""
        state = self.memory[0]
        if state == IDLE or not self.memory[_REQUEST_AT]:
            return None
        number, connection = _WHOSE.unpack_from(self.memory, _WHOSE_AT)
        end = self.memory.find(_REQUEST_END, _REQUEST_AT)
        request = self.memory[_REQUEST_AT : end + len(_REQUEST_END)] if end >= 0 else None
        before, length = _SENDING.unpack_from(self.memory, _SENDING_AT)
        return Wreck(number, connection, request, before if state == SENDING else None, length)

    def close(self) -> None:
        """Give the memory back."""
        self._place.release()
        self.memory.close()


def written(connection: socket.socket) -> int:
    """How many bytes were written to a TCP connection so far. Raises OSError where it cannot be told."""
    info = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _INFO_BYTES)
    if len(info) < _INFO_BYTES:
        raise OSError("the system does not tell what was sent")
    sent, again = _SENT.unpack_from(info, _SENT_AT)
    waiting = _NOT_SENT.unpack_from(info, _NOT_SENT_AT)[0]
    return int(sent - again + waiting)
