"""Every query of the catalogue over a small invented world, to the letter: the form people get, labels and sources too.

``cases.yaml`` gives the parameters, for the defaults name what that world does not have. A query without a golden file
fails; ``GOLDEN=write`` writes the files anew, to be read by hand.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
import yaml
from tests.golden import check_golden

from asoen_graph.answers.rendering import render
from asoen_graph.build.pipeline import build_release
from asoen_graph.iris import FACT
from asoen_graph.queries.catalogue import Catalogue
from asoen_graph.queries.parameters import bind_values
from asoen_graph.release import Release
from asoen_graph.resources import queries_folder
from asoen_graph.store.embedded import EmbeddedStore

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"
DELTA = HERE.parent / "worlds" / "delta"
CATALOGUE = Catalogue.read(queries_folder())
NAMES = sorted(CATALOGUE)
# Without implicit types: a year stays the text that somebody would type.
CASES: dict[str, dict[str, str]] = yaml.load((HERE / "cases.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedStore:
    folder = tmp_path_factory.mktemp("delta") / "release"
    build_release(DELTA, folder, "2041.9.0", cache=None, progress=lambda _: None)
    return EmbeddedStore(Release.open(folder).store())


def in_order(content: str) -> str:
    """The text with the facts of each cell sorted: an engine may join them in any order."""
    return re.sub(rf"{FACT}\w+( +{FACT}\w+)+", lambda found: " ".join(sorted(found[0].split())), content)


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_in_the_invented_world(name: str, store: EmbeddedStore) -> None:
    query = CATALOGUE[name]
    answer = store.query(bind_values(query.text, query.parameters, CASES.get(name, {}), store))
    headings = {column: texts["en"] for column, texts in query.columns.items()}
    content = in_order(render(answer, "csv", store, "en", headings=headings).decode().replace("\r\n", "\n"))
    check_golden(GOLDEN / f"{name}.csv", content)
    assert len(list(csv.reader(content.splitlines()))) > 1, f"{name} has no rows in the invented world"


def test_there_is_nothing_for_a_query_that_is_not_there() -> None:
    assert set(CASES) <= set(NAMES)
    assert {path.stem for path in GOLDEN.glob("*.csv")} == set(NAMES)
