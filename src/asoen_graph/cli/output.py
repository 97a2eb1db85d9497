"""Where the commands write what they made."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from asoen_graph.errors import ParameterError


def write_output(output: str | None, content: bytes) -> None:
    """Write to the file named, or to standard output. Raises ParameterError where the file cannot be written."""
    if output is None:
        sys.stdout.buffer.write(content)
    else:
        save(Path(output), content)


def save(path: Path, content: bytes) -> None:
    """Write aside and rename, so that a file is there as a whole or as it was."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        aside.write_bytes(content)
        aside.replace(path)
    except OSError as error:
        raise ParameterError("output", f"{path} cannot be written: {error.strerror}", "Name another file") from error
    finally:
        aside.unlink(missing_ok=True)
