"""The answer of a query as Python values: rows to loop over, a data frame, CSV, and the sources of the facts in it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Literal, NamedNode

from asoen_graph.answers.sheet import Cell, make_sheet
from asoen_graph.errors import AsoenError
from asoen_graph.evidence import Citation
from asoen_graph.iris import XSD
from asoen_graph.store import Answer, AskAnswer, GraphStore, Term

if TYPE_CHECKING:
    import pandas  # type: ignore[import-untyped]

_READERS: Final[dict[str, Callable[[str], object]]] = {
    XSD + "integer": int,
    XSD + "int": int,
    XSD + "gYear": int,
    XSD + "decimal": Decimal,
    XSD + "double": float,
    XSD + "float": float,
    XSD + "boolean": lambda text: text in ("true", "1"),
    XSD + "date": datetime.date.fromisoformat,
}


class Result:
    """What a query found: a sequence of rows, each a dictionary from variable to value.

    IRIs and texts are ``str``, numbers ``int``, ``Decimal`` or ``float``, days ``datetime.date``, years ``int``; what
    is unbound is ``None``. An ``ASK`` gives one row with ``answer``, a ``CONSTRUCT`` rows of ``subject``,
    ``predicate`` and ``object``.
    """

    def __init__(self, answer: Answer, store: GraphStore, language: str, headings: Mapping[str, str]) -> None:
        self._answer = answer
        self._store = store
        self._language = language
        self._headings = headings
        self._sheet = make_sheet(answer, store, language, headings=headings)
        self.variables: tuple[str, ...] = tuple(column.name for column in self._sheet.columns)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self._sheet.rows)

    def __getitem__(self, index: int) -> dict[str, Any]:
        return self.rows[index]

    def __bool__(self) -> bool:
        """The answer of an ``ASK``; otherwise whether there are rows."""
        return self._answer.value if isinstance(self._answer, AskAnswer) else bool(self._sheet.rows)

    def __repr__(self) -> str:
        return f"<Result of {len(self):,} rows: {', '.join(self.variables)}>"

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """The rows, each a dictionary from variable to Python value."""
        return [
            {name: _python(cell.term) for name, cell in zip(self.variables, row, strict=True)}
            for row in self._sheet.rows
        ]

    @cached_property
    def labels(self) -> dict[str, str]:
        """IRI → label of everything in the rows that has one."""
        return {cell.value: cell.label for row in self._sheet.rows for cell in row if cell.label}

    @cached_property
    def citations(self) -> dict[str, Citation]:
        """Fact → where it stands, for the facts in the columns ``fact`` and ``facts``.

        ``citation.text("en")`` is a line for a footnote.
        """
        return {citation.fact: citation for row in self._sheet.citations for citation in row}

    @property
    def facts(self) -> tuple[str, ...]:
        """The IRIs of the facts the rows rest on, each once."""
        return tuple(self.citations)

    def to_csv(self) -> str:
        """The rows as CSV with labels and sources beside the values, as ``asoen query -f csv`` writes it."""
        from asoen_graph.answers.rendering import render

        return render(self._answer, "csv", self._store, self._language, headings=self._headings).decode()

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a data frame with the columns of the CSV: ``meeting`` and ``meetingLabel``, … and ``sources``.

        Raises AsoenError where pandas, which is not among the requirements, is not installed.
        """
        from asoen_graph.answers.delimited import BETWEEN, labelled_columns
        from asoen_graph.answers.rows import sources_key

        try:
            import pandas
        except ImportError as error:
            raise AsoenError("Data frames need the package pandas", "Install it with `pip install pandas`") from error
        labelled = labelled_columns(self._sheet)
        columns: dict[str, list[Any]] = {}
        for position, name in enumerate(self.variables):
            cells = [row[position] for row in self._sheet.rows]
            columns[name] = [_number_or_value(cell) for cell in cells]
            if name in labelled:
                columns[f"{name}Label"] = [cell.label or None for cell in cells]
        if self._sheet.has_sources:
            texts = [[citation.text(self._language) for citation in row] for row in self._sheet.citations]
            columns[sources_key(self._sheet)] = [BETWEEN.join(row) for row in texts]
        # So that whole numbers stay whole beside missing values.
        return pandas.DataFrame(columns).convert_dtypes()


def _number_or_value(cell: Cell) -> object:
    # A column of Decimal would be a column of objects, which pandas cannot add up.
    value = _python(cell.term)
    return float(value) if isinstance(value, Decimal) else value


def _python(term: Term | None) -> object:
    if term is None:
        return None
    if not isinstance(term, Literal):
        return term.value if isinstance(term, NamedNode) else str(term)
    read = _READERS.get(term.datatype.value, str)
    try:
        return read(term.value)
    except (ValueError, ArithmeticError):
        # An ill-typed literal is still RDF, and what it says is kept as it is written.
        return term.value
