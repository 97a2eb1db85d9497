"""The JSON Schemas: they are right for good files, and they show an editor what the ontology says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from asoen_graph.cli.main import main
from asoen_graph.curation.schema import entities_schema, source_schema
from asoen_graph.vocabulary import Vocabulary

HERE = Path(__file__).parent
CITATION = "title: {en: Tide News}\nlanguage: en\n"
LAGOON = HERE.parent / "worlds" / "lagoon" / "data"


class _CoreSchema(yaml.SafeLoader):
    """YAML with the implicit types an editor knows (YAML 1.2): numbers and booleans, no dates."""


_CoreSchema.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if not pair[0].endswith(":timestamp")]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def faults(schema: str, text: str) -> list[str]:
    jsonschema.Draft7Validator.check_schema(json.loads(schema))
    validator = jsonschema.Draft7Validator(json.loads(schema))
    return [error.json_path for error in validator.iter_errors(yaml.load(text, _CoreSchema))]


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return json.loads(source_schema(Vocabulary.read(HERE / "reef.ttl")))


def test_keys_are_those_of_the_ontology(schema: dict[str, Any]) -> None:
    assert list(schema["properties"]) == ["title", "publisher", "url", "language", "facts"]
    group = schema["definitions"]["group"]
    assert group["required"] == ["about", "at"]
    assert {"ordinal", "has-participation", "headed-by"} <= set(group["properties"])
    assert not {"has-part", "title"} & set(group["properties"])
    assert list(schema["definitions"]["participation"]["properties"]) == [
        "slug",
        "part-of",
        "event",
        "headed-by",
        "participant",
    ]


def test_meanings_are_shown(schema: dict[str, Any]) -> None:
    ordinal = schema["definitions"]["ordinal-property"]
    assert ordinal["title"] == "ordinal"
    assert ordinal["description"] == "The number in a series.\n\nSố thứ tự."
    status = schema["definitions"]["status"]
    assert status["enum"] == ["accepted", "disputed", "superseded", "rejected"]
    assert status["enumDescriptions"][0] == "Held to be true."


@pytest.mark.parametrize("path", sorted((HERE / "reef/data/sources").iterdir()), ids=lambda path: path.name)
def test_a_good_document_is_valid(path: Path, vocabulary: Vocabulary) -> None:
    assert faults(source_schema(vocabulary), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", sorted((LAGOON / "entities").iterdir()), ids=lambda path: path.name)
def test_a_good_register_is_valid(path: Path) -> None:
    assert faults(entities_schema(), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("statement", "is_valid"),
    [
        ("ordinal: 7", True),
        ("ordinal: [7, {value: 8, status: disputed, when: 2031/..}]", True),
        ("ordinal: '7'", True),
        ("ordinal: seven", False),
        ("ordinal: '7.5'", False),
        ("area: '3.5'", True),
        ("area: '3,5'", False),
        ("open: 'true'", True),
        ("open: 'yes'", False),
        ("surveyed: '2031'", True),
        ("agenda-item: {vn: Rạn}", False),
        ("note: ''", False),
        ("ordnial: 7", False),
        ("starts: 2031", True),
        ("starts: 2031-05-02", True),
        ("starts: 2 May 2031", False),
        ("meeting-status: held", True),
        ("meeting-status: heald", False),
        ("agenda-item: {en: [Reefs, Tides], vi: Rạn}", True),
        ("agenda-item: Reefs", False),
        ("has-participation: [{participant: x, headed-by: {value: y, note: Perhaps.}}]", True),
        ("has-participation: [{particpant: x}]", False),
        ("has-participation: x", False),
        ("part-of: {value: [x, y], at: 'page 4, paragraph 2'}", True),
        ("part-of: {value: x, at: somewhere}", False),
        ("part-of: {value: x, at: paragraph}", False),
        ("part-of: {value: x, at: paragraph 3 4}", False),
        ("part-of: {value: x, at: page 4; paragraph 2}", False),
        ("part-of: {value: x, at: headline 2}", False),
        ("part-of: {value: x, at: 'page 4, headline'}", True),
    ],
)
def test_a_statement_is_valid_or_not(statement: str, is_valid: bool, vocabulary: Vocabulary) -> None:
    text = f"{CITATION}facts:\n- about: council-7\n  at: headline\n  {statement}\n"
    assert (faults(source_schema(vocabulary), text) == []) is is_valid


@pytest.mark.parametrize("key", ["title", "language", "facts"])
def test_a_document_has_title_language_and_facts(key: str, vocabulary: Vocabulary) -> None:
    text = (HERE / "reef/data/sources/tide-news.yaml").read_text(encoding="utf-8")
    assert faults(source_schema(vocabulary), text.replace(f"\n{key}:", "\nurl:")) != []


def test_numbers_are_right_without_implicit_types_too(vocabulary: Vocabulary) -> None:
    document = yaml.load((HERE / "reef/data/sources/tide-news.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    assert list(jsonschema.Draft7Validator(json.loads(source_schema(vocabulary))).iter_errors(document)) == []


def test_the_command_writes_and_checks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = ["data/schema/source.schema.json", "data/schema/entities.schema.json", "ontology/shapes.ttl"]
    assert main(["schema", "-o", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "".join(f"{name}: written\n" for name in names)
    assert main(["schema", "--check", "-o", str(tmp_path)]) == 0
    assert capsys.readouterr().out == ""
    (tmp_path / names[1]).write_text("{}\n")
    assert main(["schema", "--check", "-o", str(tmp_path)]) == 1
    assert capsys.readouterr().out == f"{names[1]}: out of date. Run `asoen schema`.\n"
    assert (tmp_path / names[1]).read_text() == "{}\n"
    assert main(["schema", "-o", str(tmp_path)]) == 0
    assert capsys.readouterr().out == f"{names[1]}: written\n"
