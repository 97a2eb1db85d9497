"""The quality report: its numbers counted by hand or by other means, its page read as a browser would."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import fields, is_dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.golden import check_golden

from asoen_graph.build.keeping import pack
from asoen_graph.build.pipeline import build_release
from asoen_graph.cli.main import main
from asoen_graph.errors import ParameterError
from asoen_graph.release import Release
from asoen_graph.report import previous_release, quality_report
from asoen_graph.report.model import QualityReport
from asoen_graph.report.numbers import spans
from asoen_graph.report.page import write_json, write_page
from asoen_graph.report.readme import BEGIN, END, fill_in
from asoen_graph.report.support import is_address
from asoen_graph.resources import RELEASES_VARIABLE, checkout, ontology_folder

HERE = Path(__file__).parent
LANGUAGES = ("en", "vi")
CLOSED = ("meta", "rect", "br")
NO_ADDRESSES = (
    "",
    "example.org",
    "https://",
    "https://.",
    "https://localhost/x",
    "ftp://example.org",
    "https://a.b/ c",
    "https://a b.c",
    "https://[x",
    "https://example.org/<id>",
    "see https://example.org",
    "unverified",
)
MORE = """\
- about: lsoe-11
  at: whole-document
  series: lsoe-series
- about: lsoe-13
  at: page 20
  starts: {value: 2032-07, status: disputed}
- about: lsoe-12
  at: page 21
  jointly-with: [reef-fund-page, blue-school-flyer]
  agenda-item: {en: State of the reefs}
"""
"""A statement with two sources, a fact without a place, an open conflict, and a jointly attributed fact.

