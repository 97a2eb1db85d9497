"""SVG 1.1: a picture with title, legend, notes and sources, in real text, drawn by nobody else's hand.

The same network gives the same bytes. The file needs no font, style sheet or script from outside. It is one image to a
screen reader: ``<title>`` says what it shows, ``<desc>`` what is in it, link by link.
"""

from __future__ import annotations

from asoen_graph.network.model import Network
from asoen_graph.network.picture.composition import MOST_NODES, compose, description_of, title_of

__all__ = ["MOST_NODES", "write"]


def write(network: Network) -> bytes:
    """The network as SVG in UTF-8. Raises NetworkError where it is too large to be drawn."""
    return compose(network).written(network.name, title_of(network), description_of(network), network.language)
