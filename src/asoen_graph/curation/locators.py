"""Locators: where in a document something stands, such as ``page 4, table 2, row 7``."""

from __future__ import annotations

from collections.abc import Collection

from asoen_graph.curation.literals import Flaw, clean_text
from asoen_graph.text import nearest


def read_locator(text: str, units: Collection[str]) -> str:
    """The locator in its one written form: units with their number or label, joined by a comma and a space.

    ``units`` are the keys of the controlled values of ``asoen:LocatorUnit``. Raises Flaw where a part names no unit.
    """
    parts = [" ".join(part.split()) for part in clean_text(text).split(",")]
    for part in parts:
        unit = part.partition(" ")[0]
        if unit not in units:
            near = nearest(unit, units, 1) if unit else []
            raise Flaw(
                "bad-locator",
                f"{unit!r} is no unit of a locator" if unit else "A part of this locator is empty",
                f"Did you mean {near[0]!r}?" if near else "Write one such as `paragraph 3` or `page 4, table 2, row 7`",
            )
    return ", ".join(parts)
