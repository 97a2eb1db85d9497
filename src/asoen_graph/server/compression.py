"""Writing an answer in a content coding: the work of a worker, for the web process has others to serve meanwhile.

The same bytes give the same coded bytes, as their strong validator promises; ``makers`` names what else decides them.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from importlib.metadata import version
from types import MappingProxyType
from typing import Final

from asoen_graph.server.encodings import IDENTITY
from asoen_graph.server.messages import Reply

SMALLEST: Final = 1024
"""Shorter answers fit into one packet as they are."""

# Levels at which a worker writes 200 megabytes a second or more of results in JSON; higher ones gain little.
_ZSTD_LEVEL: Final = 3
_BROTLI_QUALITY: Final = 4
_GZIP_LEVEL: Final = 5
_GZIP_WRAPPER: Final = 31

_COMPACT: Final = (
    "application/vnd.openxmlformats",
    "application/vnd.apache.parquet",
    "application/zip",
    "application/pdf",
    "image/png",
    "image/jpeg",
    "image/webp",
)
"""How media types begin whose content is compressed already."""


def coded(reply: Reply, coding: str, *, must: bool) -> Reply:
    """The reply in a coding, or as it is where that is no gain and it need not be coded."""
    if coding == IDENTITY or reply.status != 200 or "Content-Encoding" in reply.headers:
        return reply
    worth = len(reply.body) >= SMALLEST and not reply.headers.get("Content-Type", "").startswith(_COMPACT)
    if not (worth or must):
        return reply
    body = _WRITERS[coding](reply.body)
    if len(body) >= len(reply.body) and not must:
        return reply
    return Reply(reply.status, {**reply.headers, "Content-Encoding": coding}, body, reply.last)


def makers() -> bytes:
    """The versions of what writes codings, as part of what decides the bytes of an answer."""
    return f"zstandard {version('zstandard')}, brotli {version('brotli')}, zlib {zlib.ZLIB_RUNTIME_VERSION}".encode()


def _gzip(content: bytes) -> bytes:
    # Without a file name and a time in it, unlike gzip files.
    return zlib.compress(content, _GZIP_LEVEL, _GZIP_WRAPPER)


def _brotli(content: bytes) -> bytes:
    import brotli  # the web process needs only the names of codings

    written: bytes = brotli.compress(content, quality=_BROTLI_QUALITY)
    return written


def _zstd(content: bytes) -> bytes:
    import zstandard

    return zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compress(content)


_WRITERS: Final[Mapping[str, Callable[[bytes], bytes]]] = MappingProxyType(
    {"gzip": _gzip, "br": _brotli, "zstd": _zstd}
)
