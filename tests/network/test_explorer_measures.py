"""The explorer of the pages explains measures as the server does: its file of definitions is made of theirs."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from asoen_graph.network.measures.definition import Measure
from asoen_graph.network.measures.of_networks import OF_NETWORKS
from asoen_graph.network.measures.of_nodes import OF_NODES

FILE = Path(__file__).parents[2] / "web" / "src" / "network" / "measures.json"


def told(measure: Measure) -> dict[str, Any]:
    return {
        "key": measure.key,
        "labels": dict(measure.labels),
        "definitions": dict(measure.definitions),
        "references": [str(each) for each in measure.references],
        "needsDirection": measure.needs_direction,
        "isGroup": measure.is_group,
    }


def test_the_explorer_defines_measures_as_the_server_does() -> None:
    """``GOLDEN=write`` writes the file anew."""
    content = {
        "nodes": [told(each) for each in OF_NODES.values()],
        "networks": [told(each) for each in OF_NETWORKS.values()],
    }
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    if os.environ.get("GOLDEN") == "write":
        FILE.write_text(text, encoding="utf-8")
    assert json.loads(FILE.read_text(encoding="utf-8")) == content
