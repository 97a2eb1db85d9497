"""Marks whose size shows a number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from tests.network import samples

from asoen_graph.errors import UnknownName
from asoen_graph.network.formats import svg
from asoen_graph.network.measures.of_nodes import OF_NODES
from asoen_graph.network.model import Network
from asoen_graph.network.picture.sizes import USUAL, Sizes

Project = Callable[..., Network]
SVG = "{http://www.w3.org/2000/svg}"


def with_numbers(*numbers: float | str | None) -> Network:
    nodes = tuple(
        replace(samples.node(f"n{rank}"), attributes={} if number is None else {"budget": number})
        for rank, number in enumerate(numbers)
    )
    return Network(nodes, (), size_by="budget", size_label="budget in million")


def radii(network: Network) -> list[float]:
    sizes = Sizes.of(network)
    return [sizes.radius(node) for node in network.nodes]


def test_areas_are_in_proportion_to_the_numbers() -> None:
    small, middle, large = radii(with_numbers(4, 16, 64))
    assert middle / small == pytest.approx(2, abs=0.05)
    assert large / middle == pytest.approx(2, abs=0.05)


def test_numbers_below_zero_are_measured_from_the_least() -> None:
    least, zero, greatest = radii(with_numbers(-10, 0, 10))
    assert least < zero < greatest


def test_without_numbers_all_marks_are_alike() -> None:
    network = with_numbers(1, 2)
    assert set(radii(replace(network, size_by=""))) == {USUAL}
    assert set(radii(with_numbers(None, "many", float("nan")))) == {USUAL}


def test_all_zero_and_one_node_are_drawn() -> None:
    assert len(set(radii(with_numbers(0, 0)))) == 1
    assert svg.write(with_numbers(0))


def test_what_is_not_known_is_hollow_and_the_legend_says_so() -> None:
    root = ElementTree.fromstring(svg.write(with_numbers(2, None, 8)))
    marks = {group.get("data-id"): group.find(f"{SVG}circle") for group in root.iter(f"{SVG}g") if group.get("data-id")}
    assert [marks[name].get("fill") == "#FFFFFF" for name in ("n0", "n1", "n2")] == [False, True, False]  # type: ignore[union-attr]
    said = " ".join(text.text or "" for text in root.iter(f"{SVG}text"))
    assert "Mark size 2 5 8 budget in million not known" in said


def test_strength_is_there_for_every_network(project: Project) -> None:
    network = samples.sized(project("partners-met-together", language="vi"), "strength")
    assert {node.iri: node.attributes["strength"] for node in network.nodes} == network.strengths()
    written = svg.write(network).decode()
    assert "Cỡ ký hiệu" in written
    assert OF_NODES["strength"].label("vi") in written


def test_an_unknown_attribute_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="'strenght'") as caught:
        samples.sized(samples.mixed(), "strenght")
    assert "strength" in caught.value.hint


def test_an_empty_network_has_no_sizes() -> None:
    assert svg.write(samples.sized(Network((), ()), "strength"))
