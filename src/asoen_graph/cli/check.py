"""``asoen check``: every problem of the curated data, one a line."""

from __future__ import annotations

import argparse
import gc
import json
import sys
from pathlib import Path

from asoen_graph.build.pipeline import check_shapes
from asoen_graph.curation.desk import cache_folder, find_root, locate, read_ontology
from asoen_graph.curation.project import CuratedProject, read_project
from asoen_graph.errors import Problem


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="show the problems of these files or folders only")
    parser.add_argument("-f", "--format", choices=("text", "json"), default="text", help="how problems are written")
    parser.add_argument("--root", metavar="DIR", help="the folder that holds data/ (default: here, else the checkout)")
    parser.epilog = "Exit code 0 where nothing is wrong, 1 where something is."


def run(arguments: argparse.Namespace) -> int:
    """Read everything, show the problems asked for, and return 1 where there are any."""
    root = find_root(arguments.root)
    wanted = locate(root, arguments.paths) or [Path()]
    cache = cache_folder(root)
    # Nearly everything made here lives until the end: looking for garbage would only cost time.
    gc.disable()
    try:
        project, problems = read_project(root, read_ontology(), cache)
        problems = sorted([*problems, *check_shapes(project, problems, cache)])
    finally:
        gc.enable()
    shown = [each for each in problems if any(Path(each.place.path).is_relative_to(path) for path in wanted)]
    write = _write_json if arguments.format == "json" else _write_text
    write(shown, len(problems) - len(shown), project)
    return 1 if shown else 0


def _write_text(problems: list[Problem], elsewhere: int, project: CuratedProject) -> None:
    lines = [str(problem) for problem in problems]
    more = f" ({elsewhere:,} more in other files)" if elsewhere else ""
    if problems:
        files = len({problem.place.path for problem in problems})
        lines.append(f"{_count(len(problems), 'problem')} in {_count(files, 'file')}{more}.")
        lines.append("Some checks wait until these are mended; run it again.")
    else:
        documents, facts = _count(len(project.sources), "document"), _count(len(project.facts), "fact")
        entities = _count(len(project.entities), "entity", "entities")
        lines.append(f"{documents}, {entities}, {facts}: no problems{more}.")
    sys.stdout.write("\n".join(lines) + "\n")


def _write_json(problems: list[Problem], elsewhere: int, project: CuratedProject) -> None:
    objects = [
        {
            "path": problem.place.path,
            "line": problem.place.line,
            "column": problem.place.column,
            "code": problem.code,
            "message": problem.message,
            "hint": problem.hint,
        }
        for problem in problems
    ]
    sys.stdout.write(json.dumps(objects, ensure_ascii=False, indent=2) + "\n")


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
