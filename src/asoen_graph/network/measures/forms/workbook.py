"""An Excel workbook: sheets for the nodes, the network, what the measures mean, and sources."""

from __future__ import annotations

from asoen_graph.answers import workbook
from asoen_graph.network.measures.computing import Measured
from asoen_graph.network.measures.forms.sheets import (
    about,
    definitions_sheet,
    heading,
    nodes_sheet,
    notes,
    sources_sheet,
    whole_sheet,
)
from asoen_graph.network.measures.words import say


def write(measured: Measured, form: str = "xlsx") -> bytes:
    """The workbook. Raises LimitReached where Excel cannot hold it."""
    network, language = measured.network, measured.network.language
    told = [
        *about(network),
        *((say("notes", language), note) for note in notes(measured)),
        (say("definitions", language), say("conventions", language)),
    ]
    return workbook.write_pages(
        heading(network),
        {
            say("measures of nodes", language): nodes_sheet(measured, with_id=True),
            say("measures of the whole", language): whole_sheet(measured, told),
            say("definitions", language): definitions_sheet(measured),
            say("sources", language): sources_sheet(measured),
        },
    )
