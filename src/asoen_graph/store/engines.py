"""What an engine needs to be told, and how its answers are read, where it does not keep to SPARQL 1.1 by itself.

``STANDARD`` needs nothing. ``VIRTUOSO`` (7) has no default graph of its own, so a graph stands for it, and:

==================================  ====================================================================================
what Virtuoso does                  what is asked or read instead
==================================  ====================================================================================
the default graph is a named one    ``default-graph-uri`` goes with every query that names no dataset
``GRAPH ?g`` matches that graph     a filter after the pattern leaves it out
``GRAPH <iri>`` finds nothing       ``GRAPH ?g`` with a filter for the name
where there is a default graph,
and ignores the named graphs given
a dataset of default graphs only    … names one more graph, an empty one, so that there is a named (default) graph
has every named graph, and one of
named graphs every default graph
``FROM`` is added to the dataset    ``FROM`` clauses are left out where the request names a dataset
of the request
``VALUES ?x { UNDEF }`` binds ?x    the block is left out: it says nothing
``DESCRIBE`` tells of both          a pragma asks for the triples that begin with the thing
directions
points are read into a type of its  they are loaded with a datatype it does not know, and given back that of GeoSPARQL
own, and lose digits
``ASK`` gives a table               a row means yes
blank nodes are called nodeID://b1  they are called b1
a long answer is cut (a header      an answer of so many rows is refused
tells of it)
rows of more than 4 kB are not      the query is asked without ORDER BY, and sorted here
sorted (SR319)
what is not SPARQL is taken too     a text that is no SPARQL 1.1 is refused, and so are Virtuoso's own functions
(pragmas, procedures)
==================================  ====================================================================================

Every change keeps the meaning that SPARQL gives to the query as written; ``docs/engines.md`` tells what still differs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from asoen_graph.errors import LimitReached, ParameterError
from asoen_graph.iris import GEO, GRAPH, QUERY_PREFIXES
from asoen_graph.messages import tell
from asoen_graph.sparql.diagnosis import mistake
from asoen_graph.sparql.guard import Clause, after_prologue, dataset_clauses
from asoen_graph.sparql.names import expand, prefixes_of, resolver, used_names
from asoen_graph.sparql.places import refusal
from asoen_graph.sparql.tokens import Token, significant

DEFAULT_GRAPH: Final = GRAPH + "default"
"""The graph that a release's default graph is loaded into where an engine has none of its own."""

WKT: Final = GEO + "wktLiteral"
PLAIN_WKT: Final = "urn:asoen:wktLiteral"
"""The datatype that points are loaded into Virtuoso with: of its own ones it keeps seven digits."""

_NO_GRAPH: Final = "urn:asoen:no-graph"
"""The name of a graph that is nowhere."""

_FRESH: Final = "asoenGraph"
_DESCRIBE: Final = 'define sql:describe-mode "SPO" '
"""What has Virtuoso describe a thing by the triples it is the subject of."""


