"""The OpenAPI document is good enough for strangers: a generated client works, and no request breaks the server."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as bounded
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from .conftest import Site
from .test_places import without_nullable

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = 8


@pytest.fixture(scope="module")
def document(site: Site) -> dict[str, Any]:
    return dict(site.get("/openapi.json").json())


@pytest.fixture(scope="module")
def package(document: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A client that openapi-python-client makes from the document, ready to be imported."""
    folder = tmp_path_factory.mktemp("generated")
    (folder / "openapi.json").write_text(json.dumps(document), encoding="utf-8")
    # Only its own text is wanted: no formatter is run over it.
    (folder / "config.yaml").write_text("post_hooks: []\n", encoding="utf-8")
    generator = [str(Path(sys.executable).with_name("openapi-python-client")), "generate", "--meta", "none"]
    made = subprocess.run(
        [*generator, "--path", "openapi.json", "--config", "config.yaml", "--output-path", "lagoon_client"],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    left_out = [line for line in made.stdout.splitlines() if line.startswith("WARNING")]
    # The generator knows no bodies of application/sparql-query.
    assert left_out in ([], ["WARNING parsing POST /sparql within sparql."])
    sys.path.insert(0, str(folder))
    yield "lagoon_client"
    sys.path.remove(str(folder))


class TestGenerated:
    @pytest.fixture
    def client(self, package: str, site: Site) -> Any:
        return importlib.import_module(package).Client(base_url=site.url)

    def operation(self, package: str, name: str) -> ModuleType:
        return importlib.import_module(f"{package}.api.{name}")

    def test_a_list_page_by_page(self, package: str, client: Any) -> None:
        models = importlib.import_module(f"{package}.models")
        entities = self.operation(package, "api.entities")
        asked = {"client": client, "class_": "meeting", "filters": models.EntityFilters(series="lsoe-series")}
        first = entities.sync(**asked, limit=2, facets="class", sort="-ordinal")
        second = entities.sync(**asked, limit=2, cursor=first.next_, sort="-ordinal")
        assert [item.slug for item in (*first.items, *second.items)][:2] == ["lsoe-13", "lsoe-12"]
        assert second.items[0].slug not in [item.slug for item in first.items]
        assert first.facets["class"][0].count == first.total

    def test_a_card_with_its_sources(self, package: str, client: Any) -> None:
        card = self.operation(package, "api.entity_card").sync(client=client, slug="lsoe-12")
        assert card.labels["vi"] == "Hội nghị LSOE lần thứ 12"
        assert card.statements[0].statements[0].claims[0].citation

    def test_a_query_of_the_catalogue(self, package: str, client: Any) -> None:
        rows = self.operation(package, "queries_when.query_meetings").sync(client=client, least=12)
        assert "12th LSOE" in [row["meeting"]["label"] for row in rows]

    def test_places_and_suggestions(self, package: str, client: Any) -> None:
        places = self.operation(package, "api.places").sync(client=client)
        assert places.features[0].geometry.coordinates == [150.5, -8.25]
        found = self.operation(package, "api.suggest").sync(client=client, q="co ra")
        assert found.items[0].slug == "coralia"

    def test_a_problem(self, package: str, client: Any) -> None:
        found = self.operation(package, "api.entity_card").sync(client=client, slug="lsoe-21")
        assert (found.status, "lsoe-12" in found.nearest) == (404, True)


def test_no_request_breaks_the_server(site: Site, document: dict[str, Any]) -> None:
    """Schemathesis makes up requests for every operation; what comes back is as described, and never our mistake."""
    tried = 0
    for found in schemathesis.openapi.from_dict(askable(document)).get_all_operations():
        operation = found.ok()

        @bounded(
            max_examples=EXAMPLES,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def request(case: schemathesis.Case) -> None:
            nonlocal tried
            tried += 1
            case.call_and_validate(base_url=site.url, checks=CHECKS)

        request()
    assert tried > 100


def askable(document: dict[str, Any]) -> dict[str, Any]:
    """The document without what cannot be tried: a time limit is allowed to end in 503."""
    changed = json.loads(json.dumps(document))
    for operations in changed["paths"].values():
        for operation in operations.values():
            operation["parameters"] = [p for p in operation.get("parameters", []) if p["name"] != "timeout"]
            operation.get("requestBody", {}).get("content", {}).pop("application/sparql-query", None)
    return dict(changed)


def test_every_answer_has_a_schema(document: dict[str, Any]) -> None:
    for path, operations in document["paths"].items():
        for operation in operations.values():
            contents = [r["content"] for s, r in operation["responses"].items() if s != "default" and "content" in r]
            assert contents, path
            for content in contents:
                assert all(each["schema"] for each in content.values()), path


@pytest.mark.parametrize(
    ("address", "schema"),
    [
        ("/api/entities?limit=3&facets=class", "EntityEntryPage"),
        ("/api/sources?limit=3", "SourceEntryPage"),
        ("/api/entities/lsoe-12/facts", "FactRecordPage"),
        ("/api/search?q=lsoe", "HitPage"),
        ("/api/suggest?q=lsoe", "Suggestions"),
        ("/api/entities/lsoe-12", "EntityCard"),
        ("/api/sources/lagoon-union-record", "SourceCard"),
        ("/id/port-azure.geojson", "PlaceFeature"),
        ("/id/lsoe-12.jsonld", "JsonLd"),
        ("/context.jsonld", "JsonLd"),
        ("/api/queries", "CatalogueList"),
        ("/api/queries/meetings", "Rows"),
        ("/api/queries/is-held", "Rows"),
        ("/api/networks/together.json", "Network"),
        ("/api/networks/together.json?with=all", "Network"),
        ("/api/networks/together/measures.json", "NetworkMeasures"),
        ("/api/networks/together/measures.json?at=1999", "NetworkMeasures"),
        ("/sparql?query=ASK%7B%7D", "SparqlResults"),
        ("/sparql?query=SELECT*%7B%3Fs%3Fp%3Fo%7DLIMIT+9", "SparqlResults"),
        ("/ready", "State"),
        ("/nowhere", "Problem"),
    ],
)
def test_answers_are_as_described(site: Site, document: dict[str, Any], address: str, schema: str) -> None:
    named = {"$ref": f"#/components/schemas/{schema}", "components": without_nullable(document["components"])}
    jsonschema.validate(site.client.get(address).json(), named)


def test_examples_are_as_described(document: dict[str, Any]) -> None:
    components = without_nullable(document["components"])
    examples = {name: each["example"] for name, each in document["components"]["schemas"].items() if "example" in each}
    assert set(examples) >= {"EntityEntryPage", "SourceEntryPage", "HitPage", "PlaceFeature", "Rows", "Problem"}
    for name, example in examples.items():
        jsonschema.validate(example, {"$ref": f"#/components/schemas/{name}", "components": components})
