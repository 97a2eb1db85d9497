"""Two dates of one network: what appeared, vanished, grew stronger or weaker."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.network import samples
from tests.network.test_svg import SVG, groups, words

from asoen_graph.errors import NetworkError
from asoen_graph.network.asking import Wanted, ask
from asoen_graph.network.comparison import compare
from asoen_graph.network.formats import write
from asoen_graph.network.model import CHANGES, Change, Network
from asoen_graph.network.period import Comparison, Period, Spell
from asoen_graph.network.picture.changes import STYLES
from asoen_graph.queries.catalogue import read_query
from asoen_graph.release import Release
from asoen_graph.resources import queries_folder
from asoen_graph.store.embedded import EmbeddedStore

YEARS = Comparison.of("2010", "2020")
A, B, C, D = (samples.node(name) for name in ("amber", "basalt", "chalk", "dolomite"))


def net(*edges: tuple[object, ...], **options: object) -> Network:
    made = tuple(samples.edge(*each) for each in edges)  # type: ignore[arg-type]
    ends = {iri for edge in made for iri in (edge.source, edge.target)}
    nodes = tuple(node for node in (A, B, C, D) if node.iri in ends)
    return Network(nodes, made, **{"name": "two", "title": "Two dates", "directed": False, **options})  # type: ignore[arg-type]


BEFORE = net((A, B, samples.FUNDS, 2, 1), (A, C, samples.FUNDS, 1, 2), (A, B, samples.HOSTS, 3, 3))
AFTER = net((B, A, samples.FUNDS, 5, 4), (A, B, samples.HOSTS, 1, 3), (B, D, None, 1, 5), release="invented 1")
BOTH = compare(BEFORE, AFTER, YEARS)


def changes(network: Network) -> dict[tuple[str, str, str], Change | None]:
    return {
        (network.by_iri[e.source].id, network.by_iri[e.target].id, e.relation.key if e.relation else ""): e.change
        for e in network.edges
    }


@pytest.fixture(scope="module")
def wanted(lagoon_release: Release) -> Callable[..., Network]:
    store = EmbeddedStore(lagoon_release.store())

    def build(name: str, **options: object) -> Network:
        query = read_query(queries_folder() / "networks" / f"{name}.rq")
        return ask(store, lagoon_release.vocabulary, query, Wanted(**options))  # type: ignore[arg-type]

    return build


def test_each_link_says_what_became_of_it() -> None:
    assert changes(BOTH) == {
        ("amber", "basalt", "funds"): ("strengthened", 2, 5),
        ("amber", "basalt", "hosts"): ("weakened", 3, 1),
        ("amber", "chalk", "funds"): ("vanished", 1, 0),
        ("basalt", "dolomite", ""): ("appeared", 0, 1),
    }
    assert [edge.weight for edge in BOTH.edges] == [5, 3, 1, 1]


def test_each_node_says_what_became_of_its_strength() -> None:
    assert {node.id: node.change for node in BOTH.nodes} == {
        "amber": ("unchanged", 6, 6),
        "basalt": ("strengthened", 5, 7),
        "chalk": ("vanished", 1, 0),
        "dolomite": ("appeared", 0, 1),
    }


def test_a_link_that_lasted_rests_on_the_sources_of_both_dates() -> None:
    funds = next(edge for edge in BOTH.edges if edge.relation == samples.FUNDS)
    assert [citation.locator for citation in funds.citations] == ["paragraph 1", "paragraph 4"]
    assert set(funds.facts) == {citation.fact for citation in funds.citations}


def test_a_directed_link_that_was_turned_round_is_another() -> None:
    before, after = (replace(each, directed=True) for each in (BEFORE, AFTER))
    found = changes(compare(before, after, YEARS))
    assert found["amber", "basalt", "funds"] == ("vanished", 2, 0)
    assert found["basalt", "amber", "funds"] == ("appeared", 0, 5)


def test_how_many_changed_is_a_note() -> None:
    assert BOTH.notes == (
        "Links: 1 appeared, 1 vanished, 1 strengthened, 1 weakened.",
        "Nodes: 1 appeared, 1 vanished, 1 strengthened, 1 unchanged.",
    )
    vietnamese = compare(*(replace(each, language="vi") for each in (BEFORE, AFTER)), YEARS)
    assert vietnamese.notes[0] == "Đường nối: 1 mới xuất hiện, 1 không còn, 1 mạnh lên, 1 yếu đi."


def test_spans_that_are_not_equally_long_are_said_to_be() -> None:
    uneven = compare(BEFORE, AFTER, Comparison.of("2009..2015", "2020"))
    assert uneven.notes[-1] == "The two periods are not equally long, so a longer one may count more."
    assert Comparison.of("2010", "2012").is_even  # A leap year is a day longer.
    assert not Comparison.of("..2010", "..2020").is_even


def test_a_date_without_links_is_said_and_everything_appeared() -> None:
    found = compare(replace(BEFORE, nodes=(), edges=()), AFTER, YEARS)
    assert found.notes[0] == "No link falls in 2010."
    assert {edge.change.name for edge in found.edges if edge.change} == {"appeared"}
    gone = compare(BEFORE, replace(AFTER, nodes=(), edges=()), YEARS)
    assert gone.notes[0] == "No link falls in 2020."


@pytest.mark.parametrize("format_", ["svg", "json", "graphml", "gexf", "csv", "dot"])
def test_two_dates_without_links_are_a_file_with_notes(format_: str) -> None:
    empty = replace(BEFORE, nodes=(), edges=())
    found = compare(empty, empty, YEARS)
    assert found.notes == ("No link falls in 2010.", "No link falls in 2020.")
    written = write(found, format_)
    assert format_ in ("csv", "dot") or b"No link falls in 2010." in written


links = st.lists(
    st.tuples(
        st.sampled_from((A, B, C, D)),
        st.sampled_from((A, B, C, D)),
        st.sampled_from((None, samples.FUNDS)),
        st.integers(0, 3),
    ),
    unique_by=lambda each: (frozenset((each[0].iri, each[1].iri)), each[2]),
)


@given(links, links, st.booleans())
def test_both_networks_can_be_told_from_the_comparison(
    before: list[tuple[object, ...]], after: list[tuple[object, ...]], directed: bool
) -> None:
    old, new = (net(*edges, directed=directed) for edges in (before, after))
    both = compare(old, new, YEARS)
    for network, absent, place in ((old, "appeared", 1), (new, "vanished", 2)):
        kept = [edge for edge in both.edges if edge.change and edge.change.name != absent]
        told = {(both.ends(edge), edge.relation, edge.change[place]) for edge in kept if edge.change}
        assert told == {(network.ends(edge), edge.relation, edge.weight) for edge in network.edges}
        nodes = {node.iri: node.change[place] for node in both.nodes if node.change and node.change.name != absent}
        assert nodes == network.strengths()
    assert compare(old, new, YEARS) == compare(replace(old, edges=old.edges[::-1]), new, YEARS)


def test_files_carry_change_and_both_weights() -> None:
    graph = networkx.parse_graphml(write(BOTH, "graphml").decode(), force_multigraph=True)
    vanished = graph.get_edge_data("amber", "chalk")["e2"]
    assert (vanished["change"], vanished["weight_before"], vanished["weight_after"]) == ("vanished", 1.0, 0.0)
    assert graph.nodes["basalt"]["change"] == "strengthened"
    assert graph.nodes["basalt"]["strength_after"] == 7.0
    assert (graph.graph["earlier"], graph.graph["later"]) == ("2010", "2020")
    gexf = networkx.read_gexf(io.BytesIO(write(BOTH, "gexf")))
    assert {data["change"] for _, _, data in gexf.edges(data=True)} == set(CHANGES) - {"unchanged"}
    rows = list(csv.DictReader(io.StringIO(write(BOTH, "csv").decode())))
    assert [(row["change"], row["weight_before"], row["weight_after"]) for row in rows][:2] == [
        ("strengthened", "2.0", "5.0"),
        ("weakened", "3.0", "1.0"),
    ]
    document = json.loads(write(BOTH, "json"))
    assert document["edges"][3]["change"] == "appeared"


def test_a_network_at_one_date_has_no_columns_of_change() -> None:
    assert b"weight_before" not in write(BEFORE, "csv")
    assert b"change" not in write(BEFORE, "graphml")


def test_the_picture_shows_each_change_by_colour_dashes_and_sign() -> None:
    root = ElementTree.fromstring(write(BOTH, "svg"))
    drawn = {group.get("data-change"): group.find(f"{SVG}path") for group in groups(root, "edge")}
    assert set(drawn) == set(CHANGES) - {"unchanged"}
    looks = {(path.get("stroke"), path.get("stroke-dasharray")) for path in drawn.values() if path is not None}
    assert len(looks) == 4
    signs = [each for each in root.iter(f"{SVG}g") if [child.tag for child in each] == [f"{SVG}circle", f"{SVG}path"]]
    # One on each link, four in the legend beside its lines and two for nodes, and one on each node that came or went.
    assert len(signs) == 4 + 4 + 2 + 2
    for word in ("2010 compared with 2020", "Changes", "appeared", "vanished", "strengthened", "weakened"):
        assert word in words(root)


def test_no_two_changes_look_alike_in_grey_or_in_colour() -> None:
    assert len({style.dashes for name, style in STYLES.items() if name != "unchanged"}) == 4
    assert len({style.colour for style in STYLES.values()}) == 5


def test_the_long_description_says_what_changed() -> None:
    description = ElementTree.fromstring(write(BOTH, "svg"))[1].text or ""
    assert "2010 compared with 2020." in description
    assert "Amber – Basalt. Funds: 2 → 5, strengthened" in description
    assert "Amber – Chalk. Funds: 1 → 0, vanished" in description
    vietnamese = compare(*(replace(each, language="vi") for each in (BEFORE, AFTER)), YEARS)
    told = ElementTree.fromstring(write(vietnamese, "svg"))[1].text or ""
    assert "2010 so với 2020." in told
    assert "2 → 5, mạnh lên" in told


def test_partners_of_two_months(wanted: Callable[..., Network]) -> None:
    network = wanted("partners-met-together", compare=("2031-06", "2031-07"))
    assert changes(network) == {
        ("coralia", "mangrovia", ""): ("unchanged", 1, 1),
        ("coralia", "northland", ""): ("vanished", 1, 0),
        ("coralia", "palmyria", ""): ("unchanged", 1, 1),
        ("mangrovia", "northland", ""): ("vanished", 1, 0),
        ("mangrovia", "palmyria", ""): ("unchanged", 1, 1),
        ("northland", "palmyria", ""): ("vanished", 1, 0),
    }
    assert all(edge.facts and edge.citations for edge in network.edges)


def test_the_strongest_of_a_comparison_keep_its_notes(wanted: Callable[..., Network]) -> None:
    network = wanted("partners-met-together", compare=("2031-06", "2031-07"), top=3)
    assert network.notes[0] == "Links: 2 vanished, 1 unchanged."
    assert network.notes[-1].startswith("Only 3 of 4 nodes")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"compare": ("2010", "2010")}, "the same days"),
        ({"compare": ("2010", "2010-01-01..2010-12-31")}, "the same days"),
        ({"compare": ("2020", "2010")}, "The second date (2010) is before the first (2020)"),
        ({"compare": ("2010", "soon")}, "'soon' is not a date"),
        ({"compare": ("2010", "2019-02-30")}, "no day 30 in February 2019"),
        ({"compare": ("2010", "..")}, "'..' is no period"),
        ({"compare": ("2010", "2020..2015")}, "ends (2015) before it starts (2020)"),
        ({"compare": ("2010", "2020"), "at": "2015"}, "dates of its own"),
        ({"compare": ("2010", "2020"), "until": "2015"}, "dates of its own"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    wanted: Callable[..., Network], options: dict[str, object], message: str
) -> None:
    with pytest.raises(NetworkError) as caught:
        wanted("partners-met-together", **options)
    assert message in caught.value.message
    assert caught.value.hint


def test_a_span_may_be_open() -> None:
    assert Period.read("..2015") == Period(None, "2015")
    assert Period.read("2009..") == Period("2009", None)
    assert [Period.read(word).word for word in ("2019-11", "..2015", "2009..2015")] == [
        "2019-11",
        "..2015",
        "2009..2015",
    ]
    assert Comparison.of("..2010", "..2020").later.covers(Spell("2015-01-01", "2015-01-01"))
