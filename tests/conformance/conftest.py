"""A server over every graph of the W3C's suites, as anybody would start it: ``asoen serve --dataset FILE=IRI …``.

One server holds them all, each under its own name, and each query says with ``default-graph-uri`` and
``named-graph-uri`` which of them are its dataset; a query with ``FROM`` says so itself. So every test passes through
HTTP, negotiation, the guard, a worker and the protocol's own way to choose a dataset. Not covered is the dataset a
server has when nothing is chosen. Relative IRIs in a query count from the query's own address, as the W3C's manifests
have it: it is sent with that ``BASE`` in front.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import rdflib

from .manifests import ROOT, iri_of
from .suites import EVALUATION, MENTIONED

_ENDINGS = (".ttl", ".rdf", ".nt")
_OTHER = re.compile(r"manifest|result|\.srx")


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of the running server, and of nothing else."""
    folder = tmp_path_factory.mktemp("conformance")
    options = [f"{path}={iri_of(path)}" for suite in EVALUATION for path in _data_files(ROOT / suite)]
    for number, (iri, content) in enumerate(MENTIONED.items()):
        path = folder / f"{number}.ttl"
        path.write_text(content, encoding="utf-8")
        options.append(f"{path}={iri}")
    command = [sys.executable, "-m", "asoen_graph", "serve", "--port", "0", "--workers", "2", "--dataset", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+", line)
            assert found, line or "the server did not start"
            with httpx.Client(base_url=found[0], timeout=60) as client:
                yield client
        finally:
            process.terminate()


def _data_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.suffix in _ENDINGS and not _OTHER.search(path.name):
            yield path


@pytest.fixture(autouse=True)
def literals_as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have RDFLib leave ``"01"^^xsd:integer`` as it is."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
