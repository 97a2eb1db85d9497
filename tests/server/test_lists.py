"""Filters, order, facets, sparse fields and cursors of lists; suggestions while and after typing."""

from __future__ import annotations

import base64
import json
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asoen_graph.entities.aspects import RESERVED, entity_aspects, filterable, source_aspects
from asoen_graph.entities.register import SOURCE_CLASS, Register
from asoen_graph.release import Release
from asoen_graph.server.cursors import List, link_header

from .conftest import Site

LISTS = {
    "/api/entities": "slug",
    "/api/sources": "slug",
    "/api/entities/lsoe-12/facts": "claim",
    "/api/search?q=lsoe": "slug",
}
SORTS = {
    "/api/entities": ["label", "-label", "year,-label", "-class,slug", "ordinal", "-earliest", "meeting-status"],
    "/api/sources": ["-published", "facts,title", "publisher", "-source-kind"],
    "/api/entities/lsoe-12/facts": ["status", "-property,value", "source,about", "-published"],
    "/api/search?q=lsoe": ["label", "-year", "class,-slug"],
}


def slugs(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [item["slug"] for item in answer.json()["items"]]


def problem(answer: httpx.Response, parameter: str) -> str:
    assert answer.status_code == 400, answer.text
    found = answer.json()
    assert found["parameter"] == parameter
    return f"{found['detail']} {found.get('hint', '')}"


def identity(item: dict[str, Any]) -> str:
    return str(item["slug"] if "slug" in item else item["claim"]["fact"])


class TestPages:
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_any_way_through_a_list_meets_every_row_once(self, site: Site, data: st.DataObject) -> None:
        path = data.draw(st.sampled_from(sorted(LISTS)))
        sort = data.draw(st.sampled_from([None, *SORTS[path]]))
        asked = httpx.URL(path).copy_merge_params({} if sort is None else {"sort": sort})
        whole = site.client.get(asked.copy_merge_params({"limit": "1000"})).json()
        expected = [identity(item) for item in whole["items"]]
        assert len(expected) == len(set(expected)) == whole["total"] > 0
        found: list[str] = []
        cursor: dict[str, str] = {}
        while cursor is not None:
            size = str(data.draw(st.integers(max(1, whole["total"] // 6), 40)))
            answer = site.client.get(asked.copy_merge_params({"limit": size, **cursor}))
            page = answer.json()
            found += map(identity, page["items"])
            if page["next"] is None:
                assert "next" not in answer.links
                break
            following = httpx.URL(answer.links["next"]["url"])
            assert following.params["cursor"] == page["next"]
            assert following.params["limit"] == size
            cursor = {"cursor": page["next"]}
        assert found == expected

    def test_back_to_the_first_page_without_repeating_a_row(self, site: Site) -> None:
        whole = slugs(site.get("/api/entities", limit="1000"))
        address = "/api/entities?offset=11&limit=4"
        found = slugs(site.client.get(address))
        while "prev" in (links := site.client.get(address).links):
            address = links["prev"]["url"]
            page = slugs(site.client.get(address))
            found = page + found
        assert found == whole[:15]
        assert slugs(site.client.get(links["first"]["url"])) == whole[:4]

    def test_every_link_is_the_same_question(self, site: Site) -> None:
        answer = site.client.get("/api/entities?class=meeting&sort=-year&limit=2&fields=slug&lang=vi")
        again = site.client.get(answer.links["next"]["url"])
        assert len(slugs(again)) == 2
        assert set(again.json()["items"][0]) == {"slug"}

    def test_a_cursor_of_another_question(self, site: Site) -> None:
        cursor = site.get("/api/entities", limit="3").json()["next"]
        assert site.get("/api/entities", cursor=cursor, limit="9", fields="label").status_code == 200
        for path, parameters in (
            ("/api/entities", {"class": "meeting"}),
            ("/api/entities", {"sort": "-label"}),
            ("/api/entities", {"lang": "vi"}),
            ("/api/entities", {"q": "lsoe"}),
            ("/api/sources", {}),
            ("/api/places.geojson", {}),
        ):
            assert "another question" in problem(site.get(path, cursor=cursor, **parameters), "cursor")

    def test_a_cursor_of_another_release(self, site: Site) -> None:
        cursor = site.get("/api/entities", limit="3").json()["next"]
        content = json.loads(base64.urlsafe_b64decode(cursor + "=="))
        content[3], content[4] = "0" * 12, "2030.1.0"
        other = base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")
        said = problem(site.get("/api/entities", cursor=other, limit="3"), "cursor")
        assert "2030.1.0" in said
        assert "2031.5.0" in said

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(text=st.one_of(st.text(max_size=60), st.binary(max_size=60).map(lambda b: base64.b64encode(b).decode())))
    def test_what_is_no_cursor(self, site: Site, text: str) -> None:
        assert "not one of this server's" in problem(
            site.client.get("/api/entities", params={"cursor": text}), "cursor"
        )

    @pytest.mark.parametrize("content", ["[-1,0,0,0,0]", "[true,0,0,0,0]", "[" * 200, "{}", "[1]", "null", "1e999"])
    def test_json_that_is_no_cursor(self, site: Site, content: str) -> None:
        cursor = base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")
        problem(site.get("/api/entities", cursor=cursor), "cursor")

    def test_a_position_beyond_the_end_is_an_empty_page(self, site: Site) -> None:
        page = site.get("/api/sources", offset="5000").json()
        assert (page["items"], page["next"], page["total"]) == ([], None, 4)
        back = site.get("/api/sources", cursor=page["prev"]).json()
        assert len(back["items"]) == 4

    def test_no_items_only_counts(self, site: Site) -> None:
        page = site.get("/api/entities", limit="0", facets="class").json()
        assert (page["items"], page["next"]) == ([], None)
        assert page["facets"]["class"]

    def test_links_are_short_enough_for_a_proxy(self, site: Site) -> None:
        answer = site.get("/api/entities", q="a" * 5000)
        assert answer.status_code == 200
        assert "link" not in answer.headers

    def test_a_link_header_is_ascii(self) -> None:
        header = link_header("/api/entities", [("q", "Lò Gò"), ("offset", "3"), ("cursor", "x")], {"first": None})
        assert header == '</api/entities?q=L%C3%B2+G%C3%B2>; rel="first"'

    def test_positions_come_back(self) -> None:
        listed = List("a" * 64, "1", {"q": "x"})
        assert listed.page(listed.cursor(7), 0, 5) == (7, 12)
        assert listed.page(listed.cursor(7, backward=True), 0, 5) == (2, 7)
        assert listed.page(listed.cursor(3, backward=True), 0, 5) == (0, 3)


class TestFilters:
    def test_by_a_property(self, site: Site) -> None:
        assert "lsoe-12" in slugs(site.get("/api/entities", host="coralia"))
        assert slugs(site.get("/api/entities", host="coralia", ordinal="12")) == ["lsoe-12"]
        assert slugs(site.get("/api/entities", **{"held-in-country": "coralia", "class": "meeting", "ordinal": "12"}))

    def test_what_is_inferred_counts(self, site: Site) -> None:
        assert "port-azure" in slugs(site.get("/api/entities", country="coralia"))

    def test_one_of_several_values(self, site: Site) -> None:
        either = slugs(site.get("/api/entities", ordinal="11,12", series="lsoe-series"))
        assert sorted(either) == ["lsoe-11", "lsoe-12"]

    def test_several_classes(self, site: Site) -> None:
        both = slugs(site.get("/api/entities", **{"class": "city,province"}))
        assert {"port-azure", "east-atoll"} <= set(both)

    def test_a_retired_slug_means_the_present_one(self, site: Site) -> None:
        now = slugs(site.get("/api/entities", **{"held-back-to-back-with": "lsoe-12"}))
        assert now == slugs(site.get("/api/entities", **{"held-back-to-back-with": "lsoe-twelve"})) != []

    def test_by_time(self, site: Site) -> None:
        assert "lsoe-12" in slugs(site.get("/api/entities", year="2031", **{"class": "meeting"}))
        assert "lsoe-12" in slugs(site.get("/api/entities", **{"from": "2031-06", "until": "2031-06"}))
        assert "lsoe-12" not in slugs(site.get("/api/entities", **{"from": "2031-07"}))
        assert "lsoe-12" not in slugs(site.get("/api/entities", until="2031-06-27"))
        assert "lsoe-12" in slugs(site.get("/api/entities", starts="2031-06"))
        assert "lsoe-12" not in slugs(site.get("/api/entities", starts="2031-07"))

    def test_sources(self, site: Site) -> None:
        assert slugs(site.get("/api/sources", publisher="coral-times")) == ["coral-times-azure"]
        assert slugs(site.get("/api/sources", **{"source-kind": "news-article"})) == ["coral-times-azure"]
        assert "coral-times-azure" in slugs(site.get("/api/sources", published="2031"))
        assert "coral-times-azure" not in slugs(site.get("/api/sources", until="2031-06"))

    def test_facts(self, site: Site) -> None:
        def facts(**filters: str) -> list[dict[str, Any]]:
            answer = site.get("/api/entities/lsoe-12/facts", limit="1000", **filters)
            assert answer.status_code == 200, answer.text
            return list(answer.json()["items"])

        everything = facts()
        assert {each["property"]["key"] for each in facts(property="host,ordinal")} == {"host", "ordinal"}
        disputed = facts(status="disputed")
        assert disputed == [each for each in everything if each["claim"]["status"] == "disputed"]
        some = facts(source="coral-times-azure")
        assert 0 < len(some) < len(everything)
        assert all("coral-times-azure" in [s["slug"] for s in each["claim"]["sources"]] for each in some)

    def test_a_name_an_address_uses_otherwise(self, site: Site) -> None:
        assert "lsoe-12" in slugs(site.get("/api/entities", **{"asoen:format": "in-person"}))

    def test_a_word_in_the_format_is_no_filter(self, site: Site) -> None:
        assert site.get("/api/entities", format="in-person").json()["parameter"] == "format"

    @pytest.mark.parametrize(
        ("path", "name", "value", "hint"),
        [
            ("/api/entities", "hos", "coralia", "host"),
            ("/api/entities", "limt", "5", "limit"),
            ("/api/entities", "host", "coralla", "coralia"),
            ("/api/entities", "host", "", "empty"),
            ("/api/entities", "host", "coralia,", "empty"),
            ("/api/entities", "meeting-status", "hel", "held"),
            ("/api/entities", "year", "last year", "date"),
            ("/api/entities", "ordinal", "twelve", "not a number"),
            ("/api/entities", "starts", "2031-13", "month 13"),
            ("/api/entities", "from", "soon", "2031-05"),
            ("/api/entities", "label", "x", ""),
            ("/api/entities/lsoe-12/facts", "status", "acepted", "accepted"),
            ("/api/entities/lsoe-12/facts", "property", "hots", "host"),
            ("/api/entities/lsoe-12/facts", "source", "coral-times", "coral-times-azure"),
            ("/api/entities/lsoe-12/facts", "host", "coralia", ""),
            ("/api/sources", "published", "x", "date"),
            ("/api/sources", "host", "x", ""),
            ("/api/search?q=lsoe", "hos", "x", "host"),
        ],
    )
    def test_mistakes(self, site: Site, path: str, name: str, value: str, hint: str) -> None:
        assert hint in problem(site.client.get(httpx.URL(path).copy_merge_params({name: value})), name)

    def test_a_property_that_the_class_has_not(self, site: Site) -> None:
        said = problem(site.get("/api/entities", **{"class": "meeting", "country": "coralia"}), "country")
        assert "held-in-country" in said

    def test_every_property_that_can_filter_does(self, lagoon_release: Release) -> None:
        register = Register(lagoon_release.store(), lagoon_release.vocabulary, "vi")
        entities, sources = entity_aspects(register), source_aspects(register)
        names = filterable(lagoon_release.vocabulary)
        assert {"country", "theme", "year", "series", "meeting-status", "asoen:format"} <= set(names) <= set(entities)
        assert {"publisher", "source-kind", "language"} <= set(filterable(lagoon_release.vocabulary, SOURCE_CLASS))
        assert not {"label", "slug", "facts"} & set(filterable(lagoon_release.vocabulary, SOURCE_CLASS))
        assert not RESERVED & set(names)
        assert "publisher" in sources
        assert "publisher" not in entities


class TestOrder:
    def test_numbers_are_numbers_and_what_has_none_comes_last(self, site: Site) -> None:
        for sort in ("ordinal", "-ordinal"):
            listed = slugs(site.get("/api/entities", sort=sort, limit="1000", **{"class": "meeting"}))
            known = [slug for slug in listed if slug.startswith("lsoe-1")]
            assert known == sorted(known, reverse=sort.startswith("-"))
            assert listed.index("lsoe-11") < len(listed) - 1

    def test_dates(self, site: Site) -> None:
        answer = site.get("/api/sources", sort="-published", fields="published").json()
        dates = [item["published"] for item in answer["items"] if item["published"]]
        assert dates == sorted(dates, reverse=True)

    @pytest.mark.parametrize("sort", ["-", "labe", "label,,slug", "", "--label", "label;slug"])
    def test_no_such_order(self, site: Site, sort: str) -> None:
        problem(site.get("/api/entities", sort=sort), "sort")


class TestFacets:
    def test_they_count_all_pages(self, site: Site) -> None:
        page = site.get("/api/entities", facets="class,country", limit="1", lang="vi").json()
        counts = {each["value"]: each["count"] for each in page["facets"]["class"]}
        assert sum(counts.values()) == page["total"]
        assert counts["city"] == len(slugs(site.get("/api/entities", **{"class": "city"})))
        for each in page["facets"]["country"]:
            listed = site.get("/api/entities", country=each["value"], limit="0").json()
            assert listed["total"] == each["count"]
        assert "Cô-ra-li-a" in [each["label"] for each in page["facets"]["country"]]

    def test_they_count_what_is_filtered(self, site: Site) -> None:
        page = site.get("/api/entities", facets="meeting-status", series="lsoe-series").json()
        assert sum(each["count"] for each in page["facets"]["meeting-status"]) <= page["total"]

    def test_facts_and_sources(self, site: Site) -> None:
        facts = site.get("/api/entities/lsoe-12/facts", facets="status,source").json()
        assert sum(each["count"] for each in facts["facets"]["status"]) == facts["total"]
        sources = site.get("/api/sources", facets="publisher,source-kind").json()
        assert sources["facets"]["publisher"]

    @pytest.mark.parametrize("facets", ["", "clas", "label", "class,"])
    def test_no_such_facet(self, site: Site, facets: str) -> None:
        problem(site.get("/api/entities", facets=facets), "facets")


class TestFields:
    def test_only_what_is_asked_for(self, site: Site) -> None:
        assert set(site.get("/api/entities", fields="slug,labels").json()["items"][0]) == {"slug", "labels"}
        assert set(site.get("/api/sources", fields="title").json()["items"][0]) == {"title"}
        assert set(site.get("/api/entities/lsoe-12/facts", fields="value").json()["items"][0]) == {"value"}
        assert set(site.get("/api/search", q="lsoe", fields="matched").json()["items"][0]) == {"matched"}

    def test_no_such_field(self, site: Site) -> None:
        assert "label" in problem(site.get("/api/entities", fields="lable"), "fields")

    def test_what_is_mentioned_has_its_label(self, site: Site) -> None:
        entry = site.get("/api/entities", ordinal="12", lang="vi").json()["items"][0]
        assert entry["labels"]["en"] == "12th LSOE"
        assert entry["class_label"] == "hội nghị"
        source = site.get("/api/sources", publisher="coral-times", lang="vi").json()["items"][0]
        assert source["publishers"][0]["text"]
        assert source["kind"]["text"] == "tin, bài báo"


class TestSuggestions:
    def test_a_name_is_completed(self, site: Site) -> None:
        for beginning in ("co ra l", "Cô-ra", "CÔ RA LI"):
            items = site.get("/api/suggest", q=beginning, lang="vi").json()["items"]
            assert items[0]["slug"] == "coralia"
            assert items[0]["label"] == "Cô-ra-li-a"

    def test_of_a_class_and_so_many(self, site: Site) -> None:
        items = site.get("/api/suggest", q="l", limit="2", **{"class": "meeting"}).json()["items"]
        assert len(items) == 2
        assert {item["class_key"] for item in items} == {"meeting"}
        assert site.get("/api/suggest", q="l", **{"class": "meetin"}).status_code == 404

    def test_slips_are_left_to_the_search(self, site: Site) -> None:
        assert site.get("/api/suggest", q="corallia").json()["items"] == []
        assert site.get("/api/suggest").status_code == 400

    def test_what_was_perhaps_meant(self, site: Site) -> None:
        page = site.get("/api/search", q="corallia").json()
        assert "Coralia" in page["suggestions"]
        for name in page["suggestions"]:
            assert site.get("/api/search", q=name).json()["total"] > 0

    def test_nothing_is_suggested_where_enough_is_found(self, site: Site) -> None:
        assert site.get("/api/search", q="lsoe").json()["suggestions"] == []

    def test_few_hits_come_with_suggestions_that_are_other_things(self, site: Site) -> None:
        page = site.get("/api/search", q="lsoe 12").json()
        assert page["items"][0]["slug"] == "lsoe-12"
        assert "12th LSOE" not in page["suggestions"]

    def test_filters_and_facets_of_hits(self, site: Site) -> None:
        page = site.get("/api/search", q="lsoe", facets="class", **{"class": "meeting"}).json()
        assert [each["value"] for each in page["facets"]["class"]] == ["meeting"]
        assert all(item["class_key"] == "meeting" for item in page["items"])
