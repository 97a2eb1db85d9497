"""The formats of SPARQL itself – JSON, XML, CSV, TSV – as the engine writes them."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import QueryResultsFormat, RdfFormat, Triple, parse_query_results

from asoen_graph.errors import QueryError
from asoen_graph.store import Answer, AskAnswer, GraphAnswer, SelectAnswer, Term
from asoen_graph.store.graphs import write_triples


def write(answer: Answer, media_type: str) -> bytes:
    """The answer in a format of SPARQL results; a graph has an XML form too, RDF/XML."""
    if isinstance(answer, GraphAnswer):
        return write_triples(answer.triples, RdfFormat.RDF_XML)
    results_format = QueryResultsFormat.from_media_type(media_type)
    if results_format is None:
        raise QueryError(f"There are no SPARQL results in {media_type}")
    if isinstance(answer, AskAnswer):
        value = "true" if answer.value else "false"
        result = parse_query_results(f'{{"head":{{}},"boolean":{value}}}', QueryResultsFormat.JSON)
    else:
        # The engine writes only what it has read, and reads TSV, whose cells are terms as they stand.
        result = parse_query_results("".join(_lines(answer)), QueryResultsFormat.TSV)
    return result.serialize(format=results_format) or b""


def _lines(answer: SelectAnswer) -> Iterator[str]:
    yield "\t".join(f"?{name}" for name in answer.variables) + "\n"
    for row in answer.rows:
        yield "\t".join("" if term is None else _written(term) for term in row) + "\n"


def _written(term: Term) -> str:
    """The term as RDF 1.2 writes it; the engine gives triple terms without their brackets."""
    if isinstance(term, Triple):
        return f"<<( {_written(term.subject)} {_written(term.predicate)} {_written(term.object)} )>>"
    return str(term)
