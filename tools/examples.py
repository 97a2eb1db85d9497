"""The pictures in ``docs/networks/examples``, drawn anew: ``python tools/examples.py [VERSION]``, or ``make examples``.

VERSION is a kept release, the newest where none is named, so that anybody can draw the same pictures.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from asoen_graph.drawing.paper import Printing
from asoen_graph.network.asking import Wanted, ask
from asoen_graph.network.formats import write
from asoen_graph.queries.catalogue import Catalogue
from asoen_graph.release import Release
from asoen_graph.resources import queries_folder
from asoen_graph.store.embedded import EmbeddedStore

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "docs" / "networks" / "examples"


class Picture(NamedTuple):
    """A network at a date or of the whole time, what the size of its marks shows, and the forms it is drawn in."""

    query: str
    date: str | None
    size: str | None
    formats: tuple[str, ...]


DATES = (None, "2009", "2014", "2019", "2023")
ALL = {"svg": Printing(), "pdf": Printing(), "png": Printing("auto", 60), "html": Printing()}
"""Every form, PNG for a screen: the folder is to stay small."""
PICTURES = (
    *(Picture("partners-met-together", date, None, tuple(ALL)) for date in DATES),
    Picture("who-works-with-whom", None, "strength", ("pdf",)),
)


def draw(version: str, formats: Collection[str] = ALL) -> Iterator[tuple[str, bytes]]:
    """Every example of a kept release that is in one of these formats: its name and its bytes."""
    release = Release.open(ROOT / "releases" / version)
    store = EmbeddedStore(release.store())
    catalogue = Catalogue.read(queries_folder())
    name = f"{release.manifest.name} {release.manifest.version}"
    for picture in PICTURES:
        wanted = Wanted(at=picture.date, release=name, size=picture.size)
        network = ask(store, release.vocabulary, catalogue[picture.query], wanted)
        stem = "-".join(filter(None, (picture.query, picture.date)))
        for each in picture.formats:
            if each in formats:
                yield f"{stem}.{each}", write(network, each, ALL[each])


def newest() -> str:
    """The newest kept release."""
    folders = (path.name for path in (ROOT / "releases").iterdir() if path.is_dir())
    return max(folders, key=lambda name: [int(part) for part in name.split(".")])


def main() -> None:
    """Draw every example, and nothing else stays in the folder."""
    EXAMPLES.mkdir(parents=True, exist_ok=True)
    drawn = dict(draw(sys.argv[1] if len(sys.argv) > 1 else newest()))
    for path in EXAMPLES.iterdir():
        if path.suffix.removeprefix(".") in ALL and path.name not in drawn:
            path.unlink()
    for name, content in drawn.items():
        EXAMPLES.joinpath(name).write_bytes(content)


if __name__ == "__main__":
    main()
