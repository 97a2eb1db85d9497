"""PDF: the picture on one sheet, its sources as links on the next, and the whole network attached.

PDF/UA-1 (ISO 14289-1): title, language, a text in place of the picture; every text is real text in the fonts of the
package. The attached node-link JSON has the facts and sources of every link.
"""

from __future__ import annotations

from asoen_graph.drawing.paper import Printing
from asoen_graph.drawing.typesetting import to_pdf
from asoen_graph.network.model import Network
from asoen_graph.network.picture.composition import TEXT_SIZE
from asoen_graph.network.picture.printing import print_of


def write(network: Network, printing: Printing) -> bytes:
    """The network as PDF on the paper asked for. Raises NetworkError where it is too large to be drawn."""
    return to_pdf(print_of(network), printing.paper, TEXT_SIZE)
