"""An invented release of meetings and who took part in them, with the evidence of every fact, of any size.

Usage: python bench/network/world.py MEETINGS PARTNERS FOLDER. The folder is a release that `asoen` opens; it has the
ontology of this checkout, and the graphs of a real release (docs/architecture.md, 4): each fact in a graph of its own,
where it stands in the provenance, and all of it once more in the default graph. The same numbers give the same bytes.

Which partners meet is drawn so that nearly every pair is a new one: the network of partners who met together grows
with the number of meetings up to PARTNERS × (PARTNERS − 1) ÷ 2 links.
"""

from __future__ import annotations

import datetime
import hashlib
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from asoen_graph.iris import (
    ENTITY,
    FACT,
    INFERRED_GRAPH,
    ONTOLOGY,
    PROV,
    PROVENANCE_GRAPH,
    RDF,
    RDFS,
    REGISTER_GRAPH,
    SOURCE,
    TERM,
    XSD,
)
from asoen_graph.release import MANIFEST_FILE, QUADS_FILE, Counts, FileDigest, Manifest, content_hash
from asoen_graph.resources import ontology_folder

AT_A_MEETING = 10
FIRST_DAY, LAST_DAY = datetime.date(1985, 1, 1).toordinal(), datetime.date(2025, 12, 31).toordinal()
KINDS = ("MemberState", "PartnerCountry", "Centre", "InternationalOrganisation", "Secretariat")
FACTS_OF_A_DOCUMENT = ("paragraph 3", "paragraph 4", "page 2", "page 4, table 2", "section 1")

TYPE, LABEL, DERIVED_FROM = f"<{RDF}type>", f"<{RDFS}label>", f"<{PROV}wasDerivedFrom>"


class World:
    """Writes quads; what is said of an entity is said in its graph and in the default graph."""

    def __init__(self, meetings: int, partners: int, seed: int = 7) -> None:
        self.random = random.Random(seed)
        self.meetings, self.partners = meetings, partners
        self.facts = self.quads = 0

    def write(self, path: Path) -> None:
        with path.open("w", encoding="utf-8", buffering=1 << 20) as file:
            for line in self._lines():
                self.quads += 1
                file.write(line)

    def _lines(self) -> Iterator[str]:
        for triple in parse(path=str(ontology_folder() / "asoen.ttl"), format=RdfFormat.TURTLE):
            yield f"{triple.subject} {triple.predicate} {triple.object} <{ONTOLOGY}> .\n"
            if triple.predicate.value == RDFS + "label":
                yield f"{triple.subject} {triple.predicate} {triple.object} .\n"
        for number in range(self.partners):
            kind = KINDS[number % len(KINDS)]
            partner = f"{ENTITY}partner-{number}"
            yield from self._registered(partner, kind, f"Partner number {number}", f"Đối tác số {number}")
        for number in range(self.meetings):
            yield from self._meeting(number)

    def _meeting(self, number: int) -> Iterator[str]:
        meeting, source = f"{ENTITY}meeting-{number}", f"{SOURCE}record-{number}"
        day = datetime.date.fromordinal(self.random.randrange(FIRST_DAY, LAST_DAY))
        yield from self._registered(meeting, "Meeting", f"Meeting number {number}", f"Hội nghị số {number}")
        yield from self._document(source, number, day)
        yield from self._fact(meeting, "starts", f'"{day}"^^<{XSD}date>', source)
        for name in ("earliest", "latest"):
            yield from both(f"<{meeting}>", f"<{TERM}{name}>", f'"{day}"^^<{XSD}date>', INFERRED_GRAPH)
        for partner in sorted(self.random.sample(range(self.partners), AT_A_MEETING)):
            part = f"{ENTITY}participation-meeting-{number}-partner-{partner}"
            yield from self._registered(
                part, "Participation", f"Participation: {number}, {partner}", f"Sự tham dự: {number}, {partner}"
            )
            yield from self._fact(part, "event", f"<{meeting}>", source)
            yield from self._fact(part, "participant", f"<{ENTITY}partner-{partner}>", source)

    def _document(self, source: str, number: int, day: datetime.date) -> Iterator[str]:
        publisher = f"<{ENTITY}partner-{self.random.randrange(self.partners)}>"
        values = (
            (TYPE, f"<{TERM}Source>"),
            (f"<{TERM}language>", f'"en"^^<{XSD}language>'),
            (f"<{TERM}published>", f'"{day}"^^<{XSD}date>'),
            (f"<{TERM}publisher>", publisher),
            (f"<{TERM}title>", f'"Record of meeting number {number}"@en'),
            (f"<{TERM}url>", f'"https://docs.example/{number}"^^<{XSD}anyURI>'),
        )
        for property_, value in values:
            yield from both(f"<{source}>", property_, value, PROVENANCE_GRAPH)

    def _registered(self, entity: str, kind: str, english: str, vietnamese: str) -> Iterator[str]:
        yield from both(f"<{entity}>", TYPE, f"<{TERM}{kind}>", REGISTER_GRAPH)
        yield from both(f"<{entity}>", TYPE, f"<{TERM}Entity>", INFERRED_GRAPH)
        yield from both(f"<{entity}>", LABEL, f'"{english}"@en', REGISTER_GRAPH)
        yield from both(f"<{entity}>", LABEL, f'"{vietnamese}"@vi', REGISTER_GRAPH)

    def _fact(self, subject: str, property_: str, value: str, source: str) -> Iterator[str]:
        self.facts += 1
        fact = FACT + hashlib.sha256(f"{self.facts}".encode()).hexdigest()[:16]
        yield from both(f"<{subject}>", f"<{TERM}{property_}>", value, fact)
        place = FACTS_OF_A_DOCUMENT[self.random.randrange(len(FACTS_OF_A_DOCUMENT))]
        values = (
            (TYPE, f"<{TERM}Fact>"),
            (DERIVED_FROM, f"<{source}>"),
            (f"<{TERM}locator>", f'"{place}"'),
            (f"<{TERM}status>", f"<{TERM}accepted>"),
        )
        for name, about in values:
            yield from both(f"<{fact}>", name, about, PROVENANCE_GRAPH)


def both(subject: str, property_: str, value: str, graph: str) -> Iterator[str]:
    """A triple in the default graph and in a named one."""
    yield f"{subject} {property_} {value} .\n"
    yield f"{subject} {property_} {value} <{graph}> .\n"


def write(meetings: int, partners: int, folder: Path) -> None:
    """Write a world as a release."""
    folder.mkdir(parents=True, exist_ok=True)
    world = World(meetings, partners)
    path = folder / QUADS_FILE
    world.write(path)
    with path.open("rb") as file:
        digests = {QUADS_FILE: FileDigest(hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size)}
    counts = Counts(partners + meetings, {}, 0, world.facts, {}, {}, meetings, 0, 0, world.quads)
    manifest = Manifest("invented", "1.0.0", "CC0-1.0", content_hash(digests), counts, digests)
    (folder / MANIFEST_FILE).write_text(manifest.to_json(), encoding="utf-8")
    sys.stderr.write(f"{folder.name}: {world.quads:,} quads\n")


if __name__ == "__main__":
    write(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
