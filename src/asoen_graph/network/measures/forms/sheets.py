"""Measures as the sheets that the forms for people are written from, and the words around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from asoen_graph.answers.sheet import Cell, Column, Sheet
from asoen_graph.iris import XSD
from asoen_graph.network.measures.computing import Measured, Number
from asoen_graph.network.measures.of_networks import OF_NETWORKS
from asoen_graph.network.measures.words import say
from asoen_graph.network.model import Network
from asoen_graph.network.words import spoken_period

_NOTHING = Cell(None, "")


def heading(network: Network) -> str:
    """What stands above everything."""
    return f"{network.title or say('untitled', network.language)} – {say('measures', network.language)}"


def about(network: Network) -> list[tuple[str, str]]:
    """What is told of the network, each with a word for what it is, as far as given."""
    language = network.language
    given = (
        ("description", network.description),
        ("weights", network.weight_label),
        ("period", spoken_period(network.period, language) if network.period else ""),
        ("release", network.release),
    )
    return [(say(name, language), text) for name, text in given if text]


def notes(measured: Measured) -> list[str]:
    """What is to be noted of the network and of its measures."""
    return [*measured.network.notes, *measured.notes]


def nodes_sheet(measured: Measured, *, with_id: bool = False) -> Sheet:
    """A row for each node: the node, its kind, its measures; first its id, where that is wanted."""
    language = measured.network.language
    rows = [
        (
            *([_text(node.id)] if with_id else []),
            Cell(NamedNode(node.iri), node.label),
            _text(node.kind.label),
            *(_number(measured.nodes[each.key].get(node.iri)) for each in measured.measures),
        )
        for node in measured.network.nodes
    ]
    columns = [("id", "id")] if with_id else []
    columns += [(name, say(name, language)) for name in ("node", "kind")]
    columns += [(each.key, each.label(language)) for each in measured.measures]
    return _sheet(measured, columns, rows)


def whole_sheet(measured: Measured, told: Iterable[tuple[str, str]] = ()) -> Sheet:
    """A row for each measure of the network, after rows with what else is told of it."""
    language = measured.network.language
    rows: list[tuple[Cell, ...]] = [(_text(name), _text(text)) for name, text in told]
    for key, value in measured.whole.items():
        label = _text(OF_NETWORKS[key].label(language))
        rows.append((label, _text(say("undefined", language)) if value is None else _number(value)))
    return _sheet(measured, [(name, say(name, language)) for name in ("measure", "value")], rows)


def definitions_sheet(measured: Measured) -> Sheet:
    """A row for each measure: key, label, definition, of what it is a measure, what counts in it, references."""
    language = measured.network.language
    scopes = [*((each, "of a node") for each in measured.measures)]
    scopes += [(OF_NETWORKS[key], "of the network") for key in measured.whole]
    rows: list[tuple[Cell, ...]] = [
        (
            _text(each.key),
            _text(each.label(language)),
            _text(each.definition(language)),
            _text(say(scope, language)),
            _text(say("yes" if each.counts_direction else "no", language)),
            _text(say("yes" if each.counts_weights else "no", language)),
            _text(" ".join(map(str, each.references))),
        )
        for each, scope in scopes
    ]
    names = ("measure", "definition", "of", "direction counts", "weights count", "references")
    return _sheet(measured, [("key", "id"), *((name, say(name, language)) for name in names)], rows)


def sources_sheet(measured: Measured) -> Sheet:
    """A row for each document that the links rest on, with the places in it."""
    rows: list[tuple[Cell, ...]] = [(_text(source),) for source in measured.sources]
    return _sheet(measured, [("sources", say("sources", measured.network.language))], rows)


def _sheet(measured: Measured, columns: Sequence[tuple[str, str]], rows: list[tuple[Cell, ...]]) -> Sheet:
    return Sheet(
        title="",
        language=measured.network.language,
        columns=tuple(Column(name, text, is_evidence=False) for name, text in columns),
        rows=rows,
        sources=[()] * len(rows),
        footnotes=(),
        addresses=(),
        citations=[()] * len(rows),
    )


def _text(text: str) -> Cell:
    return Cell(Literal(text), "")


def _number(value: Number | None) -> Cell:
    if value is None:
        return _NOTHING
    if isinstance(value, int):
        return Cell(Literal(str(value), datatype=NamedNode(XSD + "integer")), "")
    return Cell(Literal(f"{Decimal(repr(value)):f}", datatype=NamedNode(XSD + "decimal")), "")
