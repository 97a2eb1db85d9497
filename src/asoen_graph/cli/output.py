"""Where the commands write what they made."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from asoen_graph.errors import ParameterError


def write_output(output: str | None, content: bytes) -> None:
    """Write to the file named, or to standard output. Raises ParameterError where the file cannot be written."""
    stream_output(output, lambda file: file.write(content))


def stream_output(output: str | None, write: Callable[[BinaryIO], object]) -> None:
    """Let ``write`` write to the file named, or to standard output.

    Raises ParameterError where the file cannot be written, and whatever ``write`` raises; the file is then as it was.
    """
    if output is None:
        write(sys.stdout.buffer)
    else:
        save_with(Path(output), write)


def save(path: Path, content: bytes) -> None:
    """Write aside and rename, so that a file is there as a whole or as it was."""
    save_with(path, lambda file: file.write(content))


def save_with(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """The same for a file that is written piece by piece: ``write`` gets it open."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with aside.open("wb") as file:
            write(file)
        aside.replace(path)
    except OSError as error:
        raise ParameterError("output", f"{path} cannot be written: {error.strerror}", "Name another file") from error
    finally:
        aside.unlink(missing_ok=True)
