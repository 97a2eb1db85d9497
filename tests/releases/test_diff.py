"""What changed between two releases, as text and as a patch."""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse, serialize
from tests.golden import check_golden

from asoen_graph.build.writer import write_release
from asoen_graph.cli.main import main
from asoen_graph.diff import Comparisons, compare, rdf_patch, write_changes
from asoen_graph.diff.compare import changes_between
from asoen_graph.ledger import Ledger
from asoen_graph.release import Counts, Release

GOLDEN = Path(__file__).parent / "golden"
NOTHING = Counts(0, {}, 0, 0, {}, {}, 0, 0, 0, 0)
ROW = re.compile(r"(?:H \S+ .+|TX|TC|[AD] .+) \.")


def apply(patch: bytes, quads: set[Quad]) -> set[Quad]:
    """An RDF Patch applied as its specification says, each row checked for what it claims."""
    found = set(quads)
    for row in patch.decode().removesuffix("\n").split("\n"):
        assert ROW.fullmatch(row), row
        operation, _, rest = row.partition(" ")
        if operation in ("A", "D"):
            (quad,) = parse(rest, format=RdfFormat.N_QUADS, rename_blank_nodes=False)
            assert (quad in found) == (operation == "D")
            (found.add if operation == "A" else found.remove)(quad)
    return found


def quads_of(release: Release) -> set[Quad]:
    return set(parse(release.read("asoen.nq"), format=RdfFormat.N_QUADS, rename_blank_nodes=False))


def made_of(folder: Path, quads: set[Quad]) -> Release:
    lines = sorted((serialize(quads, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True))
    write_release(folder, {"asoen.nq": b"".join(lines)}, NOTHING, folder.name)
    return Release.open(folder)


nodes = st.sampled_from([NamedNode("https://example.org/a"), NamedNode("https://example.org/b"), BlankNode("c14n0")])
literals = st.builds(Literal, st.text(), language=st.sampled_from([None, "en", "vi"]))
graphs = st.sampled_from([DefaultGraph(), NamedNode("https://example.org/g")])
datasets = st.sets(
    st.builds(Quad, nodes, st.just(NamedNode("https://example.org/p")), st.one_of(nodes, literals), graphs), max_size=8
)


@settings(max_examples=150, deadline=None)
@given(old=datasets, new=datasets)
def test_a_patch_applied_to_the_old_gives_the_new(old: set[Quad], new: set[Quad]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        before, after = made_of(Path(folder) / "1", old), made_of(Path(folder) / "2", new)
        assert apply(rdf_patch(before, after), old) == new
        assert apply(rdf_patch(after, before), new) == old


def test_a_patch_between_releases(lagoon_release: Release, later_release: Release) -> None:
    patch = rdf_patch(lagoon_release, later_release)
    rows = patch.decode().splitlines()
    assert rows[0].startswith("H id <uuid:")
    assert rows[1:4] == ['H from "2031.5.0" .', 'H to "2031.6.0" .', "TX ."]
    assert rows[-1] == "TC ."
    assert patch == rdf_patch(lagoon_release, later_release)
    assert apply(patch, quads_of(lagoon_release)) == quads_of(later_release)


def test_another_reader_of_the_format_comes_to_the_new(lagoon_release: Release, later_release: Release) -> None:
    """rdflib's; blank nodes apart, which it names anew on loading."""
    dataset = dataset_of(lagoon_release)
    dataset.parse(data=rdf_patch(lagoon_release, later_release).decode(), format="patch")
    assert named(dataset) == named(dataset_of(later_release)) != named(dataset_of(lagoon_release))


def dataset_of(release: Release) -> rdflib.Dataset:
    dataset = rdflib.Dataset()
    dataset.parse(data=release.read("asoen.nq").decode(), format="nquads")
    return dataset


def named(dataset: rdflib.Dataset) -> set[tuple[object, ...]]:
    return {quad for quad in dataset.quads() if not any(isinstance(term, rdflib.BNode) for term in quad)}


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_text(language: str, lagoon_release: Release, later_release: Release) -> None:
    text = write_changes(compare(lagoon_release, later_release), language)
    # How much follows from a fact is the ontology's affair.
    text = re.sub(r"^(.*(?:default graph|đồ thị mặc định)): .*$", r"\1: …", text, flags=re.MULTILINE)
    check_golden(GOLDEN / f"changes.{language}.txt", text)


def test_there_and_back(lagoon_release: Release, later_release: Release) -> None:
    there = compare(lagoon_release, later_release).changes
    back = compare(later_release, lagoon_release).changes
    assert there.entities_added == back.entities_removed != ()
    assert [each.added for each in there.entities] == [each.removed for each in back.entities]
    assert [[(new, old) for old, new in each.revalued] for each in there.entities] == [
        list(each.revalued) for each in back.entities
    ]


def test_another_class(lagoon_release: Release) -> None:
    before, after = (Ledger(lagoon_release.store(), lagoon_release.vocabulary) for _ in range(2))
    after.entities["coralia"] = replace(after.entities["coralia"], class_key="organisation")
    (found,) = changes_between(before, after).entities
    assert (found.slug, found.reclassified) == ("coralia", ("member-state", "organisation"))
    comparison = replace(compare(lagoon_release, lagoon_release), new=after, changes=changes_between(before, after))
    assert "\n  ~ class: member state → organisation\n" in write_changes(comparison, "en")
    assert "\n  ~ lớp: " in write_changes(comparison, "vi")


def test_nothing(lagoon_release: Release) -> None:
    found = compare(lagoon_release, lagoon_release)
    assert found.changes.is_empty
    assert write_changes(found, "en").endswith("\nNothing changed.\n")


def test_the_command(kept: Path, later_release: Release, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "2031.5.0", str(later_release.folder), "--lang", "vi"]) == 0
    assert "Số lượng" in capfd.readouterr().out
    target = tmp_path / "changes.rdfp"
    assert main(["diff", "2031.5.0", str(later_release.folder), "-f", "rdf-patch", "-o", str(target)]) == 0
    assert target.read_bytes() == rdf_patch(Release.open(kept / "2031.5.0"), later_release)
    assert main(["diff", "2031.4.0", str(later_release.folder)]) == 4


def test_releases_are_compared_once(lagoon_release: Release, later_release: Release) -> None:
    comparisons = Comparisons(most=1)
    there = comparisons.between(lagoon_release, later_release)
    assert comparisons.between(Release.open(lagoon_release.folder), later_release) is there
    assert there.changes == compare(lagoon_release, later_release).changes
    assert comparisons.ledger(later_release) is there.new, "a release is read once for all comparisons"
    comparisons.between(later_release, lagoon_release)
    assert comparisons.between(lagoon_release, later_release) is not there, "only those asked for last are held"
