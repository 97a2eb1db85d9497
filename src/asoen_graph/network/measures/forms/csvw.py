"""What the columns of the CSV mean: metadata of CSV on the Web (https://www.w3.org/TR/tabular-metadata/).

Comments in a CSV file break its readers, so this is a file of its own, whose name (the one of the CSV with
``-metadata.json`` after it) is the one that such readers look for.
"""

from __future__ import annotations

import json
from typing import Any, Final

from asoen_graph.network.measures.computing import Measured
from asoen_graph.network.measures.definition import Measure
from asoen_graph.network.measures.forms.delimited import NAMES
from asoen_graph.network.measures.forms.sheets import about, heading, notes
from asoen_graph.network.measures.of_networks import OF_NETWORKS
from asoen_graph.network.measures.words import say

_LANGUAGES: Final = ("en", "vi")


def write(measured: Measured, form: str = "csvw", name: str = "measures.csv") -> bytes:
    """The metadata, in UTF-8, of a CSV file of that name beside it."""
    network = measured.network
    document = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": network.language}],
        "url": name,
        "dc:title": heading(network),
        "dc:description": " ".join(
            (*(_sentence(f"{what}: {text}") for what, text in about(network)), *notes(measured))
        ),
        "dc:source": list(measured.sources),
        "rdfs:comment": say("conventions", network.language),
        "notes": [
            {
                "type": "measure of the network",
                "name": key,
                "value": value,
                "label": OF_NETWORKS[key].label(network.language),
                "definition": OF_NETWORKS[key].explained(network.language),
            }
            for key, value in measured.whole.items()
            if value is not None
        ],
        "tableSchema": {
            "columns": [*(_name(each) for each in NAMES), *(_column(each, measured) for each in measured.measures)],
            "primaryKey": "id",
        },
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _name(name: str) -> dict[str, Any]:
    is_address = name == "iri"
    return {"name": name, "titles": [name], "datatype": "anyURI" if is_address else "string", "required": True}


def _column(measure: Measure, measured: Measured) -> dict[str, Any]:
    values = measured.nodes[measure.key].values()
    return {
        "name": measure.key,
        "titles": [measure.key],
        "datatype": "integer" if values and all(isinstance(value, int) for value in values) else "double",
        "rdfs:label": [{"@value": measure.label(each), "@language": each} for each in _LANGUAGES],
        "dc:description": [{"@value": measure.definition(each), "@language": each} for each in _LANGUAGES],
        "dc:references": [str(each) for each in measure.references],
    }


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
