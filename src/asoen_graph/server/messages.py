"""What the web process and a worker say to each other: length-prefixed frames of a JSON head and a body of bytes.

A frame is two unsigned 32-bit numbers in network order (length of head, length of body), the head as a list in UTF-8
JSON, and the body as it is. Nothing is pickled, so neither side can make the other run code.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import orjson

_LENGTHS = struct.Struct(">II")
_AT_ONCE: Final = 1 << 16
"""How many bytes to ask a connection for; nearly every task is shorter."""


class Task(NamedTuple):
    """One piece of work: the name of an operation, its arguments (JSON values), and the seconds it may take."""

    operation: str
    arguments: dict[str, Any]
    seconds: float
    coding: str = ""
    """The content coding the answer is wanted in, where that is worth it."""
    must_code: bool = False
    """It is to be coded even where that is not worth it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer: an HTTP status, headers, and the bytes to send."""

    status: int
    headers: dict[str, str]
    body: bytes = field(repr=False)
    last: bool = False
    """The worker has grown and leaves after this reply, so that the next task starts in a fresh one."""
    spent: float = field(default=0.0, compare=False)
    """The seconds of the processor that it took."""


def pack_task(task: Task) -> bytes:
    """The task as a frame."""
    return _frame([task.operation, task.arguments, task.seconds, task.coding, task.must_code], b"")


def pack_reply(reply: Reply) -> bytes:
    """The reply as a frame."""
    return _frame([reply.status, reply.headers, reply.last, reply.spent], reply.body)


def read_task(receive: Callable[[int], bytes]) -> Task | None:
    """The next task from a blocking connection, or ``None`` where the other side has hung up.

    ``receive`` is the method of a socket. The other side sends a task only after the reply to the last one, so nothing
    follows it.
    """
    received = receive(_AT_ONCE)
    while (missing := _missing(received)) > 0:
        more = receive(max(missing, _AT_ONCE))
        if not more:
            return None
        received += more
    head_length, _ = _LENGTHS.unpack_from(received)
    return Task(*_read(received[_LENGTHS.size : _LENGTHS.size + head_length]))


def _missing(received: bytes) -> int:
    """How many bytes at least are to come before a frame is complete."""
    if len(received) < _LENGTHS.size:
        return _LENGTHS.size - len(received)
    head_length, body_length = _LENGTHS.unpack_from(received)
    total: int = _LENGTHS.size + head_length + body_length
    return total - len(received)


class ReplyReader:
    """Puts replies together from whatever pieces of bytes arrive."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[Reply]:
        """Take in bytes and yield the replies they complete."""
        if not self._buffer and not _missing(data):
            # As it nearly always is: one reply, and all of it.
            yield _reply(data)
            return
        self._buffer += data
        while (end := self._end()) is not None:
            with memoryview(self._buffer) as view:
                frame = bytes(view[:end])
            del self._buffer[:end]
            yield _reply(frame)

    def _end(self) -> int | None:
        if len(self._buffer) < _LENGTHS.size:
            return None
        end = _LENGTHS.size + sum(_LENGTHS.unpack_from(self._buffer))
        return end if len(self._buffer) >= end else None


def _reply(frame: bytes) -> Reply:
    head_length, _ = _LENGTHS.unpack_from(frame)
    start = _LENGTHS.size + head_length
    status, headers, last, spent = _read(frame[_LENGTHS.size : start])
    return Reply(status, headers, frame[start:], last, spent)


def _frame(head: list[Any], body: bytes) -> bytes:
    try:
        text = orjson.dumps(head)
    except TypeError:
        # Half a surrogate pair is a character too; not to orjson.
        text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return _LENGTHS.pack(len(text), len(body)) + text + body


def _read(text: bytes) -> Any:
    try:
        return orjson.loads(text)
    except ValueError:
        return json.loads(text)
