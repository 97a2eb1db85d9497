"""HTML: one file with the picture, the same as tables, and a script to move about in both; it asks for nothing else.

It works from disk, without its script it is a picture with tables, and the same network gives the same bytes.
"""

from __future__ import annotations

from asoen_graph.network.interactive.page import render
from asoen_graph.network.model import Network


def write(network: Network) -> bytes:
    """The network as HTML in UTF-8. Raises NetworkError where it has too many nodes for a picture."""
    return render(network)
