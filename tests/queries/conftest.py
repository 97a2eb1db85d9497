from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from asoen_graph.release import Release
from asoen_graph.store.embedded import EmbeddedStore

HEADER = """\
#+ title: {en: Meetings of a series, vi: Các kỳ họp}
#+ description:
#+   en: Every meeting.
#+   vi: Mọi kỳ họp.
#+ group: when
"""


@pytest.fixture(scope="session")
def store(lagoon_release: Release) -> EmbeddedStore:
    return EmbeddedStore(lagoon_release.store())


@pytest.fixture
def query_file(tmp_path: Path) -> Callable[..., Path]:
    """``query_file(rest, header=HEADER)``: a query file with that header, whatever follows it, and that text."""

    def write(rest: str, header: str = HEADER) -> Path:
        path = tmp_path / "meetings.rq"
        path.write_text(header + rest, encoding="utf-8")
        return path

    return write
