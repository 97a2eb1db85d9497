from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from asoen_graph.build.statements import fact_name, fact_provenance, fact_quad
from asoen_graph.curation.facts import ConceptValue, EntityValue, Fact, Interval, LiteralValue
from asoen_graph.errors import Place
from asoen_graph.iris import RDF, TERM, XSD

FACT = Fact(
    subject="shell-talks-7",
    property=TERM + "ordinal",
    value=LiteralValue("7", XSD + "integer"),
    source="dune-report",
    locator="paragraph 3",
    status=TERM + "accepted",
    when=None,
    note={},
    place=Place("data/sources/dune-report.yaml", 8, 3),
)
NODE = NamedNode("https://w3id.org/asoen/fact/0123456789abcdef")


def test_name_is_the_documented_hash() -> None:
    text = (
        "https://w3id.org/asoen/source/dune-report\n"
        "paragraph 3\n"
        "https://w3id.org/asoen/id/shell-talks-7\n"
        "https://w3id.org/asoen/ontology#ordinal\n"
        '"7"^^<http://www.w3.org/2001/XMLSchema#integer>\n'
    )
    assert fact_name(FACT) == hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def test_name_holds_the_validity_with_open_ends() -> None:
    valid = replace(FACT, when=Interval("2018", None), value=EntityValue("dune"), locator="")
    text = (
        "https://w3id.org/asoen/source/dune-report\n\n"
        "https://w3id.org/asoen/id/shell-talks-7\n"
        "https://w3id.org/asoen/ontology#ordinal\n"
        "<https://w3id.org/asoen/id/dune>\n"
        "2018/.."
    )
    assert fact_name(valid) == hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def test_name_of_a_joint_fact_has_the_other_sources_in_a_seventh_line() -> None:
    joint = replace(FACT, jointly=("other-report", "third-report"))
    text = (
        "https://w3id.org/asoen/source/dune-report\n"
        "paragraph 3\n"
        "https://w3id.org/asoen/id/shell-talks-7\n"
        "https://w3id.org/asoen/ontology#ordinal\n"
        '"7"^^<http://www.w3.org/2001/XMLSchema#integer>\n'
        "\n"
        "https://w3id.org/asoen/source/other-report https://w3id.org/asoen/source/third-report"
    )
    assert fact_name(joint) == hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def test_provenance_of_a_joint_fact_names_every_source_and_the_one_of_the_locator() -> None:
    said = {
        (triple.predicate.value.rpartition("#")[2], str(triple.object).strip("<>").rpartition("/")[2])
        for triple in fact_provenance(NODE, replace(FACT, jointly=("other-report",)))
    }
    assert {each for each in said if each[0] in ("wasDerivedFrom", "attribution", "locatorSource")} == {
        ("wasDerivedFrom", "dune-report"),
        ("wasDerivedFrom", "other-report"),
        ("attribution", "ontology#jointlyAttributed"),
        ("locatorSource", "dune-report"),
    }


@given(st.integers(1), st.sampled_from(["disputed", "superseded", "rejected"]), st.text())
def test_name_survives_moving_disputing_and_annotating(line: int, status: str, note: str) -> None:
    edited = replace(FACT, place=Place("data/sources/other.yaml", line), status=TERM + status, note={"en": note})
    assert fact_name(edited) == fact_name(FACT)


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "shell-talks-8"},
        {"property": TERM + "year"},
        {"value": LiteralValue("7", XSD + "string")},
        {"value": LiteralValue("7", RDF + "langString", "en")},
        {"value": LiteralValue("7", RDF + "langString", "vi")},
        {"value": EntityValue("7")},
        {"value": ConceptValue(TERM + "7")},
        {"source": "dune-report-2"},
        {"locator": "paragraph 4"},
        {"when": Interval("2018", "2018")},
        {"jointly": ("other-report",)},
        {"jointly": ("other-report", "third-report")},
    ],
)
def test_name_changes_with_what_is_stated(change: dict[str, object]) -> None:
    assert fact_name(replace(FACT, **change)) != fact_name(FACT)


@given(st.text(), st.text())
def test_names_do_not_run_into_one_another(one: str, other: str) -> None:
    def named(text: str) -> str:
        return fact_name(replace(FACT, value=LiteralValue(text, RDF + "langString", "en")))

    assert (named(one) == named(other)) == (one == other)


def test_a_disputed_fact_has_its_triple_in_its_own_graph() -> None:
    quad = fact_quad(NODE, replace(FACT, status=TERM + "disputed"))
    assert quad.graph_name == NODE
    assert str(quad.triple) == (
        "<https://w3id.org/asoen/id/shell-talks-7> <https://w3id.org/asoen/ontology#ordinal> "
        '"7"^^<http://www.w3.org/2001/XMLSchema#integer>'
    )


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (None, set()),
        (
            Interval("2018", "2020-02"),
            {
                'validFrom "2018"^^gYear',
                'validEarliest "2018-01-01"^^date',
                'validUntil "2020-02"^^gYearMonth',
                'validLatest "2020-02-29"^^date',
            },
        ),
        (Interval(None, "2021-05-02"), {'validUntil "2021-05-02"^^date', 'validLatest "2021-05-02"^^date'}),
        (Interval("2018-03", None), {'validFrom "2018-03"^^gYearMonth', 'validEarliest "2018-03-01"^^date'}),
    ],
)
def test_validity_keeps_its_precision_and_says_its_days(when: Interval | None, expected: set[str]) -> None:
    triples = fact_provenance(NODE, replace(FACT, when=when))
    said = {f"{t.predicate.value} {t.object}".replace(TERM, "").replace(f"<{XSD}", "").rstrip(">") for t in triples}
    assert {each for each in said if each.startswith("valid")} == expected


def test_notes_keep_their_language() -> None:
    triples = fact_provenance(NODE, replace(FACT, note={"en": "see page 2", "vi": "xem trang 2"}))
    notes = {str(t.object) for t in triples if t.predicate.value == TERM + "note"}
    assert notes == {'"see page 2"@en', '"xem trang 2"@vi'}
