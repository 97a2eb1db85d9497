"""What the page of a network can be asked for, besides the parameters of its query."""

from __future__ import annotations

from typing import Final

CHOICES: Final = ("at", "from", "until", "compare", "project", "weighting", "layout", "component", "top", "by", "size")
"""What its form asks for, in its order; the same as of ``/api/networks``."""
FILTERS: Final = ("kinds", "relations", "least", "find", "colour")
"""What only the explorer does; a page without scripts says so."""
