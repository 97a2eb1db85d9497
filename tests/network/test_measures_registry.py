"""What is said of measures: in both languages, with works that can be found, under names that collide with nothing."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from tests.network import samples

from asoen_graph.cli.main import main
from asoen_graph.errors import NetworkError, UnknownName
from asoen_graph.network.attributes import node_attributes
from asoen_graph.network.formats.gexf import _OWN_PLACE
from asoen_graph.network.measures import computing
from asoen_graph.network.measures.definition import Measure
from asoen_graph.network.measures.of_networks import OF_NETWORKS
from asoen_graph.network.measures.of_nodes import OF_NODES
from asoen_graph.network.measures.registry import find_measure, find_measures, find_quantity, split_names
from asoen_graph.release import Release

EVERY = [*OF_NODES.values(), *OF_NETWORKS.values()]
PAGE = Path(__file__).parents[2] / "docs" / "networks" / "measures.md"


@pytest.mark.parametrize("measure", EVERY, ids=lambda each: each.key)
def test_a_measure_is_defined_in_both_languages_with_a_work(measure: Measure) -> None:
    for language in ("en", "vi"):
        assert measure.labels[language]
        assert measure.definitions[language].endswith(".")
    assert measure.definitions["en"] != measure.definitions["vi"]
    assert measure.references
    for work in measure.references:
        assert re.fullmatch(r"10\.[0-9]{4,9}/\S+", work.doi)
        assert re.search(r"\([12][0-9]{3}\)", work.text)
        assert work.address in measure.explained("vi")


def test_each_measure_that_is_defined_is_computed() -> None:
    assert list(computing._OF_NODES) == list(OF_NODES)
    assert list(computing._OF_NETWORKS) == list(OF_NETWORKS)


def test_no_measure_takes_the_name_of_another_attribute() -> None:
    taken = {*node_attributes(samples.node("a")), *_OWN_PLACE, "id"}
    assert not taken & set(OF_NODES)
    assert not set(OF_NODES) & set(OF_NETWORKS)


def test_names_may_have_hyphens_and_come_once() -> None:
    assert [each.key for each in find_measures(["In-Degree", "core", "in_degree"])] == ["in_degree", "core"]
    assert split_names(" degree, core,") == ("degree", "core")
    assert [each.key for each in find_measures(["all"])] == list(OF_NODES)
    assert "in_degree" not in [each.key for each in find_measures(["all"], directed=False)]


def test_an_unknown_measure_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="Did you mean betweenness"):
        find_measure("betweeness")
    with pytest.raises(UnknownName, match="degree or in_degree"):
        find_measure("zzz")


def test_what_no_node_has_or_is_no_quantity_is_said() -> None:
    with pytest.raises(NetworkError, match="measure of the whole network"):
        find_measure("density")
    with pytest.raises(NetworkError, match="which group a node is in"):
        find_quantity("community")
    with pytest.raises(NetworkError, match="no direction, so there is no in_degree"):
        find_measures(["in_degree"], directed=False)


@pytest.mark.parametrize("measure", EVERY, ids=lambda each: each.key)
def test_the_page_says_what_the_program_says(measure: Measure) -> None:
    page = PAGE.read_text(encoding="utf-8")
    (line,) = (line for line in page.splitlines() if line.startswith(f"| `{measure.key}` |"))
    assert measure.definition("en") in line
    assert all(work.doi in line for work in measure.references)


COMMANDS = [
    line.removeprefix("$ asoen ") for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("$ ")
]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_commands_of_the_page_work(
    command: str, lagoon_release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASOEN_RELEASE", str(lagoon_release.folder))
    monkeypatch.chdir(tmp_path)
    words = shlex.split(command)
    assert main(words) == 0
    if "-o" in words:
        assert Path(words[-1]).stat().st_size > 0


def test_the_page_has_commands() -> None:
    assert len(COMMANDS) == 5
