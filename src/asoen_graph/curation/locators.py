"""Locators: where in a document something stands, such as ``page 4, table 2, row 7``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from asoen_graph.curation.literals import Flaw, clean_text
from asoen_graph.text import nearest
from asoen_graph.vocabulary import Concept

LABEL_PATTERN: Final = r"[^\s,;]+"

_LABEL = re.compile(LABEL_PATTERN)
_EXAMPLE: Final = "Write one such as `paragraph 3` or `page 4, table 2, row 7`"


def read_locator(text: str, units: Mapping[str, Concept]) -> str:
    """The locator in its one written form: units with their number or label, joined by a comma and a space.

    ``units`` are the controlled values of ``asoen:LocatorUnit`` by key. Raises Flaw where a part names no unit, or has
    not the one number or label that its unit takes, or has one where its unit takes none.
    """
    if ";" in text:
        raise Flaw("bad-locator", "A semicolon stands in this locator", "Join its parts with commas: page 4, table 2")
    parts = [" ".join(part.split()) for part in clean_text(text).split(",")]
    for part in parts:
        _check_part(part, units)
    return ", ".join(parts)


def _check_part(part: str, units: Mapping[str, Concept]) -> None:
    unit, _, label = part.partition(" ")
    known = units.get(unit)
    if known is None:
        near = nearest(unit, units, 1) if unit else []
        raise Flaw(
            "bad-locator",
            f"{unit!r} is no unit of a locator" if unit else "A part of this locator is empty",
            f"Did you mean {near[0]!r}?" if near else _EXAMPLE,
        )
    if not known.numbered:
        if label:
            raise Flaw("bad-locator", f"{unit!r} takes no number or label", f"Write {unit!r} alone")
    elif not label:
        raise Flaw("bad-locator", f"{unit!r} needs its number or label", _EXAMPLE)
    elif _LABEL.fullmatch(label) is None:
        hint = "Join several parts with commas: page 4, table 2"
        raise Flaw("bad-locator", f"{unit!r} takes one number or label, and {label!r} is more", hint)
