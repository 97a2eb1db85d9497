"""Snapshots of one network at several dates, set side by side."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.network.test_svg import SVG, groups, words

from asoen_graph.cli.main import main
from asoen_graph.errors import NetworkError
from asoen_graph.network.asking import Wanted, ask, ask_series
from asoen_graph.network.formats import FORMATS, write
from asoen_graph.network.model import Network
from asoen_graph.network.period import Period
from asoen_graph.network.series import MOST_SNAPSHOTS, every, file_name, read_dates
from asoen_graph.queries.catalogue import read_query
from asoen_graph.release import Release
from asoen_graph.resources import queries_folder
from asoen_graph.store.embedded import EmbeddedStore

DATES = ("2031-05", "2031-06", "2031-07")


@pytest.fixture(scope="module")
def store(lagoon_release: Release) -> EmbeddedStore:
    return EmbeddedStore(lagoon_release.store())


@pytest.fixture(scope="module")
def series(lagoon_release: Release, store: EmbeddedStore) -> Callable[..., list[Network]]:
    def build(name: str, *dates: str, **options: object) -> list[Network]:
        query = read_query(queries_folder() / "networks" / f"{name}.rq")
        return ask_series(store, lagoon_release.vocabulary, query, Wanted(series=dates, **options))  # type: ignore[arg-type]

    return build


def frames(root: ElementTree.Element) -> dict[str, str]:
    """Where each node stands: the markup of its frame, and where the drawing begins."""
    drawing = next((each.get("transform", "") for each in root.iter(f"{SVG}g") if groups(each, "node")), "")
    return {
        group.get("data-id", ""): drawing + ElementTree.tostring(rect, "unicode")
        for group in groups(root, "node")
        if (rect := group.find(f"{SVG}rect")) is not None
    }


def legend(root: ElementTree.Element) -> str:
    return words(root).partition("Kinds")[2].partition(" links.")[0].rpartition(" nodes")[0].rstrip("0123456789")


@pytest.mark.parametrize("name", ["partners-met-together", "who-works-with-whom", "reporting-lines"])
def test_snapshots_have_the_same_positions_page_and_legend(series: Callable[..., list[Network]], name: str) -> None:
    roots = [ElementTree.fromstring(write(each, "svg")) for each in series(name, *DATES, "2040")]
    everywhere: dict[str, set[str]] = {}
    for root in roots:
        for node, frame in frames(root).items():
            everywhere.setdefault(node, set()).add(frame)
    assert everywhere
    assert all(len(found) == 1 for found in everywhere.values())
    assert len({root.get("width") for root in roots}) == 1
    assert len({legend(root) for root in roots}) == 1


def test_the_same_weight_is_as_wide_in_every_snapshot(series: Callable[..., list[Network]]) -> None:
    widths: dict[str, set[str]] = {}
    for network in series("partners-met-together", "2031", "2031-06"):
        for group in groups(ElementTree.fromstring(write(network, "svg")), "edge"):
            path = group.find(f"{SVG}path")
            assert path is not None
            widths.setdefault(group.get("data-weight", ""), set()).add(path.get("stroke-width", ""))
    assert {weight: len(found) for weight, found in widths.items()} == {"1": 1, "2": 1}


def test_each_snapshot_is_the_network_at_its_date(
    series: Callable[..., list[Network]], lagoon_release: Release, store: EmbeddedStore
) -> None:
    query = read_query(queries_folder() / "networks" / "partners-met-together.rq")
    for date, network in zip(DATES, series("partners-met-together", *DATES), strict=True):
        alone = ask(store, lagoon_release.vocabulary, query, Wanted(at=date))
        assert (network.nodes, network.edges, network.notes) == (alone.nodes, alone.edges, alone.notes)
        assert network.period == Period(date, date)


def test_one_snapshot_of_a_series_is_asked_for_by_its_date(
    series: Callable[..., list[Network]], lagoon_release: Release, store: EmbeddedStore
) -> None:
    query = read_query(queries_folder() / "networks" / "partners-met-together.rq")
    asked = ask(store, lagoon_release.vocabulary, query, Wanted(series=DATES, at="2031-06"))
    assert write(asked, "svg") == write(series("partners-met-together", *DATES)[1], "svg")
    for options, message in (
        ({"at": "2019"}, "one date of its series"),
        ({}, "one date of its series"),
        ({"at": "2031-06", "since": "2030"}, "has its own dates"),
        ({"compare": ("2019", "2020")}, "cannot come with it"),
    ):
        with pytest.raises(NetworkError) as caught:
            ask(store, lagoon_release.vocabulary, query, Wanted(series=DATES, **options))  # type: ignore[arg-type]
        assert message in caught.value.message


def test_the_strongest_of_a_series_are_those_of_the_whole(series: Callable[..., list[Network]]) -> None:
    snapshots = series("partners-met-together", "2031-06", "2031-07", top=3)
    assert {node.id for each in snapshots for node in each.nodes} == {"coralia", "mangrovia", "northland"}
    assert all(each.notes[-1].startswith("Only 3 of 4 nodes") for each in snapshots)


@pytest.mark.parametrize("format_", FORMATS)
def test_a_series_without_any_link_is_as_many_files(series: Callable[..., list[Network]], format_: str) -> None:
    snapshots = series("partners-met-together", "1990", "1995")
    assert [each.notes for each in snapshots] == [("No link falls in this period.",)] * 2
    assert all(write(each, format_) for each in snapshots)


def test_dates_of_a_series() -> None:
    assert read_dates("2009, 2014,2015..2019") == ("2009", "2014", "2015..2019")
    assert every(5, "1990", "2004") == ("1990", "1995", "2000")
    assert every(5, "1990", "1990") == ("1990",)
    assert file_name("a/out-{date}.svg", "2009..2014") == "a/out-2009-2014.svg"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: read_dates(","), "needs dates"),
        (lambda: read_dates("2009,never"), "'never' is not a date"),
        (lambda: read_dates("2009,2014,2009"), "2009 and 2009, which are the same days"),
        (lambda: read_dates(",".join(str(2000 + n) for n in range(MOST_SNAPSHOTS + 1))), "61 snapshots"),
        (lambda: every(1, "1900", "2000"), "101 snapshots"),
        (lambda: every(5, "1990", None), "needs a start and an end"),
        (lambda: every(5, "2000", "1990"), "before it starts"),
        (lambda: every(5, "1990-05", "2000"), "1990-05 is more than a year"),
        (lambda: every(5, "nineteen", "2000"), "'nineteen' is not a date"),
        (lambda: file_name("out.svg", "2009"), "out.svg is one name"),
    ],
)
def test_dates_that_make_no_series_are_refused(call: Callable[[], object], message: str) -> None:
    with pytest.raises(NetworkError) as caught:
        call()
    assert message in caught.value.message
    assert caught.value.hint


class TestCommand:
    @pytest.fixture(autouse=True)
    def _release(self, lagoon_release: Release, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("ASOEN_RELEASE", str(lagoon_release.folder))
        monkeypatch.chdir(tmp_path)

    def test_there_is_a_file_for_each_date(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["network", "partners-met-together", "--series", "2030,2031..2032", "-o", "out-{date}.svg"]) == 0
        assert sorted(path.name for path in tmp_path.iterdir()) == ["out-2030.svg", "out-2031-2032.svg"]
        assert "2030: No link falls in this period." in capsys.readouterr().err

    def test_a_series_in_even_steps(self, tmp_path: Path) -> None:
        words_ = ["--every", "5", "--from", "2021", "--until", "2031", "-o", "{date}.gexf"]
        assert main(["network", "reporting-lines", *words_]) == 0
        assert sorted(path.name for path in tmp_path.iterdir()) == ["2021.gexf", "2026.gexf", "2031.gexf"]

    def test_a_comparison_and_a_projection_are_files_too(self, tmp_path: Path) -> None:
        assert main(["network", "partners-met-together", "--compare", "2031-06", "2031-07", "-o", "a.svg"]) == 0
        assert re.search("June 2031 compared with July 2031", (tmp_path / "a.svg").read_text(encoding="utf-8"))
        query = "SELECT ?source ?target { ?source asoen:participatedIn ?target }"
        assert main(["network", "-e", query, "--project", "source", "--weighting", "newman", "-o", "b.csv"]) == 0
        assert len((tmp_path / "b.csv").read_text(encoding="utf-8").splitlines()) == 7

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            (["--series", "2019,2020", "-o", "a.svg"], "Write {date} where the date belongs"),
            (["--series", "2019,2020"], "Write {date} where the date belongs"),
            (["--series", "2019,2020", "--every", "5", "-o", "{date}.svg"], "not both"),
            (["--series", "2019,2020", "--at", "2019", "-o", "{date}.svg"], "Leave out --at"),
            (["--series", "2019,2020", "--compare", "2019", "2020", "-o", "{date}.svg"], "dates of its own"),
            (["--every", "5", "-o", "{date}.svg"], "needs a start and an end"),
            (["--compare", "2019", "2019", "-o", "a.svg"], "the same days"),
            (["--project", "source", "-o", "a.svg"], "no two-mode network"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_written(
        self, options: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["network", "partners-met-together", *options]) == 2
        assert message in capsys.readouterr().err
        assert list(tmp_path.iterdir()) == []