What the last one states another document states too: that makes two facts, and one document that states it for sure.
"""


@pytest.fixture(scope="module")
def report(lagoon_release: Release) -> QualityReport:
    return quality_report(lagoon_release, None)


@pytest.fixture(scope="module")
def flawed(lagoon: Path, tmp_path_factory: pytest.TempPathFactory) -> QualityReport:
    """The report of a world with more flaws."""
    root = Path(shutil.copytree(lagoon, tmp_path_factory.mktemp("flawed") / "lagoon"))
    path = root / "data/sources/coral-times-azure.yaml"
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n" + MORE, encoding="utf-8")
    register = root / "data/entities/city.yaml"
    register.write_text(re.sub(r", vi: [^}]+", "", register.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    build_release(root, root.parent / "release", "2031.6.0", cache=None, progress=lambda _: None)
    return quality_report(Release.open(root.parent / "release"), None)


def test_to_the_letter(report: QualityReport) -> None:
    """The whole report but what the ontology decides: labels, inference, and properties nothing has."""
    found = json.loads(write_json(report))
    for name in ("hash", "sources"):
        found.pop(name)
    for name in ("triples", "quads", "inferred"):
        found["totals"].pop(name)
    found["classes"] = {
        each["key"]: {
            "entities": each["entities"],
            "facts": each["facts"],
            "properties": {p["property"]: [p["entities"], p["share"]] for p in each["properties"] if p["facts"]},
        }
        for each in found["classes"]
    }
    check_golden(HERE / "golden" / "report.json", json.dumps(found, ensure_ascii=False, indent=1) + "\n")


def test_shares_are_those_a_query_counts(report: QualityReport, lagoon_release: Release) -> None:
    for each in report.classes:
        for row in each.properties:
            term = lagoon_release.vocabulary.properties[row.property].iri
            class_iri = lagoon_release.vocabulary.classes[each.key].iri
            (found,) = lagoon_release.store().query(
                f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ GRAPH <https://w3id.org/asoen/graph/register> "
                f"{{ ?s a <{class_iri}> }} ?s <{term}> ?o }}"
            )
            assert row.entities == int(found["n"].value)
            assert row.share == round(row.entities / each.entities, 4)


def test_statements_with_two_sources_are_those_a_query_counts(flawed: QualityReport, report: QualityReport) -> None:
    assert flawed.evidence.with_two_sources == report.evidence.with_two_sources + 1
    assert flawed.evidence.statements == report.evidence.statements
    assert flawed.evidence.facts_with_two_sources >= report.evidence.facts_with_two_sources + 2
    for each in (flawed.evidence, report.evidence):
        assert each.with_one_source + each.with_two_sources == each.statements


def test_jointly_attributed_facts_make_no_second_source(flawed: QualityReport, report: QualityReport) -> None:
    assert (report.evidence.jointly_attributed, flawed.evidence.jointly_attributed) == (0, 1)
    assert flawed.evidence.facts == report.evidence.facts + 2
    for slug in ("coral-times-azure", "reef-fund-page", "blue-school-flyer"):
        cited = [next(each.facts for each in found.sources if each.source == slug) for found in (report, flawed)]
        assert cited[1] - cited[0] == (3 if slug == "coral-times-azure" else 1)


def test_facts_without_a_place(flawed: QualityReport, report: QualityReport) -> None:
    assert flawed.evidence.whole_document == report.evidence.whole_document + 1


def test_open_conflicts(flawed: QualityReport, report: QualityReport) -> None:
    new = {(each.entity, each.property) for each in flawed.conflicts} - {
        (c.entity, c.property) for c in report.conflicts
    }
    assert new == {("lsoe-13", "starts")}
    (found,) = (each for each in flawed.conflicts if each.entity == "lsoe-13")
    assert ("2032-07", "disputed") in [(value.value["en"], value.status) for value in found.values]
    # A claim that is disputed in one document and accepted from another is no open conflict.
    assert not any(each.entity == "participation-lsoe-12-northland" for each in report.conflicts)


def test_missing_labels(flawed: QualityReport, report: QualityReport) -> None:
    assert not report.missing_labels
    (found,) = flawed.missing_labels
    assert (found.key, found.language, found.missing, found.of) == ("city", "vi", 1, 1)


def test_missing_numbers(report: QualityReport) -> None:
    (found,) = (each for each in report.series if each.series == "lsoe-series")
    assert (found.present, found.highest, found.missing, found.spans) == (3, 13, tuple(range(1, 11)), "1–10")


def test_no_fact_without_a_source_and_no_wrong_address(report: QualityReport) -> None:
    assert report.evidence.without_source == ()
    assert report.addresses.checked > 0
    assert report.addresses.wrong == ()


@pytest.mark.parametrize("text", ["https://example.org/a", "http://example.org", "https://xn--vit-nam-8va.vn/ž?q=1#a"])
def test_addresses(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize("text", NO_ADDRESSES)
def test_what_is_no_address(text: str) -> None:
    assert not is_address(text)


@given(st.sets(st.integers(1, 60)))
def test_spans_say_the_numbers(numbers: set[int]) -> None:
    text = spans(sorted(numbers))
    said: set[int] = set()
    for span in filter(None, text.split(", ")):
        first, _, last = span.partition("–")
        said |= set(range(int(first), int(last or first) + 1))
    assert said == numbers


def test_what_changed_since_the_last_kept_release(
    lagoon_release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lagoon: Path
) -> None:
    monkeypatch.setenv(RELEASES_VARIABLE, str(tmp_path / "releases"))
    assert previous_release(lagoon_release) is None
    pack(lagoon_release, tmp_path / "releases" / "2031.5.0")
    assert previous_release(lagoon_release) is None, "a release is not compared with itself"
    root = Path(shutil.copytree(lagoon, tmp_path / "lagoon"))
    path = root / "data/sources/coral-times-azure.yaml"
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n" + MORE, encoding="utf-8")
    build_release(root, tmp_path / "new", "2031.6.0", cache=None, progress=lambda _: None)
    new = Release.open(tmp_path / "new")
    previous = previous_release(new)
    assert previous is not None
    changes = quality_report(new, previous).changes
    assert changes is not None
    assert (changes.since, changes.facts_added, changes.facts_removed, changes.entities_touched) == (
        "2031.5.0",
        3,
        0,
        3,
    )


class Page(HTMLParser):
    """What a browser would fetch, where links lead, and whether elements are closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.language = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        if tag == "html":
            self.language = given["lang"]
        self.fetched += [given[name] for name in ("src", "srcset", "data", "poster", "action") if name in given]
        self.fetched += [tag] if tag in ("link", "script", "iframe", "object", "img", "form") else []
        self.links += [given["href"]] if "href" in given else []
        self.ids += [given["id"]] if "id" in given else []
        self.headings += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []
        if tag not in CLOSED:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in CLOSED:
            assert self.open.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_stands_alone(language: str, flawed: QualityReport) -> None:
    text = write_page(flawed, language, other="report.xx.html").decode()
    page = Page(text)
    assert page.language == language
    assert page.fetched == []
    assert page.open == []
    assert "url(" not in text
    assert "@import" not in text
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert all(new - old <= 1 for old, new in zip(page.headings, page.headings[1:], strict=False))
    assert page.headings.count(1) == 1
    assert text == write_page(flawed, language, other="report.xx.html").decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_the_data_say(language: str, flawed: QualityReport) -> None:
    text = write_page(flawed, language).decode()
    assert "1–10" in text
    assert flawed.conflicts[0].label[language] in text
    assert flawed.classes[0].label[language] in text
    comma = "." if language == "en" else ","
    share = (flawed.evidence.share_with_one_source or 0) * 100
    assert f"{share:.1f} %".replace(".", comma) in text


