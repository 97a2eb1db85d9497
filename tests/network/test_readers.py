"""Every form of a file, opened by programs that are not ours, says what the network says."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.network import samples
from tests.network.conftest import NAMES
from tests.network.readers import READERS, Line, Reading, expected

from asoen_graph.network.formats import FORMATS, write
from asoen_graph.network.model import Edge, Kind, Network, Node, Relation
from asoen_graph.network.period import Spell

Project = Callable[..., Network]
PICTURES = ("svg", "pdf", "png", "html")
WITH_JAVASCRIPT = ("graphology", "mermaid")
"""Those that ``test_javascript_readers`` opens."""
CASES = [(format_, reader) for format_, readers in READERS.items() for reader in readers]
LABELS = {"pajek": "label", "ttl": "label"}
"""The forms in which a reader finds the label of a relation and not its key."""
SHORT_OF = {"pajek": ("dates", "facts", "sources")}

AWKWARD = (
    'A "quoted" name',
    "Fish & Chips <Ltd>",
    "two\nlines",
    "carriage\r\nreturn and\ttab",
    "  spaces around  ",
    "back\\slash \\N \\",
    "جمهورية إندونيسيا",
    "עברית and English",
    "ព្រះរាជាណាចក្រកម្ពុជា",
    "ပြည်ထောင်စု",
    "Lò Gò – Xa Mát",
    "'; DROP TABLE",
    "]]> <!-- -->",
    "=1+2",
    "🐢🏝️",
    "NUL \0, bell \a, escape \x1b, vertical \v tab",
    "half of a pair \ud83d",
    "not a character \ufffe",
    "line \u2028 separator, next\x85line",
    "% of $ # {} [] | ; :",
    "",
    " ",
    "very long " * 4000,
)
TEXTS = st.one_of(
    st.sampled_from(AWKWARD),
    st.text(max_size=40),
    st.text(st.characters(min_codepoint=0x1780, max_codepoint=0x17F9), max_size=20),
    st.text(st.characters(min_codepoint=0x0590, max_codepoint=0x06FF), max_size=20),
)


def comparable(reading: Reading) -> tuple[dict[str, str], list[Line]]:
    """Labels and lines; ends in order where direction does not count."""
    lines = reading.lines
    if reading.directed is not True:
        lines = [
            replace(each, source=min(each.source, each.target), target=max(each.source, each.target)) for each in lines
        ]
    return reading.labels, sorted(lines, key=str)


def test_every_form_that_is_no_picture_has_a_reader() -> None:
    assert {*FORMATS} - {*PICTURES} == {*READERS, *WITH_JAVASCRIPT}


@pytest.mark.parametrize(("format_", "reader"), CASES)
@pytest.mark.parametrize("name", [*NAMES, "mixed", "gaps", "star"])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_what_is_written_is_read(
    project: Project, name: str, language: str, format_: str, reader: Callable[[bytes], Reading]
) -> None:
    made = {"mixed": samples.mixed(language), "gaps": gaps(), "star": samples.star(5)}
    network = made[name] if name in made else project(name, language=language)
    found = reader(write(network, format_))
    wanted = expected(network, relation=LABELS.get(format_, "key"), without=SHORT_OF.get(format_, ()))
    if found.directed is None:
        wanted.directed = None
    if format_ == "nodes":
        wanted.lines = []
    if format_ == "pajek":
        wanted = named_by_label(network, wanted)
    if format_ == "ttl":
        # A set has no order, and facts are not sorted as their citations are.
        found.lines = [replace(each, sources=tuple(sorted({*each.sources}))) for each in found.lines]
        wanted.lines = [replace(each, sources=tuple(sorted({*each.sources}))) for each in wanted.lines]
    assert found.directed == wanted.directed
    assert comparable(found) == comparable(wanted)


def named_by_label(network: Network, wanted: Reading) -> Reading:
    named = [
        replace(
            each,
            source=wanted.labels[each.source],
            target=wanted.labels[each.target],
            relation=each.relation or network.weight_label or ("Trọng số" if network.language == "vi" else "Weight"),
        )
        for each in wanted.lines
    ]
    return Reading({label: label for label in wanted.labels.values()}, named, wanted.directed)


def gaps() -> Network:
    """An edge with two spells, one whose end is not known, one without a date, evidence or relation."""
    a, b, c = samples.node("a", "A"), samples.node("b", "B"), samples.node("c", "C")
    two = (Spell("2001-01-01", "2002-12-31"), Spell("2005-01-01", "2005-12-31"))
    dated = replace(samples.edge(a, b, samples.FUNDS, 2.5, 1), spells=two)
    open_ended = replace(samples.edge(b, c, samples.HOSTS, 1, 2), spells=(Spell("2010-05-01", None),))
    return Network((a, b, c), (dated, open_ended, Edge(a.iri, c.iri)))


@pytest.mark.parametrize(("format_", "reader"), CASES)
def test_an_empty_network_is_read_as_one(format_: str, reader: Callable[[bytes], Reading]) -> None:
    note = "The query found no links."
    content = write(Network((), (), title="Nobody", notes=(note,)), format_)
    found = reader(content)
    assert (found.labels, found.lines) == ({}, [])


@pytest.mark.parametrize(("format_", "reader"), CASES)
@settings(max_examples=60, deadline=None)
@given(texts=st.lists(TEXTS, min_size=4, max_size=4))
def test_any_text_survives(format_: str, reader: Callable[[bytes], Reading], texts: list[str]) -> None:
    label, relation, title, kind = texts
    a = Node(samples.node("a").iri, label, Kind("kind", kind), {"en": label})
    b = samples.node("b", "B")
    link = samples.edge(a, b, Relation(relation or "r", relation or "r"))
    found = reader(write(Network((a, b), (link,), title=title, description=title, notes=(title,)), format_))
    (shown,) = (text for text in found.labels.values() if text != "B") if label != "B" else ("B",)
    assert shown == kept(label, format_)
    if format_ != "nodes":
        (line,) = found.lines
        assert (line.relation or "") == kept(relation or "r", format_, "r")


def kept(text: str, format_: str, name: str = "a") -> str:
    """What a form can hold of a text."""
    if format_ == "pajek":
        controls = {chr(code) for code in (*range(32), *range(127, 160))}
        flat = " ".join("".join(" " if c in controls or c.isspace() else c for c in scalar(text)).split(" "))
        words = " ".join(flat.split()).replace('"', "'").replace("\\", "/")
        return words or (name if name == "a" else "")
    if format_ in ("graphml", "gexf"):
        return xml(text)
    if format_ == "xlsx":
        clean = xml(text).replace("\r\n", "\n").replace("\r", "\n")
        return clean if len(clean) <= 32767 else clean[:32766] + "…"
    if format_ == "dot":
        return scalar(text).replace("\0", "\ufffd").replace("\\", "\\\\")
    return scalar(text)


def scalar(text: str) -> str:
    """Halves of surrogate pairs cannot be written in UTF-8."""
    return "".join("\ufffd" if unicodedata.category(c) == "Cs" else c for c in text)


def xml(text: str) -> str:
    """What XML 1.0 can hold of a text."""
    allowed = "\t\n\r"
    return "".join(
        c if c in allowed or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c >= "\U00010000" else "\ufffd"
        for c in text
    )
