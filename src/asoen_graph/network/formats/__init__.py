"""Every form a network can be written in. The module of a form is imported when it is used.

A new form is a line here and a module with one of these functions:

``pieces(network) -> Iterator[str]``      a text, piece by piece, so that a large network is never in memory twice;
``write_to(network, file)``               bytes that a library writes to a file of its own;
``write(network) -> bytes``               bytes in one piece: pictures, which are small or are refused;
``write(network, printing) -> bytes``     the same, if it is printed.
"""

from __future__ import annotations

import importlib
import io
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import BinaryIO, Final, NamedTuple

from asoen_graph.drawing.paper import Printing
from asoen_graph.errors import NetworkError, UnknownName
from asoen_graph.network.model import Network
from asoen_graph.text import nearest

USUAL_PRINTING: Final = Printing()
_BATCH: Final = 1 << 16
"""About how many characters are written at once."""


class Format(NamedTuple):
    """A form: its media type, the extension of its files (without a dot), what it is for, and its module.

    The module of a form that is ``printed`` takes how it is to be printed besides the network.
    """

    media_type: str
    extension: str
    purpose: str
    module: str
    printed: bool = False


# Node-link is the JSON of the API; the other two have no registered type, and a client must tell them from it.
FORMATS: Final[dict[str, Format]] = {
    "svg": Format("image/svg+xml", "svg", "a picture to print or to show", "svg"),
    "pdf": Format(
        "application/pdf", "pdf", "a report: the picture on paper, its sources on the next sheet", "pdf", True
    ),
    "png": Format("image/png", "png", "a picture for a slide, with a resolution", "png", True),
    "html": Format("text/html; charset=utf-8", "html", "a page to move about in, with tables", "html"),
    "json": Format("application/json", "json", "node-link JSON for networkx, D3 and web pages", "nodelink"),
    "graphml": Format("application/graphml+xml", "graphml", "Gephi, Cytoscape, yEd, igraph, R", "graphml"),
    "gexf": Format("application/gexf+xml", "gexf", "Gephi, with time, colours and positions", "gexf"),
    "csv": Format("text/csv; charset=utf-8", "csv", "a table of the links", "edgelist"),
    "nodes": Format("text/csv; charset=utf-8", "nodes.csv", "a table of the nodes", "nodelist"),
    "xlsx": Format(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
        "Excel: nodes, links and sources",
        "workbook",
    ),
    "dot": Format("text/vnd.graphviz; charset=utf-8", "dot", "Graphviz", "dot"),
    "pajek": Format("text/x-pajek; charset=utf-8", "net", "Pajek, without facts and sources", "pajek"),
    "cyjs": Format("application/x.cyjs+json", "cyjs", "Cytoscape and Cytoscape.js", "cytoscape"),
    "graphology": Format("application/x.graphology+json", "graphology.json", "graphology and sigma.js", "graphology"),
    "mermaid": Format("application/vnd.mermaid", "mmd", "Mermaid, for small networks in Markdown", "mermaid"),
    "ttl": Format("text/turtle; charset=utf-8", "ttl", "RDF in Turtle, with facts and documents", "turtle"),
}
"""The forms by name."""


def write(network: Network, format_: str, printing: Printing = USUAL_PRINTING) -> bytes:
    """The network in a form, by its name. Raises as ``write_to`` does."""
    file = io.BytesIO()
    write_to(network, format_, file, printing)
    return file.getvalue()


def write_to(network: Network, format_: str, file: BinaryIO, printing: Printing = USUAL_PRINTING) -> None:
    """Write the network to a file in a form, by its name, piece by piece where the form is a text.

    Raises UnknownName, and NetworkError where the form cannot hold the network.
    """
    if format_ not in FORMATS:
        raise UnknownName("network format", format_, nearest(format_, FORMATS) or tuple(FORMATS))
    form = FORMATS[format_]
    module = importlib.import_module(f"asoen_graph.network.formats.{form.module}")
    if hasattr(module, "write_to"):
        module.write_to(network, file)
    elif hasattr(module, "pieces"):
        for batch in _batches(module.pieces(network)):
            file.write(_encoded(batch))
    else:
        file.write(module.write(network, printing) if form.printed else module.write(network))


def format_of(path: str) -> str:
    """The name of the form that the extension of a path asks for, the longest that fits: ``a.nodes.csv``, ``a.csv``.

    Raises NetworkError naming those there are.
    """
    name = PurePath(path).name.lower()
    # Not ``.svg`` alone, which is a hidden file without an extension.
    fitting = [key for key, each in FORMATS.items() if name.removesuffix(f".{each.extension}") not in ("", name)]
    if fitting:
        return max(fitting, key=lambda key: len(FORMATS[key].extension))
    extension = PurePath(path).suffix.removeprefix(".").lower()
    known = [each.extension for each in FORMATS.values()]
    listed = ", ".join(f".{each}" for each in known)
    meant = "".join(f"Perhaps .{each} is meant. " for each in nearest(extension, known)[:1])
    what = f"There is no network format for .{extension}" if extension else f"{path} has no extension"
    raise NetworkError(what, f"{meant}Give the file one of {listed}, or name the format with --format")


def _batches(pieces: Iterable[str]) -> Iterator[str]:
    held: list[str] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= _BATCH:
            yield "".join(held)
            held, size = [], 0
    yield "".join(held)


def _encoded(text: str) -> bytes:
    """The text in UTF-8; half a surrogate pair, which UTF-8 cannot hold, becomes U+FFFD."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()
