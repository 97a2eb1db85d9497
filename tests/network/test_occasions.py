"""The document of occasions: what the explorer makes of it at a date is what the server gives for that date.

The cases stand in ``web/test/golden``, where the tests of the scripts read them too; ``GOLDEN=write`` writes them anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from asoen_graph.errors import NetworkError, ParameterError
from asoen_graph.network import occasions
from asoen_graph.network.asking import Wanted, ask
from asoen_graph.network.model import Network
from asoen_graph.network.period import Comparison, Period, Spell, overlap, unite
from asoen_graph.network.picture.palette import kind_styles, line_styles
from asoen_graph.network.projection import read_rows
from asoen_graph.network.words import spoken_period, spoken_spell
from asoen_graph.queries.catalogue import read_query
from asoen_graph.release import Release
from asoen_graph.resources import queries_folder
from asoen_graph.store.embedded import EmbeddedStore

GOLDEN = Path(__file__).parents[2] / "web" / "test" / "golden"
TWO_MODE = "participants-and-meetings"
NAMES = ("partners-met-together", "reporting-lines", "who-works-with-whom", TWO_MODE)
ASKED: list[dict[str, str]] = [
    {},
    {"at": "2031"},
    {"at": "2031-05"},
    {"from": "2029", "until": "2031-03-02"},
    {"until": "2030"},
    {"compare": "2030,2031"},
    {"compare": "..2029,2030.."},
]
PROJECTED = [
    {**asked, "project": side, "weighting": weighting}
    for asked in ({}, {"at": "2031"})
    for side in ("source", "target")
    for weighting in ("count", "newman", "jaccard")
]


def kept(name: str, content: object) -> None:
    """Compare with what is kept, or keep it."""
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    path = GOLDEN / name
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert json.loads(path.read_text(encoding="utf-8")) == json.loads(text)


def told(network: Network) -> dict[str, Any]:
    """A network as the script is to make it."""
    changes = {node.id: node.change for node in network.nodes if node.change}
    return {
        "nodes": [node.id for node in network.nodes],
        "links": sorted(
            [
                *sorted(network.by_iri[iri].id for iri in (edge.source, edge.target)),
                edge.relation.key if edge.relation else "",
                round(edge.weight, 9),
                [list(spell) for spell in edge.spells],
                sorted(edge.facts),
                edge.change.name if edge.change else "",
            ]
            for edge in network.edges
        ),
        "changes": {key: change.name for key, change in sorted(changes.items())},
    }


def looks(network: Network) -> dict[str, Any]:
    return {
        "kinds": {kind.key: [style.colour, style.shape] for kind, style in kind_styles(network).items()},
        "lines": {
            relation.key if relation else "": [style.colour, style.dashes]
            for relation, style in line_styles(network).items()
        },
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_network_at_any_date_can_be_made_of_its_occasions(
    name: str, store: EmbeddedStore, lagoon_release: Release
) -> None:
    query = read_query(queries_folder() / "networks" / f"{name}.rq")
    vocabulary = lagoon_release.vocabulary
    rows = read_rows(store, vocabulary, query)
    document = occasions.document(rows, store, vocabulary, "lagoon 2031.5.0", occasions.Cut())

    def asked(values: Mapping[str, str]) -> Network:
        compare = values.get("compare")
        wanted = Wanted(
            at=values.get("at"),
            since=values.get("from"),
            until=values.get("until"),
            compare=tuple(compare.split(",")) if compare else None,  # type: ignore[arg-type]
            project=values.get("project"),
            weighting=values.get("weighting"),
        )
        return ask(store, vocabulary, query, wanted)

    cases = [*ASKED, *(PROJECTED if name == TWO_MODE else ())]
    whole = asked({})
    kept(
        f"{name}.json",
        {
            "document": document,
            "looks": looks(whole),
            "cases": [{"asked": case, "network": told(asked(case))} for case in cases],
        },
    )
    assert all("x" in node and "y" in node for node in document["nodes"])
    assert {fact["iri"] for fact in document["facts"]} == {fact for edge in whole.edges for fact in edge.facts}
    assert json.loads(occasions.write(document)) == document


def test_time_is_told_alike_here_and_in_scripts() -> None:
    dates = ["2031", "2031-02", "2028-02", "2031-05-02", "2031-13", "2031-02-30", "31", "", "0000", "2031-5"]
    spells = [("2031-05-02", "2031-05-04"), (None, "2029-12-31"), ("2031-01-01", None), (None, None)]
    spells += [("2023-01-01", "2023-12-31"), ("2018-01-01", "2021-12-31"), ("2031-02-01", "2031-02-28")]
    periods = ["2031", "2030..2031", "..2030", "2031..", "2031-05", "..", "2031..2030", "x", "2031...2032"]
    comparisons = [("2030", "2031"), ("2031", "2030"), ("2031", "2031-01..2031-12"), ("2031", "no")]

    def read(word: str) -> Period | None:
        try:
            return Period.read(word)
        except NetworkError:
            return None

    def compared(one: str, other: str) -> bool:
        try:
            return bool(Comparison.of(one, other))
        except NetworkError:
            return False

    found = {word: read(word) for word in [*dates, *periods]}
    known = [Spell(*each) for each in spells]
    kept(
        "time.json",
        {
            "periods": {word: each and [day.isoformat() for day in each.days] for word, each in found.items()},
            "spoken": {
                word: [spoken_period(each, "en"), spoken_period(each, "vi")] for word, each in found.items() if each
            },
            "spells": [[*each, spoken_spell(*each, "en"), spoken_spell(*each, "vi")] for each in known],
            "covered": {word: [each.covers(spell) for spell in known] for word, each in found.items() if each},
            "comparisons": [[*each, compared(*each)] for each in comparisons],
            "united": [list(each) for each in unite(known[4:] + known[:1])],
            "overlaps": [[list(each) for each in overlap([one], [other])] for one in known for other in known],
        },
    )


def test_a_part_has_places_of_its_own(store: EmbeddedStore, lagoon_release: Release) -> None:
    vocabulary = lagoon_release.vocabulary
    rows = read_rows(store, vocabulary, read_query(queries_folder() / "networks" / f"{TWO_MODE}.rq"))
    part = occasions.document(rows, store, vocabulary, "", occasions.Cut(top=3))
    assert len(part["nodes"]) == 3
    side = occasions.document(rows, store, vocabulary, "", occasions.Cut(project="source"))
    placed = {number for number, node in enumerate(side["nodes"]) if "x" in node}
    assert placed == {link[0] for link in side["links"]}
    with pytest.raises(ParameterError, match="layout"):
        occasions.document(rows, store, vocabulary, "", occasions.Cut(layout="cloud"))


def test_what_nobody_could_look_at_is_refused(store: EmbeddedStore, lagoon_release: Release) -> None:
    facts = "GRAPH ?source { ?target ?any ?value } FILTER(isIRI(?target))"
    text = f"SELECT ?source ?target WHERE {{ {facts} }}"
    rows = read_rows(store, lagoon_release.vocabulary, text)
    with pytest.raises(NetworkError, match="cannot be read"):
        occasions.document(rows, store, lagoon_release.vocabulary, "", occasions.Cut())
    assert occasions.document(rows, store, lagoon_release.vocabulary, "", occasions.Cut(top=20))["nodes"]