def test_colours_of_text_have_the_contrast_of_wcag_aa(report: QualityReport) -> None:
    style = write_page(report, "en").decode().partition("</style>")[0]
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", style))
    for name in ("ink", "soft", "link", "bad"):
        assert contrast(colours[name], "#ffffff") >= 4.5, name
    assert contrast(colours["part"], colours["rail"]) >= 3


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_key_is_explained() -> None:
    page = (checkout() / "docs" / "report.md").read_text(encoding="utf-8")
    for name in keys_of(QualityReport):
        assert f"`{name}`" in page, f"docs/report.md does not explain {name}"


def keys_of(kind: Any) -> set[str]:
    if not is_dataclass(kind):
        return {name for part in get_args(kind) for name in keys_of(part)}
    hints = get_type_hints(kind)
    return {each.name for each in fields(kind)} | {n for each in fields(kind) for n in keys_of(hints[each.name])}


def test_the_command_writes_the_same_twice(
    lagoon_release: Release, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one", "two"):
        assert main(["report", "--release", str(lagoon_release.folder), "-o", str(tmp_path / name)]) == 0
    assert "0 facts without a source, 0 wrong addresses" in capsys.readouterr().out
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two
    assert set(one) == {"report.json", "report.en.html", "report.vi.html"}


def test_the_block_in_a_page_is_rewritten(lagoon_release: Release, report: QualityReport, tmp_path: Path) -> None:
    page = tmp_path / "README.md"
    page.write_text(f"# A\n\n{BEGIN}\n12 facts\n{END}\n\n| facts | 12 |\n", encoding="utf-8")
    assert main(["report", "--release", str(lagoon_release.folder), "--readme", str(page)]) == 0
    written = page.read_text(encoding="utf-8")
    assert "| facts | 170 (164 accepted, " in written
    assert written.startswith("# A\n")
    assert written.endswith(f"{END}\n\n| facts | 12 |\n")
    assert fill_in(written, report) == written
    with pytest.raises(ParameterError, match="no block"):
        fill_in("# A\n", report)


def test_the_words_on_the_page_for_statuses_are_those_of_the_ontology(lagoon_release: Release) -> None:
    words = json.loads((ontology_folder().parent / "src/asoen_graph/report/words.json").read_text(encoding="utf-8"))
    statuses = lagoon_release.vocabulary.values_of("https://w3id.org/asoen/ontology#FactStatus")
    for key, status in statuses.items():
        assert words[key] == {language: status.label(language) for language in LANGUAGES}
