"""Small graphs of statements written as Turtle, each an accepted fact that stands on a page of its own."""

from __future__ import annotations

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse

from asoen_graph.iris import FACT, PREFIXES, PROV, SOURCE, TERM
from asoen_graph.store.embedded import EmbeddedStore

HEAD = "".join(f"@prefix {name}: <{namespace}> .\n" for name, namespace in PREFIXES.items())


def world(facts: str, follows: str = "", disputed: str = "") -> EmbeddedStore:
    """A store in which each triple of ``facts`` is an accepted fact of its own, stated on a page of its own."""
    store = Store()
    number = 0
    for text, status in ((facts, "accepted"), (disputed, "disputed")):
        for triple in parse(HEAD + text, format=RdfFormat.TURTLE):
            number += 1
            fact = NamedNode(f"{FACT}{number:016x}")
            store.add(Quad(triple.subject, triple.predicate, triple.object, fact))
            if status == "accepted":
                store.add(Quad(triple.subject, triple.predicate, triple.object))
            for property_, value in (
                (PROV + "wasDerivedFrom", NamedNode(SOURCE + "gazette")),
                (TERM + "locator", Literal(f"page {number}")),
                (TERM + "status", NamedNode(TERM + status)),
            ):
                store.add(Quad(fact, NamedNode(property_), value, DefaultGraph()))
    for triple in parse(HEAD + follows, format=RdfFormat.TURTLE):
        store.add(Quad(triple.subject, triple.predicate, triple.object))
    return EmbeddedStore(store)


def attended(event: str, *participants: str) -> tuple[str, str]:
    """Facts and inferences of a meeting these took part in."""
    facts = "".join(f"id:p-{event}-{each} asoen:participant id:{each} .\n" for each in participants)
    follows = "".join(
        f"id:p-{event}-{each} asoen:event id:{event} . id:{event} asoen:hasParticipant id:{each} .\n"
        for each in participants
    )
    return facts, follows


def joined(*parts: tuple[str, str]) -> tuple[str, str]:
    return "".join(facts for facts, _ in parts), "".join(follows for _, follows in parts)
