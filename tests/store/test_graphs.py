from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QueryTriples, RdfFormat, Store

from asoen_graph.store.graphs import LINES, write_lines, write_triples

nodes = st.sampled_from([NamedNode("http://e/a"), NamedNode("http://e/a-b"), NamedNode("http://e/é"), BlankNode("b1")])
texts = st.text(st.sampled_from('aệ"\\\n\r\t .@^\x7f\x0b𝒳'), max_size=4)
tags = st.sampled_from(["en", "en-us", "vi"])
literals = (
    st.builds(Literal, texts)
    | st.builds(lambda text, tag: Literal(text, language=tag), texts, tags)
    | st.builds(lambda text: Literal(text, datatype=NamedNode("http://e/type")), texts)
)


@given(st.lists(st.builds(Quad, nodes, st.just(NamedNode("http://e/p")), nodes | literals), max_size=12))
def test_lines_are_what_triples_are_written_as(quads: list[Quad]) -> None:
    store = Store()
    store.extend(quads)

    def found() -> QueryTriples:
        triples = store.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")
        assert isinstance(triples, QueryTriples)
        return triples

    for form in LINES:
        assert write_lines(found()) == write_triples(found(), form)
    assert write_lines(found()).count(b"\n") == len(store)
    assert LINES == (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS)
