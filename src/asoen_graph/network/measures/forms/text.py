"""Text for a terminal: the tables, then what the measures mean."""

from __future__ import annotations

from asoen_graph.answers import table
from asoen_graph.answers.width import wrap
from asoen_graph.network.measures.computing import Measured
from asoen_graph.network.measures.forms.sheets import about, heading, nodes_sheet, notes, whole_sheet
from asoen_graph.network.measures.of_networks import OF_NETWORKS
from asoen_graph.network.measures.words import say

_WIDTH = 100


def write(measured: Measured, form: str = "table") -> bytes:
    """The text in UTF-8; tables are as wide as they are, sentences are broken into lines."""
    language = measured.network.language
    lines = wrap(heading(measured.network), _WIDTH)
    for name, text in about(measured.network):
        lines += wrap(f"{name}: {text}", _WIDTH)
    lines += ["", table.write(nodes_sheet(measured)).decode(), table.write(whole_sheet(measured)).decode()]
    measures = (*measured.measures, *(OF_NETWORKS[key] for key in measured.whole))
    sentences = [f"{each.label(language)} ({each.key}): {each.explained(language)}" for each in measures]
    sources = [f"{say('sources', language)}:", *measured.sources] if measured.sources else []
    for sentence in (say("conventions", language), *sentences, *notes(measured), *sources):
        first, *rest = wrap(sentence, _WIDTH)
        lines += [first, *(f"  {line}" for line in rest)]
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")
