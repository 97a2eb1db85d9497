"""What the web process and a worker say to each other: length-prefixed frames of a JSON head and a body of bytes.

A frame is two unsigned 32-bit numbers in network order (length of head, length of body), the head as UTF-8 JSON,
and the body as it is. Nothing is pickled, so neither side can make the other run code.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

_LENGTHS = struct.Struct(">II")


@dataclass(frozen=True, slots=True)
class Task:
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


def pack_task(task: Task) -> bytes:
    """The task as a frame."""
    head = {name: getattr(task, name) for name in ("operation", "arguments", "seconds", "coding", "must_code")}
    return _frame(head, b"")


def pack_reply(reply: Reply) -> bytes:
    """The reply as a frame."""
    return _frame({"status": reply.status, "headers": reply.headers, "last": reply.last}, reply.body)


def read_task(stream: BinaryIO) -> Task | None:
    """The next task from a blocking stream, or ``None`` where the other side has hung up."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    head_length, body_length = _LENGTHS.unpack(lengths)
    content = stream.read(head_length + body_length)
    if len(content) < head_length + body_length:
        return None
    return Task(**json.loads(content[:head_length]))


class ReplyReader:
    """Puts replies together from whatever pieces of bytes arrive."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[Reply]:
        """Take in bytes and yield the replies they complete."""
        self._buffer += data
        while (end := self._end()) is not None:
            head_length, _ = _LENGTHS.unpack_from(self._buffer)
            start = _LENGTHS.size + head_length
            head = json.loads(self._buffer[_LENGTHS.size : start])
            with memoryview(self._buffer) as view:
                body = bytes(view[start:end])
            del self._buffer[:end]
            yield Reply(body=body, **head)

    def _end(self) -> int | None:
        if len(self._buffer) < _LENGTHS.size:
            return None
        end = _LENGTHS.size + sum(_LENGTHS.unpack_from(self._buffer))
        return end if len(self._buffer) >= end else None


def _frame(head: dict[str, Any], body: bytes) -> bytes:
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return _LENGTHS.pack(len(text), len(body)) + text + body
