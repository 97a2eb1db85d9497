"""Taking queries apart, into what ``structure`` has names for.

Read are queries of ``SELECT``, ``ASK`` and ``CONSTRUCT`` without blank nodes, property paths, ``BASE`` and
``SERVICE``, and without what hangs on the order in which an engine happens to find rows. Everything else is not
planned.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from asoen_graph.planning.scanning import MAX_LENGTH, PROLOGUE, Token, Unplanned, prefixes, scan
from asoen_graph.planning.structure import Group, Part, Query, Run, Selection, Triple

MAX_DEPTH = 30
"""How deep groups may nest."""

UNSTEADY = frozenset(
    [
        "SUM",
        "AVG",
        "MIN",
        "MAX",
        "SAMPLE",
        "GROUP_CONCAT",
        "RAND",
        "UUID",
        "STRUUID",
        "BNODE",
        "NOW",
        "SERVICE",
        "BASE",
        "DESCRIBE",
        "LATERAL",
        "REDUCED",
    ]
)
"""Words of queries that are left alone.

Some hang on the order of rows, which SPARQL leaves open (of sums, the last digit of a double; of the least value,
whether it is ``3`` or ``3.0``); the others on more than the text.
"""

PART_WORDS = frozenset(["FILTER", "OPTIONAL", "MINUS", "GRAPH", "BIND", "VALUES"])


def read(text: str) -> Query:
    """Take a query apart. Raises Unplanned where it is not of the kind that is planned."""
    if len(text) > MAX_LENGTH:
        raise Unplanned
    prologue = PROLOGUE.match(text)
    start = prologue.end() if prologue is not None else 0
    tokens = scan(text, start)
    if any(token.kind == "word" and token.text in UNSTEADY for token in tokens):
        raise Unplanned
    return _Reading(text, tokens).query(prefixes(text[:start]))


_END = Token("end", "", 0, 0)
_OPENING, _CLOSING = frozenset("({"), frozenset(")}")


class _Reading:
    def __init__(self, text: str, tokens: list[Token]) -> None:
        self._text = text
        self._tokens = [*tokens, _END]
        self._at = 0
        self._groups: list[Group] = []
        self._selections: list[Selection] = []

    def query(self, prefixes: Mapping[str, str]) -> Query:
        form = self._now.text
        if form == "ASK":
            self._next()
            main = Selection("ASK")
        elif form == "CONSTRUCT":
            self._next()
            if self._now.text != "{":
                raise Unplanned
            self._skip()
            main = Selection("CONSTRUCT")
        else:
            main = self._select_clause()
        while self._takes("FROM"):
            self._takes("NAMED")
            if self._next().kind not in ("iri", "name"):
                raise Unplanned
        self._body(main, 0)
        if self._now is not _END:
            raise Unplanned
        return Query(self._text, self._tokens[:-1], prefixes, main, self._groups, self._selections)

    def _body(self, selection: Selection, depth: int) -> None:
        self._takes("WHERE")
        selection.where_start = self._now.start
        selection.where = self._group(depth)
        selection.order_start = self._tokens[self._at - 1].end
        self._modifiers(selection)
        self._selections.append(selection)

    @property
    def _now(self) -> Token:
        return self._tokens[self._at]

    def _next(self) -> Token:
        token = self._tokens[self._at]
        if token is _END:
            raise Unplanned
        self._at += 1
        return token

    def _takes(self, text: str) -> bool:
        if self._now.text != text:
            return False
        self._at += 1
        return True

    def _need(self, text: str) -> None:
        if not self._takes(text):
            raise Unplanned

    def _skip(self) -> Sequence[Token]:
        """What stands between this bracket and the one that closes it; goes on behind that."""
        start, depth = self._at, 0
        while True:
            text = self._next().text
            depth += (text in _OPENING) - (text in _CLOSING)
            if depth == 0:
                return self._tokens[start + 1 : self._at - 1]

    def _select_clause(self) -> Selection:
        self._need("SELECT")
        selection = Selection("SELECT", is_distinct=self._takes("DISTINCT"))
        projected: set[str] = set()
        is_plain = True
        while True:
            token = self._now
            if token.kind == "variable":
                projected.add(self._next().text[1:])
            elif token.text == "(":
                self._skip()
                is_plain = False
            elif token.text == "*":
                self._next()
                is_plain = False
            else:
                break
        selection.projected = frozenset(projected) if is_plain and projected else None
        return selection

    def _modifiers(self, selection: Selection) -> None:
        while (word := self._now.text) in ("GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET"):
            begin = self._next().start
            if word in ("LIMIT", "OFFSET"):
                number = self._next()
                if number.kind != "number" or not number.text.isdecimal() or len(number.text) > 9:
                    raise Unplanned
                if word == "LIMIT":
                    selection.limit = int(number.text)
                else:
                    selection.offset = int(number.text)
            elif word == "ORDER":
                self._need("BY")
                selection.order = self._order()
            else:
                selection.is_grouped = True
                self._takes("BY")
                start = self._at
                self._conditions()
                if word == "GROUP":
                    conditions = self._tokens[start : self._at]
                    is_plain = all(token.kind == "variable" for token in conditions)
                    selection.grouped = [token.text[1:] for token in conditions] if is_plain else None
                    selection.grouping = begin, self._tokens[self._at - 1].end
                else:
                    selection.has_having = True

    def _order(self) -> list[tuple[str, bool]] | None:
        """The variables after ``ORDER BY``."""
        found: list[tuple[str, bool]] = []
        start = self._at
        while True:
            if self._now.kind == "variable":
                found.append((self._next().text[1:], False))
            elif self._now.text in ("ASC", "DESC"):
                is_falling = self._next().text == "DESC"
                inner = self._skip() if self._now.text == "(" else ()
                if len(inner) != 1 or inner[0].kind != "variable":
                    break
                found.append((inner[0].text[1:], is_falling))
            else:
                break
        if self._now.text in ("LIMIT", "OFFSET", "}") or self._now is _END:
            return found
        self._at = start
        self._conditions()
        return None

    def _conditions(self) -> None:
        """Go past expressions up to what can come after them."""
        while self._now.text not in ("HAVING", "ORDER", "LIMIT", "OFFSET", "}") and self._now is not _END:
            if self._now.text == "(":
                self._skip()
            elif self._now.kind in ("variable", "word", "name", "iri"):
                self._next()
            else:
                raise Unplanned

    def _group(self, depth: int) -> Group:
        if depth > MAX_DEPTH:
            raise Unplanned
        self._need("{")
        group = Group()
        if self._now.text == "SELECT":
            selection = self._select_clause()
            self._body(selection, depth + 1)
            self._need("}")
            group.kinds.add("SELECT")
            return group
        run: Run | None = None
        while not self._takes("}"):
            if self._now.text == "{" or (self._now.kind == "word" and self._now.text in PART_WORDS):
                run = None
                self._part(group, depth)
                self._takes(".")
            else:
                if run is None:
                    run = Run([], self._now.start, 0)
                    group.runs.append(run)
                self._statement(run)
        self._groups.append(group)
        return group

    def _part(self, group: Group, depth: int) -> None:
        if self._now.text == "{":
            group.kinds.add("{")
            self._group(depth + 1)
            while self._takes("UNION"):
                self._group(depth + 1)
            return
        word = self._next().text
        group.kinds.add(word)
        if word == "FILTER":
            self._filter(group, depth)
        elif word in ("OPTIONAL", "MINUS"):
            self._group(depth + 1)
        elif word == "GRAPH":
            if self._next().kind not in ("variable", "iri", "name"):
                raise Unplanned
            self._group(depth + 1)
        elif word == "BIND":
            if self._now.text != "(":
                raise Unplanned
            self._skip()
        else:
            self._values()

    def _filter(self, group: Group, depth: int) -> None:
        if self._takes("NOT") or self._now.text == "EXISTS":
            # What an engine makes of EXISTS is left to it.
            self._need("EXISTS")
            if self._now.text != "{":
                raise Unplanned
            self._skip()
        elif self._now.text == "(":
            group.filters.append(self._skip())
        elif self._next().kind in ("word", "name", "iri") and self._now.text == "(":
            self._skip()
        else:
            raise Unplanned

    def _values(self) -> None:
        if self._now.text == "(":
            self._skip()
        elif self._next().kind != "variable":
            raise Unplanned
        if self._now.text != "{":
            raise Unplanned
        self._skip()

    def _statement(self, run: Run) -> None:
        """A subject with its predicates and objects, up to the full stop or what comes instead."""
        subject = self._term()
        while True:
            predicate = self._verb()
            while True:
                run.triples.append(Triple(subject, predicate, self._term()))
                if not self._takes(","):
                    break
            while self._takes(";"):
                pass
            if self._tokens[self._at - 1].text != ";" or self._now.text in (".", "}"):
                break
            if self._now.text == "{" or (self._now.kind == "word" and self._now.text != "a"):
                break
        run.end = self._tokens[self._at - 1].end
        if self._takes("."):
            run.end = self._tokens[self._at - 1].end
        elif self._now.text not in ("}", "{") and self._now.kind != "word":
            raise Unplanned

    def _verb(self) -> Part:
        token = self._next()
        if token.kind in ("variable", "iri", "name") or token.text == "a":
            return Part((token,))
        raise Unplanned

    def _term(self) -> Part:
        token = self._next()
        if token.kind in ("variable", "iri", "name", "number"):
            return Part((token,))
        if token.kind != "string":
            raise Unplanned
        if self._now.kind == "language":
            return Part((token, self._next()))
        if self._takes("^^"):
            if self._now.kind not in ("iri", "name"):
                raise Unplanned
            return Part((token, self._tokens[self._at - 1], self._next()))
        return Part((token,))
