"""Writing XML: every text comes back from a parser as it went in.

Elements are written at once, in the order given, without a tree; attributes keep the order of the mapping.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'

# What XML 1.0 cannot hold, not even escaped (production 2, Char).
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Nearly every text has nothing to escape; one look is cheaper than two replacements.
_SPECIAL = re.compile("[^ !#-%'-;=?-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
# A parser turns a raw line break or tab in an attribute into a space, a carriage return in a text into a line break.
_ATTRIBUTE = _TEXT | str.maketrans({'"': "&quot;", "\t": "&#9;", "\n": "&#10;"})


def text(content: str) -> str:
    """A text between tags; characters that XML forbids become U+FFFD."""
    return _FORBIDDEN.sub("\ufffd", content).translate(_TEXT) if _SPECIAL.search(content) else content


def attribute(content: str) -> str:
    """A text between double quotes; characters that XML forbids become U+FFFD."""
    return _FORBIDDEN.sub("\ufffd", content).translate(_ATTRIBUTE) if _SPECIAL.search(content) else content


def identifier(name: str) -> str:
    """A name as an ``id`` that attributes can refer to: characters other than letters and digits become hyphens."""
    return re.sub(r"[^A-Za-z0-9_-]", "-", name)


def tag(name: str, attributes: Mapping[str, str | None], *, closed: bool = False) -> str:
    """A start tag, or an empty element; attributes that are ``None`` are left out."""
    written = "".join(f' {key}="{attribute(value)}"' for key, value in attributes.items() if value is not None)
    return f"<{name}{written}{'/' if closed else ''}>"


def element(name: str, attributes: Mapping[str, str | None], content: str = "") -> str:
    """An element with a text, or an empty one."""
    if not content:
        return tag(name, attributes, closed=True)
    return f"{tag(name, attributes)}{text(content)}</{name}>"


def block(name: str, attributes: Mapping[str, str | None], lines: Iterable[str]) -> list[str]:
    """An element with lines of markup inside, each indented by one space more."""
    return [tag(name, attributes), *(f" {line}" for line in lines), f"</{name}>"]
