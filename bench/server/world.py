"""An invented world of meetings, bodies, parks and awards as N-Quads, of any size, the same for the same seed.

Usage: python bench/server/world.py QUADS OUT.nq. Beside it, OUT.nq.json holds the entities that queries are asked
about. Every quad is in a named graph, one for each document, and no triple is in two; so engines that take the union
of the named graphs for the default graph agree on the number of rows.
"""

from __future__ import annotations

import datetime
import json
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path

BASE = "http://kg.example/"
ID, DEF, GRAPH = BASE + "id/", BASE + "def#", BASE + "graph/"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCT = "http://purl.org/dc/terms/"
GEO = "http://www.opengis.net/ont/geosparql#"
WGS = "http://www.w3.org/2003/01/geo/wgs84_pos#"
XSD = "http://www.w3.org/2001/XMLSchema#"
REGISTRY, META = GRAPH + "registry", GRAPH + "meta"

QUADS_A_MEETING = 75
MEMBERS = "Brunei Cambodia Indonesia Laos Malaysia Myanmar Philippines Singapore Thailand Timor-Leste Vietnam".split()
OTHERS = (
    "China Japan Korea India Australia New-Zealand USA Canada EU UK Russia Norway Switzerland Germany France UNEP UNDP "
    "FAO GEF ADB World-Bank IUCN WWF CIFOR IRRI UNESCAP CBD-Secretariat UNFCCC-Secretariat ACB Ramsar TRAFFIC BirdLife "
    "GIZ JICA KOICA USAID SIDA DANIDA AIT SEARCA Wetlands-Intl Conservation-Intl"
).split()
COUNTRIES = 26
THEMES = (
    "haze biodiversity wetlands peatlands mangroves marine-litter climate-adaptation climate-mitigation "
    "water-resources environmental-education sustainable-cities chemicals waste forests wildlife-trade heritage-parks "
    "coral-reefs air-quality circular-economy early-warning agroforestry invasive-species access-benefit-sharing "
    "protected-areas river-basins coastal-zones environmental-law green-finance plastic eco-schools"
).split()
VIETNAMESE = (
    "hợp tác,môi trường,đa dạng sinh học,nước,rừng,biển,khí hậu,khói mù,giáo dục,thành phố,chất thải,vườn di sản,"
    "hội nghị,nhóm công tác"
).split(",")
GIVEN = (
    "Anh Bao Chi Dara Endah Farid Gita Hadi Intan Joko Kamal Linh Maria Nurul Ong Putri Quang Ratna Siti Tuan Umar "
    "Vanna Wati Xuan Yusuf Zainab"
).split()
FAMILY = (
    "Nguyen Tran Le Santos Reyes Rahman Abdullah Tan Lim Wong Suharto Wijaya Chea Sok Phommachanh Thein Aung "
    "Chaiyaporn Srisai Pereira"
).split()
ROLES = ("Member", "Observer", "DialoguePartner", "Secretariat", "Chair")
FIRST_DAY, LAST_DAY = datetime.date(1985, 1, 1).toordinal(), datetime.date(2025, 12, 31).toordinal()


def node(iri: str) -> str:
    return f"<{iri}>"


def text(value: str, language: str = "") -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"' + (f"@{language}" if language else "")


def typed(value: object, datatype: str) -> str:
    return f'"{value}"^^<{XSD}{datatype}>'


