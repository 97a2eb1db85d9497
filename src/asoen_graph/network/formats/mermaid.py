"""A flowchart of Mermaid (https://mermaid.js.org), for Markdown on GitHub, GitLab and in notebooks.

Mermaid draws no more than 500 links and 50,000 characters, and a diagram must not raise that, so larger networks are
refused. Facts and sources stand in comments beside their links. Letters and digits of any script are written as they
are, everything else as Mermaid's entity codes (``#38;``), so that no label is read as syntax or as Markdown.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

from asoen_graph.errors import NetworkError
from asoen_graph.messages import tell
from asoen_graph.network.attributes import cited
from asoen_graph.network.model import Edge, Network
from asoen_graph.network.picture.palette import kind_styles
from asoen_graph.network.words import say, spoken_counts, spoken_number, spoken_period

MOST_EDGES: Final = 500
MOST_CHARACTERS: Final = 50_000
"""What Mermaid's settings ``maxEdges`` and ``maxTextSize`` allow unless the page says otherwise."""

_REDUCE: Final = tell("network.mermaid-hint")
_ENDS = str.maketrans("{};", "(),")
_PAIR = re.compile("%(?=%)")
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")


def pieces(network: Network) -> Iterator[str]:
    """The network as a flowchart. Raises NetworkError where it is larger than Mermaid draws."""
    lines = _drawable(network)
    yield from (f"{line}\n" for line in (*_head(network), *lines))


def refuse(network: Network) -> None:
    """Raise NetworkError where the network is larger than Mermaid draws."""
    _drawable(network)


def _drawable(network: Network) -> list[str]:
    if len(network.edges) > MOST_EDGES:
        raise NetworkError(tell("network.mermaid-links", most_edges=MOST_EDGES, edges=len(network.edges)), _REDUCE)
    lines = list(_lines(network))
    size = sum(len(line) + 1 for line in lines if not line.startswith("%%"))
    if size > MOST_CHARACTERS:
        raise NetworkError(tell("network.mermaid-long", most_characters=MOST_CHARACTERS, size=size), _REDUCE)
    return lines


def _head(network: Network) -> list[str]:
    """The title, as front matter: a JSON text is a text of YAML too."""
    # Escaped beyond ASCII: YAML takes fewer characters raw than JSON does.
    return ["---", f"title: {json.dumps(_clean(network.title))}", "---"] if network.title else []


def _lines(network: Network) -> Iterator[str]:
    yield "flowchart LR"
    if title := _spoken(network.title):
        yield f"accTitle: {title}"
    yield f"accDescr: {_spoken(_description(network))}"
    names = {node.iri: f"n{number}" for number, node in enumerate(network.nodes)}
    styles = kind_styles(network)
    classes = {kind: f"k{number}" for number, kind in enumerate(styles)}
    for kind, name in classes.items():
        yield f"%% {name}: {_plain(kind.label)}"
        yield f"classDef {name} fill:#ffffff,stroke:{styles[kind].colour},stroke-width:3px,color:#000000"
    for node in network.nodes:
        label = _label(node.label) or _label(node.id)
        yield f'{names[node.iri]}["{label}"]:::{classes[node.kind]}'
    for edge in network.edges:
        yield from _link(network, edge, names)


def _description(network: Network) -> str:
    """What a screen reader says of the diagram; what the numbers on its links count stands nowhere else."""
    language = network.language
    parts = (
        network.description,
        f"{spoken_period(network.period, language)}." if network.period else "",
        f"{spoken_counts(len(network.nodes), len(network.edges), language)}.",
        f"{say('weight', language)}: {network.weight_label}." if network.weight_label else "",
        *network.notes,
        say("data", language, release=network.release) if network.release else "",
    )
    return " ".join(filter(None, parts))


def _link(network: Network, edge: Edge, names: Mapping[str, str]) -> Iterator[str]:
    weight = f"({spoken_number(edge.weight, network.language)})" if edge.weight != 1 else ""
    label = _label(" ".join(filter(None, (edge.relation.label if edge.relation else "", weight))))
    arrow = "-->" if network.directed else "---"
    said = f'|"{label}"|' if label else ""
    yield f"{names[edge.source]} {arrow}{said} {names[edge.target]}"
    for text in (*edge.facts, *cited(edge, network.language)):
        yield f"%% {_plain(text)}"


def _label(text: str) -> str:
    """A text between quotation marks; line breaks stay, as Mermaid writes them."""
    return "<br/>".join(_encoded(line) for line in _BREAK.split(text)) if text.strip() else ""


def _spoken(text: str) -> str:
    """A title or description for screen readers, in one line; a semicolon or a brace would end it."""
    return _plain(text).translate(_ENDS)


def _plain(text: str) -> str:
    """A text on one line of a comment; the sign of a directive must not stand in it."""
    return " ".join(_PAIR.sub("% ", _clean(text)).split())


def _encoded(text: str) -> str:
    return "".join(character if _is_plain(character) else f"#{ord(character)};" for character in _clean(text))


def _is_plain(character: str) -> bool:
    return character in " ,'()/" or unicodedata.category(character)[0] in "LMN"


def _clean(text: str) -> str:
    """Control characters and halves of surrogate pairs, which no page can show, become U+FFFD."""
    return "".join(
        "\ufffd" if character not in "\t\n\r" and unicodedata.category(character) in ("Cc", "Cs") else character
        for character in text
    )
