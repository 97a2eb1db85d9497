"""The query catalogue: ``queries/*.rq`` and ``queries/networks/*.rq`` with their spoken headers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, NoReturn

from asoen_graph.errors import Place, QueryError, UnknownName
from asoen_graph.queries.blocks import Block, blocks, default_terms
from asoen_graph.queries.header import Spoken, has_header, read_header
from asoen_graph.queries.parameters import TYPES, Parameter
from asoen_graph.sparql.meaning import selections
from asoen_graph.sparql.tokens import significant
from asoen_graph.text import nearest

_NETWORKS = "networks"


class CatalogueQuery(NamedTuple):
    """A query with its header. Language maps have ``en`` and ``vi``."""

    name: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    group: str
    view: str
    """How a page may show the answer: ``table``, ``timeline``, ``map`` or ``network``."""
    picture: Mapping[str, str]
    """The column of each role in the picture of a map or timeline; empty where the query has none."""
    parameters: Mapping[str, Parameter]
    columns: Mapping[str, Mapping[str, str]]
    """The headings of the projected variables that have one."""
    network: Mapping[str, object]
    """What the header says of the network: ``directed`` (bool), ``layout``, ``weight`` (language map), and ``shared``:
    what two sources share (under ``source``, a language map), what two targets do; may be empty."""
    text: str
    """The whole file, header included, so that lines count as in the file."""
    is_network: bool
    """Whether the query projects ``?source`` and ``?target``."""
    path: Path


class Catalogue:
    """Queries by name; each file is read when it is asked for, and once."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files = files
        self._texts: dict[str, str] = {}
        self._read: dict[str, CatalogueQuery] = {}

    @classmethod
    def read(cls, folder: Path) -> Catalogue:
        """The catalogue of a folder. Raises QueryError where two files have the same name."""
        files: dict[str, Path] = {}
        for path in (*sorted(folder.glob("*.rq")), *sorted((folder / _NETWORKS).glob("*.rq"))):
            if path.stem in files:
                raise QueryError(f"{path} has the name of {files[path.stem]}", "Rename one of them")
            files[path.stem] = path
        return cls(files)

    def __getitem__(self, name: str) -> CatalogueQuery:
        """The query of that name. Raises UnknownName with the nearest names, QueryError where its file is wrong."""
        if name not in self._files:
            raise UnknownName("query", name, nearest(name, self._files))
        if name not in self._read:
            self._read[name] = read_query(self._files[name], self._texts.pop(name, None))
        return self._read[name]

    def hold(self) -> Catalogue:
        """Read the text of every file now, so that it does not matter what becomes of them. Raises QueryError."""
        self._texts = {name: read_text(path) for name, path in self._files.items() if name not in self._read}
        return self

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def __contains__(self, name: object) -> bool:
        return name in self._files


def read_query(path: Path, text: str | None = None) -> CatalogueQuery:
    """Read a query file with its header; ``text`` is what it holds, where that is known.

    Raises QueryError, naming file and line, for whatever is wrong with it.
    """
    if text is None:
        text = read_text(path)
    header = read_header(text, path)
    selected = _selected(text)
    for name in header.columns:
        if name not in selected:
            _fail(path, header.lines[f"?{name}"], f"the column {name} is not projected by the query")
    for role, name in header.picture.items():
        if name not in selected:
            _fail(
                path, header.lines["picture"], f"the {role} of the picture is {name}, which the query does not project"
            )
    return CatalogueQuery(
        name=path.stem,
        title=header.title,
        description=header.description,
        group=header.group,
        view=header.view,
        picture=header.picture,
        parameters=_parameters(header, text, path),
        columns=header.columns,
        network=header.network,
        text=text,
        is_network={"source", "target"} <= selected,
        path=path,
    )


def read_text(path: Path) -> str:
    """The text of a query file. Raises QueryError where it cannot be read or is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise QueryError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise QueryError(f"{path} is not UTF-8 (byte {error.start})", "Save it as UTF-8") from error


def parameters_of(path: Path, text: str) -> Mapping[str, Parameter]:
    """The parameters of a query file, which may have no header and then has none."""
    return _parameters(read_header(text, path), text, path) if has_header(text) else {}


def _parameters(header: Spoken, text: str, path: Path) -> dict[str, Parameter]:
    found: dict[str, Block] = {}
    for block in blocks(text):
        found.setdefault(block.name, block)
    return {name: _parameter(name, header, found, text, path) for name in header.params}


def _parameter(name: str, header: Spoken, found: Mapping[str, Block], text: str, path: Path) -> Parameter:
    line, spoken = header.lines[name], header.params[name]
    type_, class_key = str(spoken["type"]), spoken.get("class")
    if type_ not in TYPES:
        near = nearest(type_, TYPES, 1)
        _fail(
            path, line, f"the parameter {name} is of unknown type {type_!r}", f"Did you mean {near[0]}?" if near else ""
        )
    if (class_key is None) != (type_ not in ("entity", "concept")):
        _fail(path, line, f"the parameter {name} of type {type_} {'needs a' if class_key is None else 'has no'} class")
    block = found.get(name)
    if block is None:
        _fail(
            path, line, f"the parameter {name} has no block", f"Write VALUES ?{name} {{ … }} with its default, or UNDEF"
        )
    if spoken.get("optional", block.is_undefined) != block.is_undefined:
        said = (
            "optional, but its block holds a default" if spoken["optional"] else "not optional, but its block is UNDEF"
        )
        _fail(path, block.line, f"the parameter {name} is {said}")
    try:
        default = default_terms(text, block)
    except SyntaxError:
        _fail(path, block.line, f"the block of {name} holds something else than terms")
    if not default and not block.is_undefined:
        _fail(path, block.line, f"the block of {name} is empty", "Give it a default, or UNDEF")
    description = spoken["description"]
    return Parameter(
        name=name,
        type=type_,
        class_key=class_key if isinstance(class_key, str) else None,
        description=description if isinstance(description, Mapping) else {},
        default=default,
        optional=block.is_undefined,
        many=spoken.get("many") is True,
    )


def _fail(path: Path, line: int, message: str, hint: str = "") -> NoReturn:
    raise QueryError(f"{Place(str(path), line)}: {message}", hint, line=line)


def _selected(text: str) -> set[str]:
    """The variables of the outermost ``SELECT``."""
    outer = next(selections(significant(text)), None)
    return {token.value[1:] for token in (*outer.plain, *outer.aliases)} if outer else set()