class Request(NamedTuple):
    """What goes over the wire: the text and its dataset; ``hidden`` variables are no part of the answer."""

    text: str
    default_graphs: Sequence[str] = ()
    named_graphs: Sequence[str] = ()
    hidden: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Engine:
    """A kind of endpoint. ``name`` is how it is written on a command line."""

    name: str
    default_graph: str | None = None
    """The graph that stands for the default graph; ``None`` where the engine has a default graph."""
    datatypes: Mapping[str, str] = field(default_factory=dict)
    """Datatypes the engine puts in the place of others, and these others."""
    schemes: tuple[str, ...] = ()
    """What the IRIs of the engine's own functions begin with, and their prefixes; nobody may call one."""
    asked: str = ""
    """The variable of the table that answers an ``ASK``; empty where the answer is what the Protocol says."""
    nodes: str = ""
    """What the names of blank nodes begin with that are none."""
    most_rows: str = ""
    """The header, in lower case, that says how many rows there are at most, where an answer is cut there."""
    unsortable: str = ""
    """What a message holds, as a regular expression, where rows are too long to be sorted."""
    late: str = ""
    """What a message holds, as a regular expression, that tells of a limit on time."""

    def request(self, text: str, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()) -> Request:
        """What to ask for the answer that SPARQL gives to the query over that dataset."""
        if self.default_graph is None:
            return Request(text, default_graphs, named_graphs)
        return _without_default_graph(text, default_graphs, named_graphs, self.default_graph)

    def is_too_slow(self, status: int, message: str) -> bool:
        """Whether a failure says that the query took too long."""
        return status in (408, 503, 504) or bool(self.late and re.search(self.late, message))

    def table(self, body: bytes, hidden: frozenset[str], headers: Mapping[str, str]) -> bytes:
        """An answer in SPARQL's JSON as the Protocol wants it, without the variables that are no part of it.

        Raises LimitReached where it is, or may be, only the beginning.
        """
        if self.default_graph is None:
            return body
        import orjson

        found = orjson.loads(body)
        names = found.get("head", {}).get("vars", [])
        if self.asked and names == [self.asked]:
            return orjson.dumps({"head": {}, "boolean": bool(found["results"]["bindings"])})
        most = headers.get(self.most_rows, "")
        if most.isdecimal() and len(found["results"]["bindings"]) >= int(most):
            message = tell("limit.endpoint-rows", most=int(most))
            raise LimitReached("rows", message, tell("limit.parts"))
        found["head"]["vars"] = [name for name in names if name not in hidden]
        for row in found["results"]["bindings"]:
            for name in hidden & row.keys():
                del row[name]
            for term in row.values():
                if (datatype := term.get("datatype")) in self.datatypes:
                    term["datatype"] = self.datatypes[datatype]
                elif term["type"] == "bnode":
                    term["value"] = term["value"].removeprefix(self.nodes)
        return orjson.dumps(found)

    def triples(self, triples: Iterable[Triple]) -> list[Triple]:
        """The triples with the datatypes they were loaded with."""
        return [Triple(each.subject, each.predicate, self._term(each.object)) for each in triples]

    def _term(self, term: NamedNode | BlankNode | Literal | Triple) -> NamedNode | BlankNode | Literal | Triple:
        if isinstance(term, Literal) and term.datatype.value in self.datatypes:
            return Literal(term.value, datatype=NamedNode(self.datatypes[term.datatype.value]))
        return term

    def refuse(self, text: str) -> None:
        """Raise QuerySyntaxError or QueryRefused for what the engine would take and SPARQL 1.1 does not know."""
        if not self.schemes:
            return
        error = mistake(text)
        if error is not None:
            raise error
        tokens = significant(text)
        prefixes = {**QUERY_PREFIXES, **prefixes_of(tokens)}
        for token in used_names(tokens):
            if (expand(token, prefixes) or token.value.strip("<")).startswith(self.schemes):
                raise refusal(token, tell("query.engine-function", text=token.text), tell("query.engine-functions"))


STANDARD: Final = Engine("sparql11")
VIRTUOSO: Final = Engine(
    "virtuoso",
    DEFAULT_GRAPH,
    {"http://www.openlinksw.com/schemas/virtrdf#Geometry": WKT, PLAIN_WKT: WKT},
    schemes=("bif:", "sql:"),
    asked="__ASK_RETVAL",
    nodes="nodeID://",
    most_rows="x-sparql-maxrows",
    unsortable=r"SR319|SR478",
    late=r"S1T00|S1TAT|SR171|estimated execution time",
)

ENGINES: Final = {engine.name: engine for engine in (STANDARD, VIRTUOSO)}


def engine_named(name: str) -> Engine:
    """The engine of that name. Raises ParameterError where there is none."""
    if name not in ENGINES:
        raise ParameterError("engine", f"There is no engine {name!r}", f"Write one of {', '.join(ENGINES)}")
    return ENGINES[name]


def engine_of(server: str) -> Engine:
    """The engine that calls itself so in the ``Server`` header of its answers."""
    return VIRTUOSO if server.startswith("Virtuoso") else STANDARD


class _Edit(NamedTuple):
    """``text`` is to stand in the place of what lies between ``start`` and ``end``."""

    start: int
    end: int
    text: str


