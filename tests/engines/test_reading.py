"""Cards, documents, lists and search, the commands and the facade: the same from an endpoint as from the release."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode
from tests.engines.conftest import Pair

import asoen_graph
from asoen_graph.cli import main as command_line
from asoen_graph.entities import entity_card, entity_facts, list_entities, list_sources, source_card
from asoen_graph.errors import ElsewhereFailed, ParameterError, StoreError, UnknownName
from asoen_graph.iris import ENTITY, RDF, TERM
from asoen_graph.search import SearchIndex
from asoen_graph.store import Answer
from asoen_graph.store.loading import load_into_virtuoso, load_over_http
from asoen_graph.store.reading import RemoteQuads
from asoen_graph.store.remote import RemoteStore
from asoen_graph.vocabulary import Vocabulary

MOST_REQUESTS = 20
ALDER_MARSH = NamedNode(ENTITY + "alder-marsh")
RDF_TYPE, MEETING = NamedNode(RDF + "type"), NamedNode(TERM + "Meeting")


class Counting(RemoteQuads):
    """A reader that counts its requests."""

    requests = 0

    def _keep(self, *arguments: object) -> None:
        self.requests += 1
        super()._keep(*arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize("pattern", [(ALDER_MARSH, None, None), (None, RDF_TYPE, MEETING)])
def test_what_could_not_be_read_is_read_later(
    pattern: tuple[NamedNode | None, NamedNode | None, NamedNode | None], pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = RemoteQuads(pair.theirs)

    def fail(_: RemoteStore, text: str) -> Answer:
        raise ElsewhereFailed(text)

    with monkeypatch.context() as patched:
        patched.setattr(RemoteStore, "query", fail)
        with pytest.raises(ElsewhereFailed):
            reader.quads_for_pattern(*pattern)
    expected = set(pair.release.store().quads_for_pattern(*pattern))
    assert set(reader.quads_for_pattern(*pattern)) == expected != set()


def test_the_vocabulary(pair: Pair) -> None:
    ours, theirs = pair.release.vocabulary, Vocabulary.of_store(RemoteQuads(pair.theirs))
    assert (theirs.classes, theirs.properties, theirs.concepts) == (ours.classes, ours.properties, ours.concepts)
    assert (theirs.chains, theirs.characteristics) == (ours.chains, ours.characteristics)


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_card(language: str, pair: Pair) -> None:
    store, vocabulary = pair.release.store(), pair.release.vocabulary
    slugs = [entry.slug for entry in list_entities(store, vocabulary)]
    assert len(slugs) > 50
    # Virtuoso takes some tenths of a second for a card.
    for slug in slugs if (language, pair.engine) == ("en", "oxigraph") else slugs[::6]:
        reader = Counting(pair.theirs)
        assert entity_card(reader, vocabulary, slug, language) == entity_card(store, vocabulary, slug, language), slug
        assert reader.requests <= MOST_REQUESTS
        # What was read is not read again.
        before = reader.requests
        entity_card(reader, vocabulary, slug, language)
        assert reader.requests == before


def test_lists_documents_and_search(pair: Pair) -> None:
    store, vocabulary, reader = pair.release.store(), pair.release.vocabulary, RemoteQuads(pair.theirs)
    assert list_entities(reader, vocabulary, "meeting", "vi") == list_entities(store, vocabulary, "meeting", "vi")
    sources = list_sources(store, vocabulary)
    assert list_sources(reader, vocabulary) == sources
    for source in sources:
        assert source_card(reader, vocabulary, source.slug) == source_card(store, vocabulary, source.slug)
    ours, theirs = SearchIndex.of(store), SearchIndex.of(reader)
    assert theirs.entities == ours.entities
    assert theirs.find("delta", "vi", None) == ours.find("delta", "vi", None)
    slug = "delta-ministers-4"
    assert entity_facts(reader, vocabulary, slug) == entity_facts(store, vocabulary, slug)
    with pytest.raises(UnknownName) as caught:
        entity_card(reader, vocabulary, "delta-minister-4")
    assert "delta-ministers-4" in caught.value.nearest


COMMANDS = (
    ["query", "hosts", "-f", "csv", "--plain"],
    ["query", "-e", "ASK { id:alder-marsh a asoen:ProtectedArea }"],
    ["search", "delta"],
    ["source"],
    ["show", "alder-marsh", "-f", "json"],
    ["network", "reporting-lines", "-f", "csv"],
)


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_a_command(words: list[str], pair: Pair, capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for where in (["--release", str(pair.release.folder)], ["--endpoint", pair.theirs.url]):
        assert command_line.main([*words, *where]) == 0
        # Only a release knows the places in its curated files.
        lines = [line for line in capsys.readouterr().out.splitlines() if '"place":' not in line]
        said.append(sorted(" ".join(sorted(line.replace(",", " ").split())) for line in lines))
    assert said[0] == said[1]


def test_commands_say_what_is_wrong(pair: Pair, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["show", "coralia", "--engine", "virtuoso"]) == 2
    assert command_line.main(["query", "hosts", "--engine", "virtuoso"]) == 2
    assert command_line.main(["show", "coralia", "--endpoint", pair.theirs.url, "--engine", "virtuozo"]) == 2
    assert command_line.main(["load"]) == 2
    assert command_line.main(["load", "--virtuoso", "127.0.0.1:1"]) == 2
    said = capsys.readouterr().err
    assert said.count("--endpoint") == 2
    assert "virtuozo" in said
    assert "--through" in said


def test_the_facade(pair: Pair) -> None:
    ours, theirs = asoen_graph.load(pair.release.folder), asoen_graph.connect(pair.theirs.url)
    assert repr(theirs) == f"<Graph at {pair.theirs.url}>"
    assert theirs.entity("alder-marsh", "vi").label == ours.entity("alder-marsh", "vi").label
    assert theirs.entities("meeting") == ours.entities("meeting")
    assert theirs.sources() == ours.sources()
    assert theirs.search("delta") == ours.search("delta")
    assert sorted(theirs.network("reporting-lines").edges) == sorted(ours.network("reporting-lines").edges)
    assert len(theirs.query("meetings-of-series", series="delta-ministers-series")) == 4
    with pytest.raises(StoreError, match="not its files"):
        theirs.rdflib()
    with pytest.raises(ParameterError):
        asoen_graph.connect(pair.theirs.url, engine="virtuozo")


def test_a_release_that_cannot_be_loaded(pair: Pair, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be reached"):
        load_over_http(pair.release, "http://127.0.0.1:1/store")
    with pytest.raises(StoreError, match="not the address"):
        load_over_http(pair.release, "file:///tmp/store")
    if pair.engine == "oxigraph":
        with pytest.raises(StoreError, match="/store"):
            load_over_http(pair.release, pair.theirs.url)
    else:
        with pytest.raises(StoreError, match="does not take"):
            load_into_virtuoso(pair.release, "127.0.0.1:1", tmp_path, "dba", "dba")
        with pytest.raises(StoreError, match="cannot be written"):
            load_into_virtuoso(pair.release, "127.0.0.1:1", tmp_path / "none", "dba", "dba")
