"""Every kind of violation, led back to the line a curator wrote; and pySHACL as a second opinion on each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pyshacl
import pytest
import rdflib
from pyoxigraph import RdfFormat, Triple, serialize

from asoen_graph.build.constraints import Violation
from asoen_graph.build.pipeline import Draft, beyond, check_shapes, draft_release
from asoen_graph.build.shacl import Shapes
from asoen_graph.build.validation import CODE, validate
from asoen_graph.curation.facts import ConceptValue, EntityValue, Fact, Interval, LiteralValue, Value
from asoen_graph.curation.register import Relation
from asoen_graph.errors import AsoenError, Place, Problem
from asoen_graph.iris import TERM, XSD
from asoen_graph.resources import ontology_folder

LINE = Place("data/sources/dune-report.yaml", 77, 5)
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")


def fact(subject: str, key: str, value: Value, place: Place = LINE) -> Fact:
    return Fact(subject, TERM + key, value, "dune-report", "paragraph 1", TERM + "accepted", None, {}, place)


def entity(slug: str) -> EntityValue:
    return EntityValue(slug)


def literal(lexical: str, datatype: str = "string") -> LiteralValue:
    return LiteralValue(lexical, XSD + datatype)


WRONG = {
    "a property of another class": (
        [fact("shell-talks-7", "areaHectares", literal("3.5", "decimal"))],
        "shell-talks-7, area-hectares: This property is not one that the class “meeting” carries",
        "The value is '3.5'",
    ),
    "a property that is only inferred": (
        [fact("shell-talks-7", "hasParticipant", entity("sandland"))],
        "shell-talks-7, has-participant: This property is not one that the class “meeting” carries",
        "The value is 'sandland'",
    ),
    "an entity of the wrong class": (
        [fact("shell-talks-7", "chairedBy", entity("tides"))],
        "shell-talks-7, chaired-by: “chaired by” expects an entity of the class “agent”",
        "The value is 'tides'",
    ),
    "an entity that is not there": (
        [fact("shell-talks-7", "host", entity("ghost"))],
        "shell-talks-7, host: “host” expects an entity of the class “agent”",
        "The value is 'ghost'",
    ),
    "an entity in the place of a relation node": (
        [fact("shell-talks-7", "hasParticipation", entity("sandland"))],
        "shell-talks-7, has-participation: “has participation” expects an entity of the class “participation”",
        "The value is 'sandland'",
    ),
    "a controlled value of another list": (
        [fact("shell-talks-7", "format", ConceptValue(TERM + "annual"))],
        "shell-talks-7, format: “format” expects a controlled value of “meeting format”, and only one",
        "The value is 'annual'",
    ),
    "a text without its language": (
        [fact("shell-talks-7", "agendaItem", literal('shells "and" dunes'))],
        "shell-talks-7, agenda-item: “agenda item” expects text with its language",
        "The value is 'shells \"and\" dunes'",
    ),
    "a date that is none": (
        [fact("shell-talks-7", "plannedFor", literal("soon"))],
        "shell-talks-7, planned-for: “planned for” expects a date: a day, a month or a year, and only one",
        "The value is 'soon'",
    ),
    "a number that is none": (
        [fact("shell-talks", "acronym", literal("7", "integer"))],
        "shell-talks, acronym: “acronym” expects text without a language",
        "The value is '7'",
    ),
    "two accepted values": (
        [
            fact("shell-talks-7", "format", ConceptValue(TERM + "online"), Place("data/sources/a.yaml", 4)),
            fact("shell-talks-7", "format", ConceptValue(TERM + "hybrid"), Place("data/sources/b.yaml", 9)),
        ],
        "shell-talks-7, format: “format” expects a controlled value of “meeting format”, and only one",
        "",
    ),
    "a value that is not written right": (
        [fact("sandland", "isoCode", literal("Sand"))],
        "sandland, iso-code: An ISO code is not two capital letters. Write the ISO 3166-1 alpha-2 code, such as VN",
        "The value is 'Sand'",
    ),
    "two facts that cannot both be true": (
        [fact("shell-talks-7", "ends", literal("2031-04", "gYearMonth"))],
        "shell-talks-7: It ends (2031-04) before it begins (2031-05-02). "
        "Correct one of the dates, or mark the wrong one as disputed or rejected",
        "",
    ),
}


def with_facts(draft: Draft, facts: Iterable[Fact]) -> Draft:
    return draft_release(replace(draft.project, facts=(*draft.project.facts, *facts)))[0]


def problems(draft: Draft) -> list[Problem]:
    return validate(draft.project, draft.compilation, draft.inferred, ontology_folder())


@pytest.mark.parametrize("kind", WRONG)
def test_each_kind_is_led_back_to_its_lines(kind: str, tiny_draft: Draft) -> None:
    facts, message, hint = WRONG[kind]
    found = problems(with_facts(tiny_draft, facts))
    assert [(each.place, each.code, each.message.rstrip("."), each.hint) for each in found] == [
        (each.place, CODE, message, hint) for each in facts
    ]


def test_right_worlds_have_no_problems(tiny_draft: Draft, lagoon_draft: Draft) -> None:
    assert problems(tiny_draft) == []
    assert problems(lagoon_draft) == []


def test_claims_that_are_not_accepted_are_not_judged(tiny_draft: Draft) -> None:
    wrong = replace(fact("shell-talks-7", "host", entity("tides")), status=TERM + "disputed")
    assert problems(with_facts(tiny_draft, [wrong])) == []


def test_two_documents_that_say_the_same_wrong_thing_are_both_named(tiny_draft: Draft) -> None:
    one = fact("shell-talks-7", "host", entity("tides"))
    other = replace(one, locator="paragraph 2", place=Place("data/sources/other.yaml", 3))
    assert [each.place for each in problems(with_facts(tiny_draft, [one, other]))] == [one.place, other.place]


def test_what_is_missing_is_led_back_to_the_register(tiny_draft: Draft) -> None:
    place = Place("data/sources/dune-report.yaml", 20, 3)
    relations = {
        **tiny_draft.project.relations,
        "participation-x": Relation("participation-x", TERM + "Participation", place),
    }
    draft, _ = draft_release(replace(tiny_draft.project, relations=relations))
    found = problems(draft)
    assert {each.place for each in found} == {place}
    assert [each.message.partition(":")[0] for each in found] == [
        "participation-x, event",
        "participation-x, participant",
    ]


def test_a_flaw_of_a_document_is_led_back_to_its_head(tiny_draft: Draft) -> None:
    (source,) = tiny_draft.project.sources.values()
    untitled = replace(source, statements=tuple(s for s in source.statements if not s[0].endswith("#title")))
    draft, _ = draft_release(replace(tiny_draft.project, sources={source.slug: untitled}))
    (found,) = problems(draft)
    assert (found.place, found.message) == (
        source.place,
        "dune-report, title or url: A source has neither title nor url. Add title in the language of the document, "
        "or url where the page has no title.",
    )


def test_a_flaw_of_provenance_is_led_back_to_its_fact(tiny_draft: Draft) -> None:
    late = replace(fact("shell-talks-7", "theme", entity("tides")), when=Interval("2031", "2030"))
    (found,) = problems(with_facts(tiny_draft, [late]))
    assert (found.place, "ceases to hold before" in found.message) == (LINE, True)


def test_files_with_problems_of_their_own_come_first(tiny_draft: Draft) -> None:
    """What SHACL says of a file that could not be read whole may follow from what was not read."""
    wrong = with_facts(tiny_draft, [fact("shell-talks-7", "host", entity("tides"))])
    unread = Problem(Place(LINE.path, 3), "unknown-slug", "No entity is called 'x'")
    elsewhere = Problem(Place("data/entities/theme.yaml", 3), "unknown-slug", "No entity is called 'x'")
    assert check_shapes(wrong.project, [unread]) == []
    assert [each.place for each in check_shapes(wrong.project, [elsewhere])] == [LINE]
    assert beyond(wrong.project, [], [unread]) == [unread]


def test_nothing_is_said_of_shapes_while_a_file_cannot_be_read(tiny_draft: Draft) -> None:
    """What is missing may stand in the file that could not be read."""
    wrong = with_facts(tiny_draft, [fact("shell-talks-7", "host", entity("tides"))])
    assert check_shapes(replace(wrong.project, is_whole=False), []) == []


def test_shapes_that_are_missing_not_turtle_or_no_shapes_say_so(tmp_path: Path, tiny_draft: Draft) -> None:
    path = tmp_path / "shapes.ttl"
    with pytest.raises(AsoenError, match=r"shapes\.ttl cannot be read"):
        Shapes.read(path)
    path.write_text("@prefix x: <http://example.org/> .\nx:a x:b\n", encoding="utf-8")
    with pytest.raises(AsoenError, match=r"shapes\.ttl is not Turtle: .*line 3"):
        Shapes.read(path)
    path.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        f"[] sh:targetClass <{TERM}Meeting> ; sh:property [ sh:path <{TERM}name> ; sh:pattern '([' ] .\n",
        encoding="utf-8",
    )
    with pytest.raises(AsoenError, match=r"shapes\.ttl cannot be used"):
        Shapes.read(path).judge(tiny_draft.compilation.register)


def test_no_data_no_violations() -> None:
    assert Shapes.read(ontology_folder() / "shapes.ttl").judge([]) == []


@pytest.mark.parametrize("file", ["shapes.ttl", "constraints.ttl"])
def test_pyshacl_finds_the_same(file: str, tiny_draft: Draft) -> None:
    """One world with everything that is wrong above, judged by both engines."""
    draft = with_facts(tiny_draft, [each for facts, _, _ in WRONG.values() for each in facts])
    compilation = draft.compilation
    data = {
        "shapes.ttl": [*compilation.accepted, *compilation.register, *compilation.sources],
        "constraints.ttl": [*compilation.accepted, *compilation.register, *compilation.provenance, *draft.inferred],
    }[file]
    ours = Shapes.read(ontology_folder() / file).judge(data)
    _, report, _ = pyshacl.validate(graph(data), shacl_graph=rdflib.Graph().parse(ontology_folder() / file))
    theirs = set(_results(report))
    assert len(theirs) > 1
    assert {_key(each) for each in ours} == theirs


def _key(violation: Violation) -> tuple[str, str, str, str]:
    value = violation.value or ""
    shown = value.rpartition('"')[0].lstrip('"') if value.startswith('"') else value
    path = violation.path or ""
    return violation.node, path if "(" not in path else "", violation.component, shown


def _results(report: rdflib.Graph) -> Iterable[tuple[str, str, str, str]]:
    for result in report.objects(None, SH.result):
        path = report.value(result, SH.resultPath)
        yield (
            str(report.value(result, SH.focusNode)),
            str(path) if isinstance(path, rdflib.URIRef) else "",
            str(report.value(result, SH.sourceConstraintComponent)),
            str(report.value(result, SH.value, default="")),
        )


def graph(triples: Iterable[Triple]) -> rdflib.Graph:
    return rdflib.Graph().parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")
