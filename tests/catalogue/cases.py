"""The queries of the catalogue, and what each is asked over the invented world ``delta``."""

from __future__ import annotations

from pathlib import Path

import yaml

from asoen_graph.queries.catalogue import Catalogue
from asoen_graph.resources import queries_folder

CATALOGUE = Catalogue.read(queries_folder())
NAMES = sorted(CATALOGUE)
# Without implicit types: a year stays the text that somebody would type.
CASES: dict[str, dict[str, str]] = yaml.load(
    Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"), yaml.BaseLoader
)
OPTIONAL = [
    (name, parameter)
    for name in NAMES
    for parameter, said in CATALOGUE[name].parameters.items()
    if said.optional and said.type == "entity" and parameter in CATALOGUE[name].columns and name != "things-about-theme"
]
"""Queries with a parameter that picks one of the things in a column."""
