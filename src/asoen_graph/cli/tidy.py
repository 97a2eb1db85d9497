"""``asoen tidy``: curated files in canonical form."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from asoen_graph.curation.desk import choose_files, find_root, read_ontology
from asoen_graph.curation.project import SOURCES
from asoen_graph.curation.tidy import tidy_register, tidy_source
from asoen_graph.errors import Problem


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files or folders (default: all curated files)")
    parser.add_argument("--check", action="store_true", help="change nothing; list the files that would change")
    parser.add_argument("--root", metavar="DIR", help="the folder that holds data/ (default: here, else the checkout)")
    parser.epilog = (
        "Exit code 0 where all is well, 1 where a file is not plain YAML or, with --check, is not in canonical form."
    )


def run(arguments: argparse.Namespace) -> int:
    """Rewrite the files that are not in canonical form; tell the problems of those that cannot be read."""
    root = find_root(arguments.root)
    vocabulary = read_ontology()
    files = choose_files(root, arguments.paths)
    changed: list[str] = []
    problems: list[Problem] = []
    for file in files:
        name = file.as_posix()
        data = (root / file).read_bytes()
        is_source = name.startswith(SOURCES)
        text, found = tidy_source(data, name, vocabulary) if is_source else tidy_register(data, name)
        problems += found
        if text is not None and text.encode() != data:
            changed.append(name)
            if not arguments.check:
                _replace(root / file, text)
    _report(changed, problems, len(files), check=arguments.check)
    return 1 if problems or (arguments.check and changed) else 0


def _replace(path: Path, text: str) -> None:
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_bytes(text.encode())
    aside.replace(path)


def _report(changed: list[str], problems: list[Problem], count: int, *, check: bool) -> None:
    verb = "would be tidied" if check else "tidied"
    for problem in problems:
        sys.stdout.write(f"{problem}\n")
    for name in changed:
        sys.stdout.write(f"{name}: {verb}\n")
    sys.stdout.write(f"{len(changed):,} of {count:,} files {verb}.\n")
