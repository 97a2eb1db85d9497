"""Cards as objects, from the members they have in JSON."""

from __future__ import annotations

from collections.abc import Iterable

from asoen_graph.entities.cards import (
    CitedDocument,
    Claim,
    EntityCard,
    FactRecord,
    InferredGroup,
    InferredStatement,
    OtherName,
    PropertyGroup,
    PropertyName,
    Statement,
    Value,
)
from asoen_graph.entities.glossary import Members


def card(members: Members) -> EntityCard:
    """The card of an entity."""
    return EntityCard(
        **members
        | {
            "other_names": tuple(OtherName(**each) for each in members["other_names"]),
            "statements": _groups(members["statements"]),
            "incoming": _groups(members["incoming"]),
            "inferred": tuple(
                InferredGroup(PropertyName(**group["property"]), tuple(map(_inferred, group["statements"])))
                for group in members["inferred"]
            ),
        }
    )


def claim(members: Members) -> Claim:
    """A fact as evidence."""
    return Claim(**members | {"sources": tuple(CitedDocument(**each) for each in members["sources"])})


def _record(members: Members) -> FactRecord:
    """A fact in full."""
    return FactRecord(
        about=Value(**members["about"]),
        property=PropertyName(**members["property"]),
        value=Value(**members["value"]),
        claim=claim(members["claim"]),
    )


def _groups(groups: Iterable[Members]) -> tuple[PropertyGroup, ...]:
    return tuple(
        PropertyGroup(PropertyName(**group["property"]), tuple(map(_statement, group["statements"])))
        for group in groups
    )


def _statement(members: Members) -> Statement:
    claims = tuple(map(claim, members["claims"]))
    return Statement(Value(**members["value"]), members["status"], claims, _groups(members["details"]))


def _inferred(members: Members) -> InferredStatement:
    return InferredStatement(Value(**members["value"]), tuple(map(_record, members["follows_from"])))
