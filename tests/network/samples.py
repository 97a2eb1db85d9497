"""Networks made by hand, for what the invented world does not have."""

from __future__ import annotations

from asoen_graph.evidence import Citation
from asoen_graph.iris import ENTITY, FACT, SOURCE
from asoen_graph.network.measures.choosing import Choice, choose
from asoen_graph.network.model import Edge, Kind, Network, Node, Relation
from asoen_graph.network.period import Spell

STATE, CENTRE = Kind("state", "state"), Kind("centre", "centre")
FUNDS, HOSTS = Relation("funds", "funds"), Relation("hosts", "hosts")


def node(slug: str, label: str = "", kind: Kind = STATE) -> Node:
    return Node(ENTITY + slug, label or slug.title(), kind, {"en": label or slug.title()})


def citation(number: int, locator: str) -> Citation:
    return Citation(
        fact=f"{FACT}{number:016x}",
        source=SOURCE + "gazette",
        title="A gazette",
        publisher="Gazette Press",
        published="2031-05",
        url="https://example.org/gazette",
        locator=locator,
        status="accepted",
        note="",
    )


def edge(source: Node, target: Node, relation: Relation | None = None, weight: float = 1.0, number: int = 1) -> Edge:
    cited = citation(number, f"paragraph {number}")
    return Edge(
        source.iri,
        target.iri,
        relation,
        float(weight),
        spells=(Spell("2031-05-02", "2031-05-04"),),
        facts=(cited.fact,),
        citations=(cited,),
    )


def mixed(language: str = "en") -> Network:
    """Directed, with edges side by side, both ways and back to the same node."""
    a, b, c = node("amber"), node("basalt"), node("chalk-centre", "Chalk & Co. <Centre>", CENTRE)
    edges = (
        edge(a, b, FUNDS, 3, 1),
        edge(a, b, HOSTS, 1, 2),
        edge(b, a, FUNDS, 2, 3),
        edge(b, c, None, 1, 4),
        edge(c, c, HOSTS, 1, 5),
    )
    return Network((a, b, c), edges, name="mixed", title="A mixed network", release="invented 1", language=language)


def star(count: int, *, directed: bool = False, layout: str = "spring") -> Network:
    """One node in the middle and the others around it."""
    nodes = tuple(node(f"n{number:04}", f"The organisation with number {number}") for number in range(count))
    edges = tuple(edge(each, nodes[0], FUNDS, 1 + number % 3, number) for number, each in enumerate(nodes) if number)
    return Network(nodes, edges, name="star", title="A star", directed=directed, layout=layout)


def sized(network: Network, key: str) -> Network:
    """The network whose pictures show a measure by the size of marks."""
    return choose(network, Choice.of(None, None, None, (), key))
