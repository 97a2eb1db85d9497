"""The colours of a picture on dark paper: hues stay, light and dark change places, so that contrasts stay as well."""

from __future__ import annotations

import colorsys
from collections.abc import Iterable
from typing import Final

_GREY: Final = 0.3
"""Colours less saturated than this are ink, paper and the shades between."""
_DARKEST, _LIGHTEST = 0.12, 0.92
_LEAST: Final = 0.6
"""The least lightness of a hue, which leaves it three times as bright as the paper (WCAG 2.2, 1.4.11)."""


def dark_style(colours: Iterable[str]) -> str:
    """CSS rules that give elements with these fills and strokes (``#0072B2``) their colours on dark paper."""
    rules = (
        f' svg [{part}="{colour}"] {{ {part}: {dark(colour)}; }}'
        for colour in sorted(set(colours))
        for part in ("fill", "stroke")
    )
    return "\n".join(("@media screen and (prefers-color-scheme: dark) {", *rules, "}"))


def dark(colour: str) -> str:
    """The colour (``#RRGGBB``) as it is on dark paper: white becomes the paper, black nearly white."""
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    if saturation < _GREY or lightness in (0.0, 1.0):
        lightness = _LIGHTEST - (_LIGHTEST - _DARKEST) * lightness
    else:
        lightness = max(lightness, 1 - lightness, _LEAST)
    return "#" + "".join(f"{round(255 * part):02X}" for part in colorsys.hls_to_rgb(hue, lightness, saturation))
