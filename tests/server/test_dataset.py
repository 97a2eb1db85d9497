"""``asoen serve --dataset``: a server over any RDF files."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
import rdflib

from asoen_graph.cli.main import main
from asoen_graph.errors import ReleaseError
from asoen_graph.server.datafiles import DataFile
from asoen_graph.server.edition import edition_of
from asoen_graph.server.holdings import holding_of
from asoen_graph.server.library import FileLibrary
from asoen_graph.server.settings import Settings

from .conftest import LIMITS, running

HEATH = "https://example.org/heath"
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")

FILES = {
    "a.ttl": "<https://example.org/a> <https://example.org/p> 1 .",
    "b.nt": '<https://example.org/b> <https://example.org/p> "2" .\n',
    "c.rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="https://example.org/">'
    '<rdf:Description rdf:about="https://example.org/c"><e:p>3</e:p></rdf:Description></rdf:RDF>',
    "d.jsonld": '{"@id": "https://example.org/d", "https://example.org/p": "4"}',
    "e.nq": '<https://example.org/e> <https://example.org/p> "5" <https://example.org/quads> .\n',
    "f.trig": '<https://example.org/trig> { <https://example.org/f> <https://example.org/p> "6" }',
    "heath.ttl": "<> <p> <heath#a> .",
    "empty.ttl": "# nothing yet\n",
}
NAMED = {"heath.ttl": HEATH, "empty.ttl": "https://example.org/empty"}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[DataFile, ...]:
    folder = tmp_path_factory.mktemp("files")
    for name, content in FILES.items():
        (folder / name).write_text(content, encoding="utf-8")
    return tuple(DataFile(str(folder / name), NAMED.get(name)) for name in FILES)


@pytest.fixture(scope="module")
def client(files: tuple[DataFile, ...]) -> Iterator[httpx.Client]:
    with running(Settings(workers=1, limits=replace(LIMITS, rows=7), dataset=files)) as site:
        yield site.client


def test_the_default_graph_may_be_the_union(files: tuple[DataFile, ...]) -> None:
    with running(Settings(workers=1, limits=LIMITS, dataset=files, union=True)) as site:
        client = site.client
        query = "SELECT ?s {} {{ ?s <https://example.org/p> ?o }}"
        everything = [f"https://example.org/{name}" for name in "abcdef"]
        assert [row for row in rows(client, query.format("")) if "heath" not in row] == everything
        assert rows(client, query.format("FROM <https://example.org/quads>")) == ["https://example.org/e"]
        given = {"default-graph-uri": "https://example.org/trig"}
        assert rows(client, query.format(""), **given) == ["https://example.org/f"]


def test_hosts_on_the_list_are_asked_unless_they_are_private(files: tuple[DataFile, ...]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0)
        host = f"127.0.0.1:{listening.getsockname()[1]}"
        settings = Settings(workers=1, limits=LIMITS, dataset=files, outside=(host, "nobody.invalid"))
        with running(settings) as site:
            client = site.client
            for query, status, said in (
                (f"SELECT * {{ SERVICE SILENT <http://{host}/> {{ ?s ?p ?o }} }}", 403, "private network"),
                (f"SELECT * FROM <http://{host}/g> {{ ?s ?p ?o }}", 403, "private network"),
                ("SELECT * { SERVICE <http://nobody.invalid/> { ?s ?p ?o } }", 502, "Line 1, column 20"),
                ("SELECT * { SERVICE <http://elsewhere.invalid/> { ?s ?p ?o } }", 403, "not on a host"),
            ):
                answer = client.get("/sparql", params={"query": query})
                assert (answer.status_code, said in answer.json()["detail"]) == (status, True), answer.text
            silent = "SELECT * { SERVICE SILENT <http://nobody.invalid/> { ?s ?p ?o } }"
            answer = client.get("/sparql", params={"query": silent, "format": "json"})
            assert answer.json()["results"]["bindings"] == [{}]
            assert answer.headers["cache-control"] == "no-store"
            assert "etag" not in answer.headers
        with pytest.raises(BlockingIOError):
            listening.accept()


def rows(client: httpx.Client, query: str, **parameters: str) -> list[str]:
    answer = client.get("/sparql", params={"query": query, "format": "csv", **parameters})
    assert answer.status_code == 200, answer.text
    return sorted(answer.text.split()[1:])


def test_every_form_of_rdf_is_read(client: httpx.Client) -> None:
    found = rows(client, "SELECT ?s { { ?s <https://example.org/p> ?o } UNION { GRAPH ?g { ?s ?p ?o } } }")
    assert found == [*(f"https://example.org/{letter}" for letter in "abcdef"), HEATH]


def test_a_file_with_a_name_is_a_graph_and_its_relative_iris_count_from_it(client: httpx.Client) -> None:
    assert rows(client, f"SELECT ?o {{ GRAPH <{HEATH}> {{ <{HEATH}> <https://example.org/p> ?o }} }}") == [f"{HEATH}#a"]
    assert rows(client, "SELECT ?o { ?s ?p ?o }", **{"default-graph-uri": HEATH}) == [f"{HEATH}#a"]
    assert rows(client, "BASE <https://example.org/> SELECT ?o FROM <heath> { ?s ?p ?o }") == [f"{HEATH}#a"]


def test_whole_graphs(client: httpx.Client) -> None:
    default = client.get("/data?default", headers={"Accept": "application/n-triples"})
    assert len(default.text.splitlines()) == 4
    whole = client.get("/data", headers={"Accept": "application/n-quads"})
    assert len(whole.text.splitlines()) == 7
    assert whole.text.splitlines() == sorted(whole.text.splitlines())
    assert client.get("/data", params={"graph": "https://example.org/empty"}).status_code == 200
    problem = client.get("/data", params={"graph": HEATH + "s"}).json()
    assert (problem["status"], problem["nearest"][0]) == (404, HEATH)


def test_the_service_description_names_the_graphs(client: httpx.Client) -> None:
    described = rdflib.Graph().parse(data=client.get("/sparql").text, format="turtle")
    assert {str(name) for name in described.objects(None, SD.name)} == {
        *NAMED.values(),
        "https://example.org/quads",
        "https://example.org/trig",
    }


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("path", ["/", "/sparql"])
def test_a_page_for_people(client: httpx.Client, path: str, language: str) -> None:
    answer = client.get(path, params={"lang": language}, headers={"Accept": "text/html"})
    assert answer.headers["content-language"] == language
    assert ("Named graphs", "Đồ thị có tên")[language == "vi"] in answer.text
    assert HEATH in answer.text
    # These data are whoever's: nothing is said of their licence or release.
    assert "CC BY" not in answer.text
    assert "asoen-release" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        *("/id/asoen-34", "/id/asoen-34.ttl", "/fact/x", "/source/x", "/ontology", "/ontology.ttl", "/api/entities"),
        *("/api/queries/meetings", "/api/networks/together.svg", "/.well-known/void", "/report", "/report.json"),
        *(
            "/releases",
            "/releases/2026.11.0/sparql",
            "/changes",
            "/changes.atom",
            "/changes/a..b",
            "/timemap/id/asoen-34",
        ),
        *("/context.jsonld", "/dataset", "/graph/facts"),
    ],
)
def test_what_only_a_release_has(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert "answers from RDF files" in answer.json()["detail"]


def test_what_no_server_has(client: httpx.Client) -> None:
    assert client.get("/nowhere").json()["detail"] == "There is nothing at this address"


def test_the_server_about_itself(client: httpx.Client) -> None:
    assert client.get("/health").json() == {"status": "ok"}
    assert client.get("/ready").json() == {"status": "ready", "release": None}
    assert client.get("/docs").status_code == 200
    document = client.get("/openapi.json").json()
    assert {"/sparql", "/data"} <= document["paths"].keys() <= {"/sparql", "/data", "/health", "/ready", "/metrics"}
    assert "license" not in document["info"]


def test_the_functions_that_search(client: httpx.Client) -> None:
    assert client.get("/sparql", params={"query": 'ASK { FILTER(search:matches("Lò Gò – Xa Mát", "xa mat")) }'}).json()[
        "boolean"
    ]
    assert rows(client, 'SELECT ?s { ?s ?p 1 BIND(search:score(?s, "a") AS ?score) FILTER(!BOUND(?score)) }') == [
        "https://example.org/a"
    ]


def test_limits_and_refusals_hold(client: httpx.Client) -> None:
    pairs = "SELECT * { ?a ?p ?b . ?c ?q ?d }"
    assert client.get("/sparql", params={"query": pairs}).json()["limit"] == "rows"
    refused = client.get("/sparql", params={"query": "SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }"})
    assert refused.status_code == 403
    assert client.post("/sparql", data={"update": "CLEAR ALL"}).status_code == 403


def test_a_validator_for_every_answer(client: httpx.Client) -> None:
    first = client.get("/sparql", params={"query": "ASK {}"})
    again = client.get("/sparql", params={"query": "ASK {}"}, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304


def test_what_was_asked_has_a_hash_and_nothing_to_cite(client: httpx.Client) -> None:
    for path in ("/sparql?query=ASK%7B%7D", "/data?default", "/"):
        for _ in range(2):
            answer = client.get(path)
            assert len(answer.headers["asoen-query"]) == 32
            assert not {"asoen-citation", "link", "last-modified"} & set(answer.headers)


def test_validators_follow_the_files(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(FILES["a.ttl"])
    editions = {holding_of(Settings(dataset=(DataFile(str(path), graph),))).edition() for graph in (None, HEATH)}
    path.write_text(FILES["a.ttl"] + "\n")
    editions.add(holding_of(Settings(dataset=(DataFile(str(path)),))).edition())
    assert len(editions | {edition_of(b"")}) == 4


def test_workers_that_are_not_forked(files: tuple[DataFile, ...]) -> None:
    with running(Settings(workers=1, dataset=files, fork=False)) as site:
        assert rows(site.client, "SELECT ?s { ?s ?p 1 }") == ["https://example.org/a"]


def test_how_a_file_is_named(tmp_path: Path) -> None:
    assert DataFile.parse("a=b.ttl") == DataFile("a=b.ttl")
    assert DataFile.parse("a=b.ttl=urn:x:1?y=2") == DataFile("a=b.ttl", "urn:x:1?y=2")
    assert DataFile.parse("x.ttl=https://example.org/?a=https://example.org/b").path.startswith("x.ttl")
    odd = tmp_path / "a=urn:b.ttl"
    odd.write_text("")
    assert DataFile.parse(str(odd)) == DataFile(str(odd))


@pytest.mark.parametrize(
    ("name", "graph", "content", "told"),
    [
        ("a.txt", None, "", "does not tell which form"),
        ("a.nq", HEATH, "", "names its graphs itself"),
        ("gone.ttl", None, None, "There is no file"),
        ("a.ttl", None, "<a", "a.ttl cannot be read"),
        ("a.ttl", None, "<a> <b> <c> .", "Relative IRIs need a base"),
        ("a.ttl", "https://example.org/%", "", "is no IRI"),
    ],
)
def test_files_that_cannot_be_served(
    tmp_path: Path, name: str, graph: str | None, content: str | None, told: str
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)
    with pytest.raises(ReleaseError) as caught:
        FileLibrary.open([DataFile(str(tmp_path / name), graph)])
    assert told in str(caught.value)


def test_as_it_is_typed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("<https://example.org/a> <https://example.org/p> .\n")
    assert main(["serve", "--port", "0", "--dataset", str(broken)]) == 4
    assert "broken.ttl cannot be read: Parser error at line 1" in capfd.readouterr().err
    assert main(["serve", "--port", "0", "--dataset", str(tmp_path / "gone.ttl")]) == 4
    assert "There is no file" in capfd.readouterr().err
    with pytest.raises(SystemExit):
        main(["serve", "--release", "x", "--dataset", str(broken)])
