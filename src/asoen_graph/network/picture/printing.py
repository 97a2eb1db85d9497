"""The picture of a network as it is printed: the picture itself, then its sources; with all of the network attached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from asoen_graph.drawing.typesetting import Attachment, Print, Run
from asoen_graph.evidence import readable
from asoen_graph.network.formats import nodelink
from asoen_graph.network.model import Network
from asoen_graph.network.picture.composition import compose, data_line, description_of, summary_of, title_of
from asoen_graph.network.picture.footnotes import footnotes
from asoen_graph.network.words import say


def print_of(network: Network) -> Print:
    """What is printed of a network. Raises NetworkError where it is too large to be drawn."""
    page = compose(network, sources=False)
    title = title_of(network)
    listed = list(_sources(network))
    return Print(
        svg=page.written(network.name, title, "", network.language),
        width=page.width,
        height=page.height,
        title=title,
        description=summary_of(network),
        alternative=f"{title}.\n{description_of(network)}",
        language=network.language,
        footer=" ".join(filter(None, (f"{title}.", data_line(network)))),
        sources_heading=say("sources", network.language),
        sources=listed,
        attachment=Attachment(
            f"{network.name}.json", "application/json", say("attached", network.language), data_of(network)
        ),
    )


def data_of(network: Network) -> str:
    """The network as node-link JSON, every link with its facts and sources."""
    return "".join(nodelink.pieces(network))


def _sources(network: Network) -> Iterator[list[Run]]:
    addresses = {
        readable(document.url): document.url
        for edge in network.edges
        for citation in edge.citations
        for document in citation.documents
        if document.url
    }
    listed = footnotes(network) or ([say("no sources", network.language)] if network.edges else [])
    for line in listed:
        yield list(_runs(line, addresses))


def _runs(line: str, addresses: Mapping[str, str]) -> Iterator[Run]:
    """The line in pieces, those that are addresses with what they lead to."""
    text: list[str] = []
    for word in line.split(" "):
        known = next((part for part in (word, word.removesuffix(".")) if part in addresses), None)
        if known is None:
            text.append(word)
            continue
        yield Run(" ".join((*text, "")))
        yield Run(known, addresses[known])
        text = [word.removeprefix(known)]
    yield Run(" ".join(text))
