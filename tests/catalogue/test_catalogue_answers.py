"""Every query of the catalogue over a small invented world, to the letter: the form people get, labels and sources too.

``cases.yaml`` gives the parameters, for the defaults name what that world does not have. A query without a golden file
fails; ``GOLDEN=write`` writes the files anew, to be read by hand.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from tests.golden import check_golden

from asoen_graph.answers.rendering import render
from asoen_graph.build.pipeline import build_release
from asoen_graph.iris import FACT
from asoen_graph.queries.parameters import bind_values
from asoen_graph.release import Release
from asoen_graph.store.embedded import EmbeddedStore

from .cases import CASES, CATALOGUE, NAMES, OPTIONAL

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"
DELTA = HERE.parent / "worlds" / "delta"


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


def rows_of(name: str, values: dict[str, str], store: EmbeddedStore) -> list[dict[str, str]]:
    query = CATALOGUE[name]
    content = render(store.query(bind_values(query.text, query.parameters, values, store)), "csv", store, "en")
    rows = csv.DictReader(in_order(content.decode()).splitlines())
    return [{column: cell for column, cell in row.items() if cell and column != "sources"} for row in rows]


@pytest.mark.parametrize(("name", "parameter"), OPTIONAL)
def test_asking_for_one_thing_gives_its_rows_and_no_others(name: str, parameter: str, store: EmbeddedStore) -> None:
    everything = rows_of(name, CASES.get(name, {}), store)
    for value in sorted({row[parameter] for row in everything if parameter in row}):
        asked = rows_of(name, CASES.get(name, {}) | {parameter: value.rsplit("/", 1)[1]}, store)
        assert asked == [row for row in everything if row.get(parameter) == value]


def test_there_is_nothing_for_a_query_that_is_not_there() -> None:
    assert set(CASES) <= set(NAMES)
    assert {path.stem for path in GOLDEN.glob("*.csv")} == set(NAMES)
