"""Whether a picture still tells kinds and relations apart for the colour-blind, in grey print and on white paper.

Colour-blindness is simulated as Machado, Oliveira and Fernandes (2009) do it, for the whole lack of one kind of cone;
grey is relative luminance; differences are distances in CIELAB (1976), of which about 2.3 can just be noticed.
"""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from tests.network import samples

from asoen_graph.network.model import Kind, Network, Relation
from asoen_graph.network.picture.palette import (
    COMMON_KINDS,
    COMMON_RELATIONS,
    DASHES,
    LINE_COLOURS,
    kind_styles,
    line_styles,
    rgb,
)
from asoen_graph.network.picture.strokes import FAINTEST

Linear = tuple[float, ...]

SIGHTS = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
    "grey print": ((0.2126, 0.7152, 0.0722),) * 3,
}


def linear(colour: str) -> Linear:
    parts = [each / 255 for each in rgb(colour)]
    return tuple(each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)


def luminance(light: Linear) -> float:
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]


def seen(colour: str, sight: str) -> Linear:
    light = linear(colour)
    rows = SIGHTS[sight]
    return tuple(min(1.0, max(0.0, sum(a * b for a, b in zip(row, light, strict=True)))) for row in rows)


def lab(light: Linear) -> tuple[float, float, float]:
    red, green, blue = light
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (each ** (1 / 3) if each > 0.008856 else 7.787 * each + 16 / 116 for each in (x, luminance(light), z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def difference(one: str, other: str, sight: str) -> float:
    return math.dist(lab(seen(one, sight)), lab(seen(other, sight)))


def contrast_on_white(colour: str, opacity: float) -> float:
    parts = [round(each * opacity + 255 * (1 - opacity)) for each in rgb(colour)]
    return 1.05 / (luminance(linear("#" + "".join(f"{each:02x}" for each in parts))) + 0.05)


@pytest.mark.parametrize("sight", SIGHTS)
def test_kinds_of_the_same_shape_differ_in_colour(sight: str) -> None:
    nodes = tuple(samples.node(key, kind=Kind(key, key)) for key in COMMON_KINDS)
    styles = kind_styles(Network(nodes, ()))
    for one, other in combinations(styles.values(), 2):
        assert one.shape != other.shape or difference(one.colour, other.colour, sight) > 6.5


@pytest.mark.parametrize("sight", SIGHTS)
def test_relations_of_the_same_dashes_differ_in_colour(sight: str) -> None:
    a, b = samples.node("a"), samples.node("b")
    keys = COMMON_RELATIONS[1 : 2 * len(DASHES)]
    styles = line_styles(Network((a, b), tuple(samples.edge(a, b, Relation(key, key)) for key in keys)))
    for one, other in combinations(styles.values(), 2):
        assert one.dashes != other.dashes or difference(one.colour, other.colour, sight) > 15


@pytest.mark.parametrize("colour", LINE_COLOURS)
def test_the_faintest_line_stands_out_from_the_paper(colour: str) -> None:
    assert contrast_on_white(colour, FAINTEST) >= 3
