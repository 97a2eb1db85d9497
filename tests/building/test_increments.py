"""Validation after an edit finds what validation of everything finds: random edits of the invented world."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from asoen_graph.build.constraints import read_sparql_constraints
from asoen_graph.build.increments import Increments
from asoen_graph.build.pipeline import Draft, draft_release
from asoen_graph.build.premises import check_queries, own_premises
from asoen_graph.build.shacl import Shapes
from asoen_graph.build.validation import CONSTRAINTS_FILE, SHAPES_FILE, trace, validate
from asoen_graph.build.verdicts import Verdicts
from asoen_graph.curation.facts import EntityValue, Fact, Interval, LiteralValue
from asoen_graph.curation.project import CuratedProject
from asoen_graph.errors import AsoenError
from asoen_graph.iris import PREFIXES, TERM, local_name
from asoen_graph.resources import ontology_folder
from asoen_graph.vocabulary import Vocabulary

EDITS = ("remove", "value", "property", "subject", "status", "turn", "when", "jointly", "class", "forget", "citation")
WORDS = st.tuples(st.sampled_from(EDITS), st.integers(0), st.integers(0))


def edited(project: CuratedProject, edit: tuple[str, int, int]) -> CuratedProject:
    """The project after one edit, which may well make no sense."""
    kind, here, there = edit
    facts, entities = list(project.facts), dict(project.entities)
    slugs, others = sorted(entities), sorted(project.sources)
    place, other = here % len(facts), facts[there % len(facts)]
    fact = facts[place]
    if kind == "remove":
        del facts[place]
    elif kind == "class":
        entity = entities[slugs[here % len(slugs)]]
        entities[entity.slug] = replace(entity, class_iri=entities[slugs[there % len(slugs)]].class_iri)
    elif kind == "forget":
        del entities[slugs[here % len(slugs)]]
    elif kind == "citation":
        source = project.sources[others[here % len(others)]]
        statements = source.statements[:-1] if there % 2 else source.statements[1:]
        return replace(project, sources={**project.sources, source.slug: replace(source, statements=statements)})
    elif kind == "turn":
        property_ = project.vocabulary.property_of(fact.property)
        if isinstance(fact.value, EntityValue) and property_ is not None and property_.inverse:
            value = EntityValue(fact.subject)
            facts[place] = replace(fact, subject=fact.value.slug, property=property_.inverse, value=value)
    else:
        facts[place] = changed(fact, kind, other, others)
    return replace(project, facts=tuple(facts), entities=entities)


def kind_of(fact: Fact) -> tuple[type, str]:
    return type(fact.value), fact.value.datatype if isinstance(fact.value, LiteralValue) else ""


def changed(fact: Fact, kind: str, other: Fact, sources: Sequence[str]) -> Fact:
    match kind:
        case "value":
            return replace(fact, value=other.value, property=other.property)
        case "property":
            # A date property with a value that is no date is refused long before.
            return replace(fact, property=other.property) if kind_of(fact) == kind_of(other) else fact
        case "subject":
            return replace(fact, subject=other.subject)
        case "status":
            flipped = "accepted" if fact.status.endswith("disputed") else "disputed"
            return replace(fact, status=TERM + flipped)
        case "when":
            return replace(fact, when=Interval("2031", "2030" if fact.when is None else None))
    return replace(fact, jointly=tuple(slug for slug in sources if slug != fact.source)[:2])


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(WORDS, min_size=1, max_size=6), min_size=1, max_size=4))
@example([[("status", 215, 0), ("subject", 215, 16424)]])
def test_after_every_edit_all_is_found_that_judging_everything_finds(
    lagoon_draft: Draft, edits: list[list[tuple[str, int, int]]]
) -> None:
    shapes, constraints = (Shapes.read(ontology_folder() / name) for name in (SHAPES_FILE, CONSTRAINTS_FILE))
    verdicts = Verdicts(None)
    project = lagoon_draft.project
    assert not Increments(project, lagoon_draft.ontology, shapes, constraints).judge(verdicts)
    for step in edits:
        for edit in step:
            project = edited(project, edit)
        found = trace(project, Increments(project, lagoon_draft.ontology, shapes, constraints).judge(verdicts))
        draft, stated_twice = draft_release(project)
        # What is stated twice is one fact, and which of the two is left open: that is a problem of its own.
        if not stated_twice:
            assert found == validate(project, draft.compilation, draft.inferred, ontology_folder())


def test_what_has_not_changed_is_not_judged_again(lagoon_draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    shapes, constraints = (Shapes.read(ontology_folder() / name) for name in (SHAPES_FILE, CONSTRAINTS_FILE))
    judged: list[set[str]] = []
    real = Increments._judge_again
    monkeypatch.setattr(
        Increments, "_judge_again", lambda self, units, *rest: judged.append(units) or real(self, units, *rest)
    )
    verdicts = Verdicts(None)
    project = lagoon_draft.project
    place = next(n for n, fact in enumerate(project.facts) if fact.property == TERM + "areaHectares")
    facts = (*project.facts[:place], *project.facts[place + 1 :])
    for each in (project, project, replace(project, facts=facts)):
        Increments(each, lagoon_draft.ontology, shapes, constraints).judge(verdicts)
    everything, after = judged
    assert len(everything) > 40
    assert after == {"lo-da-reef", "https://w3id.org/asoen/source/coral-times-azure"}


def test_verdicts_are_kept_for_the_same_shapes_only(tmp_path: Path) -> None:
    rules = tmp_path / "rules.ttl"
    rules.write_text("one", encoding="utf-8")
    verdicts = Verdicts(tmp_path, [rules])
    verdicts.add({"a": b"1"}, ["a"], {})
    verdicts.keep()
    assert Verdicts(tmp_path, [rules]).missing({"a": b"1", "b": b"1"}) == {"b"}
    assert Verdicts(tmp_path, [rules]).missing({"a": b"2"}) == {"a"}
    rules.write_text("two", encoding="utf-8")
    assert Verdicts(tmp_path, [rules]).missing({"a": b"1"}) == {"a"}
    (tmp_path / "verdicts.pickle").write_bytes(b"broken")
    assert Verdicts(tmp_path, [rules]).missing({"a": b"1"}) == {"a"}


def test_verdicts_of_another_engine_are_as_good_as_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    verdicts = Verdicts(tmp_path)
    verdicts.add({"a": b"1"}, ["a"], {})
    verdicts.keep()
    assert not Verdicts(tmp_path).missing({"a": b"1"})
    monkeypatch.setattr("asoen_graph.build.verdicts.version", lambda name: f"99 {name}")
    assert Verdicts(tmp_path).missing({"a": b"1"}) == {"a"}


def test_the_constraints_keep_to_what_they_may_read(vocabulary: Vocabulary) -> None:
    constraints = Shapes.read(ontology_folder() / CONSTRAINTS_FILE)
    assert own_premises(vocabulary, constraints.core)
    check_queries(constraints.constraints)


@pytest.mark.parametrize(
    "shape",
    [
        "sh:property [ sh:path ( asoen:event asoen:place ) ; sh:minCount 1 ]",
        "sh:property [ sh:path [ sh:inversePath asoen:event ] ; sh:minCount 1 ]",
        "sh:property [ sh:path asoen:event ; sh:property [ sh:path asoen:place ; sh:minCount 1 ] ]",
        "sh:property [ sh:path asoen:event ; sh:node [ sh:class asoen:Meeting ] ]",
        "sh:property [ sh:path asoen:within ; sh:minCount 1 ]",
        "sh:property [ sh:path rdfs:label ; sh:minCount 1 ]",
        "sh:sparql [ sh:select 'SELECT $this WHERE { $this ?property ?value }' ]",
        "sh:sparql [ sh:select 'SELECT $this WHERE { $this rdfs:label ?value }' ]",
    ],
)
def test_a_shape_that_reads_more_is_refused(vocabulary: Vocabulary, shape: str) -> None:
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    text = f"{head}[] a sh:NodeShape ; sh:targetClass asoen:Participation ; {shape} ."
    constraints, core = read_sparql_constraints(quad.triple for quad in parse(text, format=RdfFormat.TURTLE))
    with pytest.raises(AsoenError, match=r"constraints\.ttl"):
        check_queries(constraints) if constraints else own_premises(vocabulary, core)


def test_a_link_written_from_the_other_side_counts(lagoon_draft: Draft) -> None:
    """The verdict on a relation node rests on facts about others too, where these say the inverse."""
    project = lagoon_draft.project
    event = next(fact for fact in project.facts if fact.property == TERM + "event")
    value = EntityValue(event.subject)
    assert isinstance(event.value, EntityValue)
    turned = replace(event, subject=event.value.slug, property=TERM + "hasParticipation", value=value)
    rest = tuple(fact for fact in project.facts if (fact.subject, fact.property) != (event.subject, event.property))
    shapes, constraints = (Shapes.read(ontology_folder() / name) for name in (SHAPES_FILE, CONSTRAINTS_FILE))
    verdicts = Verdicts(None)
    found = []
    for facts in ((*rest, turned), rest):
        after = replace(project, facts=facts)
        found.append(Increments(after, lagoon_draft.ontology, shapes, constraints).judge(verdicts))
    assert [[local_name(each.node) for each in violations] for violations in found] == [[], [event.subject]]
