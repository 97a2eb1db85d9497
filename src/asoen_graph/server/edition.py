"""What answers are made of: the release, the queries, the templates and the code, as one digest.

The web process computes it when it reads the release, makes its validators (``ETag``) from it, and hands it to the
workers, which refuse to answer from anything else: files may be replaced while the server runs.
"""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

from asoen_graph.errors import ReleaseError
from asoen_graph.release import Release
from asoen_graph.resources import web_folder
from asoen_graph.server.compression import makers
from asoen_graph.server.pages import TEMPLATES
from asoen_graph.server.web import MANIFEST


def edition(release: Path, queries: Path, templates: Path = TEMPLATES, *, is_planned: bool = True) -> str:
    """SHA-256 in hex of all that decides an answer besides its request. Raises ReleaseError where it cannot be read.

    A planned query may have its rows in another order, where it asks for none, so planning decides too.
    """
    data = f"{Release(release).manifest.to_json()}{is_planned}".encode()
    return edition_of(data, (queries, "*.rq"), templates=templates)


def edition_of(data: bytes, *others: tuple[Path, str], templates: Path = TEMPLATES) -> str:
    """The same for data that ``data`` stands for; ``others`` are folders, and which of their files decide too."""
    parts = hashlib.sha256()
    for part in (version("asoen-graph").encode(), makers(), data):
        parts.update(hashlib.sha256(part).digest())
    for folder, suffix in (*others, (templates, "*.*"), (web_folder(), MANIFEST)):
        for path in sorted(folder.rglob(suffix)):
            for part in (path.relative_to(folder).as_posix().encode(), _content(path)):
                parts.update(hashlib.sha256(part).digest())
    return parts.hexdigest()


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReleaseError(f"{path} cannot be read: {error.strerror}") from error
