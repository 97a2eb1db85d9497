"""One-mode projections, against networkx and by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from networkx.algorithms import bipartite
from tests.network import samples

from asoen_graph.errors import NetworkError, ParameterError
from asoen_graph.network import onemode
from asoen_graph.network.asking import Wanted, ask
from asoen_graph.network.formats import FORMATS, write
from asoen_graph.network.model import Network
from asoen_graph.network.onemode import SIDES, WEIGHTINGS, Wording, project
from asoen_graph.network.period import Spell
from asoen_graph.queries.catalogue import read_query
from asoen_graph.release import Release
from asoen_graph.resources import queries_folder
from asoen_graph.store.embedded import EmbeddedStore

WORDING = Wording("Who", "Meeting")
ATTENDED = "SELECT ?source ?target { ?source asoen:participatedIn ?target }"

memberships = st.sets(st.tuples(st.integers(0, 6), st.integers(0, 5)), min_size=1, max_size=25)


def attended(pairs: object, spells: dict[tuple[int, int], tuple[Spell, ...]] | None = None) -> Network:
    """Participants and meetings by number, each link with a fact of its own."""
    edges = []
    for number, (who, meeting) in enumerate(sorted(pairs)):  # type: ignore[call-overload]
        link = samples.edge(samples.node(f"p{who}"), samples.node(f"m{meeting}"), number=number)
        edges.append(replace(link, spells=(spells or {}).get((who, meeting), ())))
    iris = sorted({iri for edge in edges for iri in (edge.source, edge.target)})
    return Network(tuple(samples.node(iri.rpartition("/")[2]) for iri in iris), tuple(edges), name="attended")


def weights(network: Network) -> dict[tuple[str, str], float]:
    return {(network.by_iri[edge.source].id, network.by_iri[edge.target].id): edge.weight for edge in network.edges}


def judged(network: Network, kept: str, weighting: str) -> networkx.Graph:
    graph: networkx.Graph = networkx.Graph()
    graph.add_edges_from((network.by_iri[e.source].id, network.by_iri[e.target].id) for e in network.edges)
    nodes = {network.by_iri[getattr(edge, kept)].id for edge in network.edges}
    if weighting == "newman":
        return bipartite.collaboration_weighted_projected_graph(graph, nodes)
    if weighting == "jaccard":
        return bipartite.overlap_weighted_projected_graph(graph, nodes, jaccard=True)
    return bipartite.weighted_projected_graph(graph, nodes)


@pytest.mark.parametrize("weighting", WEIGHTINGS)
@pytest.mark.parametrize("kept", SIDES)
@given(pairs=memberships)
def test_without_dates_the_weights_are_those_of_networkx(
    kept: str, weighting: str, pairs: set[tuple[int, int]]
) -> None:
    network = attended(pairs)
    projected = project(network, kept, weighting, WORDING)
    judge = judged(network, kept, weighting)
    assert {node.id for node in projected.nodes} == set(judge.nodes)
    expected = {tuple(sorted(ends)): data["weight"] for *ends, data in judge.edges(data=True)}
    assert weights(projected) == pytest.approx(expected)
    assert not projected.directed


def test_the_three_weightings_by_hand() -> None:
    # Three met at the first meeting, two of them again at the second; the third went to one more alone.
    network = attended({(1, 1), (2, 1), (3, 1), (1, 2), (2, 2), (3, 3)})
    assert weights(project(network, "source", "count", WORDING)) == {("p1", "p2"): 2, ("p1", "p3"): 1, ("p2", "p3"): 1}
    assert weights(project(network, "source", "newman", WORDING)) == {
        ("p1", "p2"): 1.5,
        ("p1", "p3"): 0.5,
        ("p2", "p3"): 0.5,
    }
    assert weights(project(network, "source", "jaccard", WORDING)) == pytest.approx(
        {("p1", "p2"): 1.0, ("p1", "p3"): 1 / 3, ("p2", "p3"): 1 / 3}
    )


def test_two_are_joined_only_where_both_took_part_at_the_same_time() -> None:
    early, late, long = Spell("2001-01-01", "2003-12-31"), Spell("2008-01-01", None), Spell("2002-01-01", "2009-12-31")
    network = attended({(1, 1), (2, 1), (3, 1), (4, 1)}, {(1, 1): (early,), (2, 1): (late,), (3, 1): (early, late)})
    network = replace(network, edges=tuple(replace(e, spells=e.spells) for e in network.edges))
    projected = project(network, "source", "count", WORDING)
    found = {(projected.by_iri[e.source].id, projected.by_iri[e.target].id): e.spells for e in projected.edges}
    assert found == {
        ("p1", "p3"): (early,),
        ("p2", "p3"): (late,),
        # The fourth has no date and may have been there at any time.
        ("p1", "p4"): (early,),
        ("p2", "p4"): (late,),
        ("p3", "p4"): (early, late),
    }
    both = attended({(1, 1), (2, 1)}, {(1, 1): (early, late), (2, 1): (long,)})
    (edge,) = project(both, "source", "jaccard", WORDING).edges
    assert edge.spells == (Spell("2002-01-01", "2003-12-31"), Spell("2008-01-01", "2009-12-31"))
    assert edge.weight == 1.0


def test_what_is_shared_at_other_times_counts_among_what_either_has() -> None:
    early, late = Spell("2001-01-01", "2003-12-31"), Spell("2008-01-01", None)
    network = attended(
        {(1, 1), (2, 1), (1, 2), (2, 2)}, {(1, 1): (early,), (2, 1): (late,), (1, 2): (early,), (2, 2): (early,)}
    )
    (edge,) = project(network, "source", "jaccard", WORDING).edges
    assert edge.weight == 0.5


def test_an_edge_rests_on_the_facts_of_both_sides() -> None:
    network = attended({(1, 1), (2, 1), (3, 2), (1, 2)})
    joined = {(e.source, e.target): e for e in project(network, "source", "count", WORDING).edges}
    by_ends = {(e.source, e.target): e for e in network.edges}
    one, two, meeting = (samples.node(each).iri for each in ("p1", "p2", "m1"))
    expected = {*by_ends[one, meeting].facts, *by_ends[two, meeting].facts}
    assert set(joined[one, two].facts) == expected
    assert {citation.fact for citation in joined[one, two].citations} == expected


def test_links_side_by_side_are_one_membership() -> None:
    network = attended({(1, 1), (2, 1)})
    doubled = replace(network, edges=(*network.edges, replace(network.edges[0], relation=samples.HOSTS)))
    assert weights(project(doubled, "source", "count", WORDING)) == {("p1", "p2"): 1}


def test_who_shares_nothing_stays() -> None:
    network = project(attended({(1, 1), (2, 2)}), "source", "count", WORDING)
    assert [node.id for node in network.nodes] == ["p1", "p2"]
    assert network.edges == ()


def test_a_projection_says_what_it_is() -> None:
    network = replace(attended({(1, 1), (2, 1)}), description="Who attended what.", layout="layered")
    projected = project(network, "source", "newman", WORDING)
    assert projected.description.startswith("Who attended what. One-mode projection onto “Who”: two are joined")
    assert "doi:10.1103/PhysRevE.64.016132" in projected.description
    assert projected.weight_label == "in common (Meeting), each 1/(n − 1)"
    assert (projected.name, projected.layout) == ("attended-source", "spring")
    vietnamese = project(replace(network, language="vi"), "target", "jaccard", Wording("Bên", "Cuộc họp", "bên chung"))
    assert "“Cuộc họp”" in vietnamese.description
    assert vietnamese.weight_label == "bên chung, tính theo tỷ lệ trên tổng của cả hai bên"


@pytest.mark.parametrize("format_", FORMATS)
def test_nothing_projected_is_nothing(format_: str) -> None:
    assert write(project(Network((), ()), "source", "count", WORDING), format_)


def test_what_everybody_shares_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onemode, "MOST_PAIRS", 5)
    with pytest.raises(NetworkError, match="would join 6 pairs") as caught:
        project(attended({(who, 1) for who in range(4)}), "source", "count", WORDING)
    assert "4 share one node" in caught.value.message


def test_unknown_words_are_refused_with_the_nearest() -> None:
    network = attended({(1, 1)})
    with pytest.raises(ParameterError) as caught:
        project(network, "sources", "count", WORDING)
    assert caught.value.hint == "Did you mean source?"
    with pytest.raises(ParameterError) as caught:
        project(network, "source", "cosine", WORDING)
    assert caught.value.hint == "Write count, newman or jaccard"


@pytest.fixture(scope="module")
def wanted(lagoon_release: Release) -> Callable[..., Network]:
    store = EmbeddedStore(lagoon_release.store())

    def build(query: str, **options: object) -> Network:
        path = queries_folder() / "networks" / f"{query}.rq"
        chosen = read_query(path) if path.is_file() else query
        return ask(store, lagoon_release.vocabulary, chosen, Wanted(**options))  # type: ignore[arg-type]

    return build


def test_who_met_follows_from_who_attended_what(wanted: Callable[..., Network]) -> None:
    assert weights(wanted(ATTENDED, project="source")) == {
        ("coralia", "mangrovia"): 2,
        ("coralia", "northland"): 1,
        ("coralia", "palmyria"): 2,
        ("mangrovia", "northland"): 1,
        ("mangrovia", "palmyria"): 2,
        ("northland", "palmyria"): 1,
    }


def test_the_header_says_what_is_shared(wanted: Callable[..., Network]) -> None:
    name = "programmes-with-funders-and-implementers"
    assert wanted(name, project="source").weight_label == "programmes in common"
    assert wanted(name, project="source", language="vi").weight_label == "chương trình cùng tham gia"
    assert wanted(name, project="target").weight_label == "bodies in common"
    edge = wanted(name, project="source").edges[0]
    assert edge.facts
    assert {citation.fact for citation in edge.citations} == set(edge.facts)


def test_a_projection_can_be_compared_and_stands_after_that_of_all_time(wanted: Callable[..., Network]) -> None:
    name = "programmes-with-funders-and-implementers"
    compared = wanted(name, project="source", compare=("2020", "2031"))
    assert all(edge.change for edge in compared.edges)
    whole = wanted(name, project="source", at="2031").whole
    assert whole is not None
    assert {node.iri for node in whole.nodes} == {node.iri for node in wanted(name, project="source").nodes}


def test_only_two_mode_networks_can_be_projected_whatever_the_period(wanted: Callable[..., Network]) -> None:
    for at in (None, "2031-07"):
        with pytest.raises(NetworkError) as caught:
            wanted("partners-met-together", project="source", at=at)
        assert "no two-mode network" in caught.value.message
        assert "mangrovia" in caught.value.message


def test_a_weighting_without_a_projection_is_refused(wanted: Callable[..., Network]) -> None:
    with pytest.raises(NetworkError) as caught:
        wanted(ATTENDED, weighting="newman")
    assert "project" in caught.value.hint
