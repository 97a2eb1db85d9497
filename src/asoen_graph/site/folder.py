"""Writing a folder all at once: aside first, then in the place of the one before, which is there until then."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from asoen_graph.errors import AsoenError

MANIFEST: Final = "MANIFEST.json"
"""Lists every other file with its digest, and says by whom the folder was written."""
_MAKER: Final = "asoen publish"


@contextmanager
def written_aside(target: Path) -> Iterator[Path]:
    """An empty folder beside the target that takes its place at the end, and leaves no trace where anything fails.

    Raises AsoenError where the target is a folder that ``asoen publish`` has not made, or cannot be written.
    """
    refuse_foreign(target)
    aside, before = (target.with_name(f".{target.name}.{word}-{os.getpid()}") for word in ("new", "old"))
    try:
        aside.mkdir(parents=True)
        yield aside
        if target.exists():
            target.rename(before)
        try:
            aside.rename(target)
        except OSError:
            if before.exists():
                before.rename(target)
            raise
    except OSError as error:
        raise AsoenError(f"{target} cannot be written: {error.strerror or error}", "Name another folder") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        shutil.rmtree(before, ignore_errors=True)


def refuse_foreign(target: Path) -> None:
    """Raise AsoenError where the target holds anything that ``asoen publish`` has not made."""
    if not target.exists():
        return
    if not target.is_dir():
        raise AsoenError(f"{target} is a file", "Name a folder")
    if any(target.iterdir()) and not _is_ours(target):
        raise AsoenError(
            f"{target} holds files that asoen publish has not made", "Name a new or an empty folder: nothing is deleted"
        )


def _is_ours(folder: Path) -> bool:
    try:
        said = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(said, dict) and said.get("maker") == _MAKER


def write_manifest(folder: Path, about: Mapping[str, Any]) -> tuple[int, int]:
    """List every file with its length and SHA-256; how many there are, and their bytes."""
    files: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            name = path.relative_to(folder).as_posix()
            files[name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    made = {"maker": _MAKER, **about, "files": files}
    (folder / MANIFEST).write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return len(files) + 1, sum(each["bytes"] for each in files.values())