class World:
    """Entities in the order they are made; each ``make_…`` writes those of a kind."""

    def __init__(self, quads: int, seed: int = 7) -> None:
        self.random = random.Random(seed)
        self.size = max(20, quads // QUADS_A_MEETING)
        self.quads = 0
        self.partners = [ID + "partner/" + name for name in MEMBERS + OTHERS]
        self.members = self.partners[: len(MEMBERS)]
        self.places = [f"{ID}place/{i}" for i in range(60 + self.size // 200)]
        self.themes = [f"{ID}theme/{i}" for i in range(40 + self.size // 100)]
        self.bodies = [f"{ID}body/{i}" for i in range(24 + self.size // 40)]
        self.series = [f"{ID}series/{i}" for i in range(max(8, self.size // 20))]
        self.meetings = [f"{ID}meeting/{i}" for i in range(self.size)]
        self.parks = [f"{ID}park/{i}" for i in range(57 + self.size // 25)]
        self.persons: list[str] = []
        self.instruments = 0

    @contextmanager
    def writing(self, path: Path) -> Iterator[None]:
        with path.open("w", encoding="utf-8", buffering=1 << 20) as self._file:
            yield

    def add(self, subject: str, property_: str, value: str, graph: str) -> None:
        self.quads += 1
        self._file.write(f"<{subject}> <{property_}> {value} <{graph}> .\n")

    def name(self, subject: str, english: str, vietnamese: str, graph: str, property_: str = LABEL) -> None:
        self.add(subject, property_, text(english, "en"), graph)
        self.add(subject, property_, text(vietnamese, "vi"), graph)

    def document(self, graph: str, title: str) -> None:
        self.add(graph, RDF_TYPE, node(DEF + "SourceDocument"), META)
        self.add(graph, DCT + "title", text(title, "en"), META)

    def any(self, among: list[str]) -> str:
        return node(among[self.random.randrange(len(among))])

    def word(self) -> str:
        return THEMES[self.random.randrange(len(THEMES))].replace("-", " ")

    def make(self) -> None:
        self.make_register()
        self.make_bodies()
        for number in range(self.size):
            self.make_meeting(number)
        for number in range(len(self.parks)):
            self.make_park(number)
        for number in range(6 + self.size // 500):
            self.make_award(number)

    def make_register(self) -> None:
        for number, partner in enumerate(self.partners):
            plain = partner.rpartition("/")[2].replace("-", " ")
            kind = "Country" if number < COUNTRIES else "Organisation"
            self.add(partner, RDF_TYPE, node(DEF + kind), REGISTRY)
            self.name(partner, plain, "Đối tác " + plain, REGISTRY)
            is_member = "true" if number < len(MEMBERS) else "false"
            self.add(partner, DEF + "isAseanMember", typed(is_member, "boolean"), REGISTRY)
            self.add(partner, DEF + "joined", typed(1967 + number * 7 % 50, "gYear"), REGISTRY)
        for number, place in enumerate(self.places):
            member = number % len(MEMBERS)
            self.add(place, RDF_TYPE, node(DEF + "Place"), REGISTRY)
            self.add(place, LABEL, text(f"City {number} of {MEMBERS[member]}", "en"), REGISTRY)
            self.add(place, DEF + "country", node(self.members[member]), REGISTRY)
            self.add(place, WGS + "lat", typed(round(self.random.uniform(-8, 22), 4), "decimal"), REGISTRY)
            self.add(place, WGS + "long", typed(round(self.random.uniform(95, 127), 4), "decimal"), REGISTRY)
        scheme = ID + "scheme/themes"
        self.add(scheme, RDF_TYPE, node(SKOS + "ConceptScheme"), REGISTRY)
        for number, theme in enumerate(self.themes):
            english, vietnamese = THEMES[number % len(THEMES)].replace("-", " "), VIETNAMESE[number % len(VIETNAMESE)]
            self.add(theme, RDF_TYPE, node(SKOS + "Concept"), REGISTRY)
            self.name(theme, f"{english} {number}", f"{vietnamese} {number}", REGISTRY, SKOS + "prefLabel")
            self.add(theme, SKOS + "altLabel", text(f"{english.title()} topic {number}", "en"), REGISTRY)
            self.add(theme, SKOS + "inScheme", node(scheme), REGISTRY)
            if number >= 6:
                broader = (number - 6) // 3 if number < 400 else self.random.randrange(number // 4)
                self.add(theme, SKOS + "broader", node(self.themes[broader]), REGISTRY)

    def make_bodies(self) -> None:
        for number, body in enumerate(self.bodies):
            graph = f"{GRAPH}charter/{number // 5}"
            kind = (
                "Council" if number == 0 else "MinisterialMeeting" if number < 4 else "SeniorOfficials"
                if number < 10 else "WorkingGroup" if number % 3 else "TaskForce"
            )  # fmt: skip
            self.add(body, RDF_TYPE, node(DEF + "Body"), graph)
            self.add(body, RDF_TYPE, node(DEF + kind), graph)
            english, vietnamese = self.word(), VIETNAMESE[number % len(VIETNAMESE)]
            self.name(body, f"ASEAN {kind} on {english} {number}", f"Cơ quan ASEAN về {vietnamese} {number}", graph)
            day = f"{1975 + self.random.randrange(45)}-0{1 + number % 9}-1{number % 9}"
            self.add(body, DEF + "established", typed(day, "date"), graph)
            if number:
                self.add(body, DEF + "partOf", node(self.bodies[(number - 1) // 4]), graph)
            self.add(body, DEF + "mandateTheme", self.any(self.themes), graph)
            self.add(body, DEF + "chairCountry", self.any(self.members), graph)
        for number, series in enumerate(self.series):
            body = number % len(self.bodies)
            graph = f"{GRAPH}charter/{body // 5}"
            self.add(series, RDF_TYPE, node(DEF + "MeetingSeries"), graph)
            self.name(series, f"ASEAN Meeting Series {number}", f"Chuỗi hội nghị ASEAN {number}", graph)
            self.add(series, DEF + "ofBody", node(self.bodies[body]), graph)

    def make_meeting(self, number: int) -> None:
        meeting, graph = self.meetings[number], f"{GRAPH}doc/report-{number}"
        series, session = number % len(self.series), number // len(self.series) + 1
        day = datetime.date.fromordinal(self.random.randrange(FIRST_DAY, LAST_DAY))
        word = self.word()
        self.document(graph, f"Report of meeting {number}")
        self.add(graph, DCT + "issued", typed(day + datetime.timedelta(20), "date"), META)
        self.add(graph, DCT + "source", node(f"http://docs.example/r/{number}.pdf"), META)
        self.add(meeting, RDF_TYPE, node(DEF + "Meeting"), graph)
        vietnamese = f"Hội nghị ASEAN lần thứ {session} về {VIETNAMESE[number % len(VIETNAMESE)]} {number}"
        self.name(meeting, f"{session}th ASEAN Working Meeting on {word} {number}", vietnamese, graph)
        self.add(meeting, DEF + "inSeries", node(self.series[series]), graph)
        self.add(meeting, DEF + "sessionNumber", typed(session, "integer"), graph)
        self.add(meeting, DEF + "date", typed(day, "date"), graph)
        last = day + datetime.timedelta(self.random.randrange(1, 5))
        self.add(meeting, DEF + "endDate", typed(last, "date"), graph)
        self.add(meeting, DEF + "place", self.any(self.places), graph)
        self.add(meeting, DEF + "host", self.any(self.members), graph)
        self.add(meeting, DEF + "organisedBy", node(self.bodies[series % len(self.bodies)]), graph)
        for theme in self.random.sample(range(len(self.themes)), 1 + number % 2):
            self.add(meeting, DEF + "theme", node(self.themes[theme]), graph)
        if number % 4 == 0:
            summary = (
                f"The meeting discussed {word}; delegates reviewed progress, noted the workplan and agreed on next "
                f"steps for {word} cooperation in the region, session {session}."
            )
            self.add(meeting, DEF + "summary", text(summary, "en"), graph)
        self.make_participations(number, graph)
        if self.random.random() < 0.3:
            self.make_instrument(meeting, word, day)

    def make_participations(self, number: int, graph: str) -> None:
        weights = list(accumulate(max(1, 60 - position) for position in range(len(self.partners))))
        wanted = 5 + self.random.randrange(11)
        chosen: set[int] = set()
        while len(chosen) < wanted:
            chosen.add(self.random.choices(range(len(self.partners)), cum_weights=weights)[0])
        for partner in sorted(chosen):
            part = f"{ID}participation/{number}-{partner}"
            self.add(part, RDF_TYPE, node(DEF + "Participation"), graph)
            self.add(part, DEF + "meeting", node(self.meetings[number]), graph)
            self.add(part, DEF + "partner", node(self.partners[partner]), graph)
            self.add(part, DEF + "role", node(DEF + "role/" + ROLES[self.random.randrange(len(ROLES))]), graph)
            self.add(part, DEF + "delegationSize", typed(self.random.randrange(1, 14), "integer"), graph)
            chance = self.random.random()
            if chance < 0.15 or not self.persons:
                self.add(part, DEF + "headedBy", node(self.make_person(graph)), graph)
            elif chance < 0.4:
                self.add(part, DEF + "headedBy", self.any(self.persons), graph)

    def make_person(self, graph: str) -> str:
        number = len(self.persons)
        person = f"{ID}person/{number}"
        self.persons.append(person)
        given, family = GIVEN[self.random.randrange(len(GIVEN))], FAMILY[self.random.randrange(len(FAMILY))]
        self.add(person, RDF_TYPE, node(DEF + "Person"), graph)
        self.add(person, LABEL, text(f"{given} {family} {number}"), graph)
        self.add(person, DEF + "represents", self.any(self.partners), graph)
        self.add(person, DEF + "gender", text("fm"[number % 2]), graph)
        return person

    def make_instrument(self, meeting: str, word: str, day: datetime.date) -> None:
        number = self.instruments
        self.instruments += 1
        instrument, graph = f"{ID}instrument/{number}", f"{GRAPH}doc/instrument-{number}"
        self.document(graph, f"Text of instrument {number}")
        self.add(instrument, RDF_TYPE, node(DEF + "Instrument"), graph)
        vietnamese = VIETNAMESE[(number + 1) % len(VIETNAMESE)]
        self.name(instrument, f"Declaration on {word} no. {number}", f"Tuyên bố về {vietnamese} số {number}", graph)
        self.add(instrument, DEF + "adoptedAt", node(meeting), graph)
        self.add(instrument, DEF + "date", typed(day, "date"), graph)
        self.add(instrument, DEF + "theme", self.any(self.themes), graph)
        status = ("binding", "non-binding", "voluntary")[(number + 1) % 3]
        self.add(instrument, DEF + "legalStatus", text(status), graph)

    def make_park(self, number: int) -> None:
        park, graph = self.parks[number], f"{GRAPH}doc/park-{number}"
        latitude, longitude = round(self.random.uniform(-8, 22), 5), round(self.random.uniform(95, 127), 5)
        family = FAMILY[number % len(FAMILY)]
        self.document(graph, f"Dossier of park {number}")
        self.add(park, RDF_TYPE, node(DEF + "HeritagePark"), graph)
        self.name(park, f"{family} National Park {number}", f"Vườn quốc gia {family} {number}", graph)
        self.add(park, DEF + "country", self.any(self.members), graph)
        self.add(park, DEF + "areaKm2", typed(round(self.random.uniform(10, 9000), 2), "decimal"), graph)
        self.add(park, DEF + "declared", typed(1984 + self.random.randrange(40), "gYear"), graph)
        self.add(park, WGS + "lat", typed(latitude, "decimal"), graph)
        self.add(park, WGS + "long", typed(longitude, "decimal"), graph)
        self.add(park, GEO + "hasGeometry", node(park + "/geom"), graph)
        self.add(park + "/geom", GEO + "asWKT", f'"POINT({longitude} {latitude})"^^<{GEO}wktLiteral>', graph)
        self.add(park, DEF + "theme", self.any(self.themes), graph)

    def make_award(self, number: int) -> None:
        award = f"{ID}award/{number}"
        self.add(award, RDF_TYPE, node(DEF + "Award"), REGISTRY)
        self.name(award, f"ASEAN Environment Award {number}", f"Giải thưởng môi trường ASEAN {number}", REGISTRY)
        for turn in range(12):
            edition, graph = f"{award}/edition/{turn}", f"{GRAPH}doc/award-{number}-{turn}"
            self.add(edition, RDF_TYPE, node(DEF + "AwardEdition"), graph)
            self.add(edition, DEF + "ofAward", node(award), graph)
            self.add(edition, DEF + "year", typed(2000 + turn * 2, "gYear"), graph)
            self.add(edition, DEF + "presentedAt", self.any(self.meetings), graph)
            for place in range(10):
                conferral = f"{edition}/c{place}"
                self.add(conferral, RDF_TYPE, node(DEF + "Conferral"), graph)
                self.add(conferral, DEF + "edition", node(edition), graph)
                self.add(conferral, DEF + "recipient", self.any(self.persons), graph)
                self.add(conferral, DEF + "onBehalfOf", node(self.members[place]), graph)

    def subjects(self, count: int = 50) -> dict[str, list[str]]:
        """The entities that queries are asked about, ``count`` of each kind."""
        chance = random.Random(99)
        kinds = {
            "meeting": self.meetings, "series": self.series, "park": self.parks, "theme": self.themes,
            "midbody": self.bodies[1:10], "partner": self.partners,
        }  # fmt: skip
        return {kind: [chance.choice(among) for _ in range(count)] for kind, among in kinds.items()}


def write(quads: int, path: Path) -> dict[str, list[str]]:
    """Write a world of about so many quads; the entities to ask about."""
    world = World(quads)
    with world.writing(path):
        world.make()
    subjects = world.subjects()
    path.with_name(path.name + ".json").write_text(json.dumps(subjects), encoding="utf-8")
    sys.stderr.write(f"{path.name}: {world.quads:,} quads\n")
    return subjects


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
