"""Every form a network can be written in. The module of a form is imported when it is used.

A new form is a module with ``write(network) -> bytes`` and a line here.
"""

from __future__ import annotations

import importlib
from pathlib import PurePath
from typing import Final, NamedTuple

from asoen_graph.errors import NetworkError, UnknownName
from asoen_graph.network.model import Network
from asoen_graph.text import nearest


class Format(NamedTuple):
    """A form: its media type, the extension of its files (without a dot), what it is for, and its module."""

    media_type: str
    extension: str
    purpose: str
    module: str


FORMATS: Final[dict[str, Format]] = {
    "svg": Format("image/svg+xml", "svg", "a picture to print or to show", "svg"),
    "html": Format("text/html; charset=utf-8", "html", "a page to move about in, with tables", "html"),
    "json": Format("application/json", "json", "node-link JSON for networkx, D3 and web pages", "nodelink"),
    "graphml": Format("application/graphml+xml", "graphml", "Gephi, Cytoscape, yEd, igraph, R", "graphml"),
    "gexf": Format("application/gexf+xml", "gexf", "Gephi, with time and colours", "gexf"),
    "csv": Format("text/csv; charset=utf-8", "csv", "a table of the links", "edgelist"),
    "dot": Format("text/vnd.graphviz; charset=utf-8", "dot", "Graphviz", "dot"),
}
"""The forms by name."""


def write(network: Network, format_: str) -> bytes:
    """The network in a form, by its name. Raises UnknownName, and NetworkError where it cannot be drawn."""
    if format_ not in FORMATS:
        raise UnknownName("network format", format_, nearest(format_, FORMATS) or tuple(FORMATS))
    module = importlib.import_module(f"asoen_graph.network.formats.{FORMATS[format_].module}")
    written: bytes = module.write(network)
    return written


def format_of(path: str) -> str:
    """The name of the form that the extension of a path asks for. Raises NetworkError naming those there are."""
    extension = PurePath(path).suffix.removeprefix(".").lower()
    for name, each in FORMATS.items():
        if each.extension == extension:
            return name
    known = ", ".join(f".{each.extension}" for each in FORMATS.values())
    what = f"There is no network format for .{extension}" if extension else f"{path} has no extension"
    raise NetworkError(what, f"Give the file one of {known}, or name the format with --format")