def _without_default_graph(
    text: str, default_graphs: Sequence[str], named_graphs: Sequence[str], stand_in: str
) -> Request:
    tokens = significant(text)
    edits = list(_idle_values(tokens))
    clauses = dataset_clauses(tokens)
    is_whole = not (default_graphs or named_graphs or clauses)
    if default_graphs or named_graphs:
        edits += [_Edit(clause.start, clause.end, " ") for clause in clauses]
        default_graphs, named_graphs = default_graphs or [_NO_GRAPH], named_graphs or [_NO_GRAPH]
    elif clauses:
        last = clauses[-1].end
        if all(clause.is_named for clause in clauses):
            edits.append(_Edit(last, last, f" FROM <{_NO_GRAPH}>"))
        elif not any(clause.is_named for clause in clauses):
            edits.append(_Edit(last, last, f" FROM NAMED <{_NO_GRAPH}>"))
    else:
        default_graphs = [stand_in]
    hidden: set[str] = set()
    here = None if is_whole else frozenset(named_graphs or _named(tokens, clauses))
    for edit, name in _graph_patterns(tokens, stand_in, here):
        edits.append(edit)
        hidden |= {name} - {""}
    form = after_prologue(tokens)
    if form is not None and form.is_word("DESCRIBE"):
        edits.append(_Edit(0, 0, _DESCRIBE))
    return Request(_edited(text, edits), default_graphs, named_graphs, frozenset(hidden))


def _idle_values(tokens: Sequence[Token]) -> Iterator[_Edit]:
    """``VALUES ?x { UNDEF }`` is one solution that binds nothing: joined to others it changes none of them."""
    for position, token in enumerate(tokens[:-4]):
        words = tokens[position + 1 : position + 5]
        is_idle = words[0].kind == "variable" and [word.value.upper() for word in words[1:]] == ["{", "UNDEF", "}"]
        if token.is_word("VALUES") and is_idle:
            yield _Edit(token.start, words[-1].end, "")


def _named(tokens: Sequence[Token], clauses: Sequence[Clause]) -> Iterator[str]:
    """The IRIs of ``FROM NAMED``."""
    prefixes, resolve = {**QUERY_PREFIXES, **prefixes_of(tokens)}, resolver(tokens)
    for clause in clauses:
        if clause.is_named and (iri := expand(clause.graph, prefixes)) is not None:
            yield resolve(iri)


def _graph_patterns(tokens: Sequence[Token], stand_in: str, here: frozenset[str] | None) -> Iterator[tuple[_Edit, str]]:
    """Edits for every ``GRAPH`` pattern, each with the name of the variable that it brings in, if any.

    ``here`` are the named graphs of the dataset, where there is one; without, there are all but the stand-in.

    The variable of a ``GRAPH`` is bound wherever its group has a solution, so a filter of that group speaks of it.
    """
    prefixes, resolve = {**QUERY_PREFIXES, **prefixes_of(tokens)}, resolver(tokens)
    taken = {token.value[1:] for token in tokens if token.kind == "variable"}
    count = 0
    for position, token in enumerate(tokens[:-2]):
        name = tokens[position + 1]
        if not token.is_word("GRAPH") or tokens[position + 2].text != "{":
            continue
        end = _closing(tokens, position + 2)
        if name.kind == "variable":
            if here is None:
                yield _Edit(end, end, f" FILTER({name.text} != <{stand_in}>)"), ""
            continue
        while (fresh := f"{_FRESH}{count}") in taken:
            count += 1
        count += 1
        iri = resolve(expand(name, prefixes) or "")
        is_there = iri != stand_in if here is None else iri in here
        is_here = f"?{fresh} = {name.text}" if is_there else "false"
        yield _Edit(name.start, name.end, f"?{fresh}"), fresh
        yield _Edit(end, end, f" FILTER({is_here})"), ""


def _closing(tokens: Sequence[Token], opening: int) -> int:
    """Where the brace that closes an opening one ends; the end of the text where none does."""
    depth = 0
    for token in tokens[opening:]:
        depth += (token.text == "{") - (token.text == "}")
        if depth == 0:
            return token.end
    return tokens[-1].end


def _edited(text: str, edits: Sequence[_Edit]) -> str:
    # From the end, so that places stay what they are; of two at one place the inner comes first.
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text
