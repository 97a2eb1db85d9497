"""Places as GeoJSON: many that fit a filter, and a single one."""

from __future__ import annotations

import jsonschema
import pytest

from .conftest import Site

AZURE = [150.5, -8.25]


class TestMany:
    def test_a_collection(self, site: Site) -> None:
        answer = site.get("/api/places.geojson")
        assert answer.headers["content-type"] == "application/geo+json"
        found = answer.json()
        assert found["type"] == "FeatureCollection"
        assert found["total"] == len(found["features"]) == 1
        assert found["bbox"] == [*AZURE, *AZURE]
        (feature,) = found["features"]
        assert (feature["type"], feature["id"]) == ("Feature", "https://w3id.org/asoen/id/port-azure")
        assert feature["geometry"] == {"type": "Point", "coordinates": AZURE}

    def test_labels_sources_and_links(self, site: Site) -> None:
        (feature,) = site.get("/api/places.geojson", lang="vi").json()["features"]
        said = feature["properties"]
        assert set(said["labels"]) == {"en", "vi"}
        assert said["label"] == said["labels"]["vi"]
        assert [country["text"] for country in said["country"]] == ["Cô-ra-li-a"]
        (source,) = said["sources"]
        assert (source["source"], source["locator"]) == ("coral-times-azure", "paragraph 1")
        assert "đoạn 1" in source["citation"]
        for link in said["links"]:
            found = site.client.get(link["href"])
            assert found.status_code == 200
            assert found.headers["content-type"].partition(";")[0] == link["type"]

    @pytest.mark.parametrize(
        ("filters", "count"),
        [
            ({"class": "city"}, 1),
            ({"class": "heritage-park"}, 0),
            ({"country": "coralia"}, 1),
            ({"country": "mangrovia"}, 0),
            ({"q": "azure"}, 1),
            ({"q": "coralia"}, 0),
        ],
    )
    def test_filters(self, site: Site, filters: dict[str, str], count: int) -> None:
        found = site.get("/api/places.geojson", **filters).json()
        assert (found["total"], len(found["features"]), "bbox" in found) == (count, count, count > 0)

    def test_pages(self, site: Site) -> None:
        answer = site.get("/api/places.geojson", limit="0", facets="class")
        assert answer.json()["facets"]["class"][0]["value"] == "city"
        assert site.get("/api/places.geojson", limit="1").json()["next"] is None

    def test_forms(self, site: Site) -> None:
        assert site.get("/api/places.geojson", "application/json").headers["content-type"] == "application/json"
        assert site.get("/api/places.geojson", "text/turtle").status_code == 406
        assert site.get("/api/places.geojson", fields="slug").json()["parameter"] == "fields"


class TestOne:
    def test_a_place(self, site: Site) -> None:
        answer = site.get("/id/port-azure", "application/geo+json")
        assert answer.headers["location"] == "/id/port-azure.geojson"
        found = site.get("/id/port-azure.geojson")
        assert found.headers["content-type"] == "application/geo+json"
        assert found.json() == site.get("/api/places.geojson").json()["features"][0]

    def test_what_has_no_point(self, site: Site) -> None:
        answer = site.get("/id/lsoe-12", "application/geo+json")
        assert answer.status_code == 406
        assert "application/geo+json" not in answer.json()["available"]
        assert site.get("/id/lsoe-12", "application/geo+json, text/turtle;q=0.1").status_code == 303
        assert site.get("/id/lsoe-12.geojson").status_code == 404
        assert site.get("/id/nobody.geojson").status_code == 404
        assert site.get("/source/coral-times-azure.geojson").status_code == 404


def test_the_page_of_a_place_leads_to_it(site: Site) -> None:
    assert 'type="application/geo+json" href="/id/port-azure.geojson"' in site.get("/id/port-azure.html").text
    assert "geojson" not in site.get("/id/lsoe-12.html").text


def test_answers_are_as_described(site: Site) -> None:
    document = site.get("/openapi.json").json()
    schema = {"$ref": "#/components/schemas/PlaceCollection", "components": without_nullable(document["components"])}
    jsonschema.validate(site.get("/api/places.geojson").json(), schema)


def without_nullable(schema: object) -> object:
    """A schema of OpenAPI 3.0 as JSON Schema."""
    if isinstance(schema, list):
        return [without_nullable(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    changed = {name: without_nullable(value) for name, value in schema.items() if name != "nullable"}
    if schema.get("nullable"):
        return {"anyOf": [changed, {"type": "null"}]}
    return changed
