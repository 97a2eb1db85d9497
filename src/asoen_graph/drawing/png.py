"""What a PNG file says of itself, in chunks of text and of size (ISO/IEC 15948, 11.3.3.4 and 11.3.4.3)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from typing import Final

_HEADER: Final = 33
"""The length of the signature and of the header, which comes first."""
_INCHES_PER_METRE: Final = 1 / 0.0254


def told(png: bytes, texts: Mapping[str, str], language: str, dpi: int) -> bytes:
    """The file with its resolution and with these texts in UTF-8, by keyword; empty ones are left out."""
    dots = round(dpi * _INCHES_PER_METRE)
    chunks = [_chunk(b"pHYs", struct.pack(">IIB", dots, dots, 1))]
    for keyword, text in texts.items():
        if text:
            head = keyword.encode("latin-1") + b"\0\1\0" + language.encode("ascii") + b"\0\0"
            chunks.append(_chunk(b"iTXt", head + zlib.compress(text.encode(), 9)))
    return png[:_HEADER] + b"".join(chunks) + png[_HEADER:]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
