"""PNG: the picture in dots, as it would be printed on the paper asked for, for programs that take nothing else.

Title, long description, release and sources are texts in the file, and so is the whole network as node-link JSON, with
the facts and sources of every link.
"""

from __future__ import annotations

from typing import Final

from asoen_graph.drawing import png
from asoen_graph.drawing.paper import Printing, Sheet
from asoen_graph.drawing.typesetting import to_png
from asoen_graph.errors import NetworkError
from asoen_graph.messages import tell
from asoen_graph.network.model import Network
from asoen_graph.network.picture.composition import TEXT_SIZE, data_line
from asoen_graph.network.picture.footnotes import footnotes
from asoen_graph.network.picture.printing import data_of, print_of

MOST_DOTS: Final = 60_000_000
"""Drawing takes twelve bytes a dot: more than these need more memory than a server lets one request have."""


def write(network: Network, printing: Printing) -> bytes:
    """The network as PNG. Raises NetworkError where it is too large to be drawn."""
    picture = print_of(network)
    sheet = Sheet.of(printing.paper, (picture.width, picture.height), TEXT_SIZE)
    inches = picture.width * sheet.scale / 72, picture.height * sheet.scale / 72
    _refuse_excess(inches, printing.dpi)
    texts = {
        "Title": picture.title,
        "Description": picture.alternative,
        "Source": "\n".join(filter(None, (data_line(network), *footnotes(network)))),
        "Network": data_of(network),
    }
    return png.told(to_png(picture, sheet, printing.dpi), texts, network.language, printing.dpi)


def _refuse_excess(inches: tuple[float, float], dpi: int) -> None:
    wide, high = (round(length * dpi) for length in inches)
    if wide * high > MOST_DOTS:
        possible = int((MOST_DOTS / (inches[0] * inches[1])) ** 0.5)
        raise NetworkError(
            tell("network.dots", wide=wide, high=high, most_dots=MOST_DOTS),
            tell("network.dots-hint", possible=possible),
        )
