"""JSON: the nodes, the network and what the measures mean in one document."""

from __future__ import annotations

import json
from typing import Any

from asoen_graph.network.attributes import network_attributes
from asoen_graph.network.measures.computing import Measured
from asoen_graph.network.measures.definition import Measure
from asoen_graph.network.measures.forms.delimited import records
from asoen_graph.network.measures.forms.sheets import notes
from asoen_graph.network.measures.of_networks import OF_NETWORKS
from asoen_graph.network.measures.words import say


def write(measured: Measured, form: str = "json") -> bytes:
    """The document in UTF-8; a measure that a node does not have is left out, one of the network is ``null``."""
    network = measured.network
    document = {
        "graph": {**network_attributes(network), "directed": network.directed, "notes": notes(measured)},
        "nodes": list(records(measured)),
        "whole": dict(measured.whole),
        "measures": [
            *(_described(each, "node", network.language) for each in measured.measures),
            *(_described(OF_NETWORKS[key], "network", network.language) for key in measured.whole),
        ],
        "conventions": say("conventions", network.language),
        "sources": measured.sources,
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _described(measure: Measure, scope: str, language: str) -> dict[str, Any]:
    return {
        "key": measure.key,
        "label": measure.label(language),
        "definition": measure.definition(language),
        "of": scope,
        "counts_direction": measure.counts_direction,
        "counts_weights": measure.counts_weights,
        "references": [{"text": each.text, "doi": each.doi} for each in measure.references],
    }
