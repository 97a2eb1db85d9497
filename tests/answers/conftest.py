"""A handful of triples with everything in them that a format can trip over."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, Store

from asoen_graph.store import SelectAnswer
from asoen_graph.store.embedded import EmbeddedStore

DATA = """
PREFIX asoen: <https://w3id.org/asoen/ontology#>
PREFIX id: <https://w3id.org/asoen/id/>
PREFIX fact: <https://w3id.org/asoen/fact/>
PREFIX source: <https://w3id.org/asoen/source/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

id:reef-8 rdfs:label "8th Reef | Meeting"@en, "Hội nghị Rạn san hô lần thứ 8"@vi ; asoen:ordinal 8 .
id:reef-9 rdfs:label "9th Reef Meeting"@en, "Hội nghị Rạn san hô lần thứ 9"@vi ; asoen:ordinal 9 .
id:harbour rdfs:label "港町 <Harbour>"@en .
id:press rdfs:label "Reef Press"@en, "Báo Rạn"@vi .
asoen:planned a asoen:MeetingStatus ; rdfs:label "planned"@en, "dự kiến"@vi .
asoen:ordinal rdfs:label "ordinal"@en, "lần thứ"@vi .

source:reef-news asoen:title "Reefs & \\"people\\""@en, "Rạn san hô và con người"@vi ; asoen:publisher id:press ;
    asoen:published "2031-08" ; asoen:url "https://example.org/reef?a=1&b=2" .
source:old-book rdfs:label "An old book"@en .

fact:00000000000000a1 prov:wasDerivedFrom source:reef-news ; asoen:locator "paragraph 3" ; asoen:status asoen:accepted .
fact:00000000000000a2 prov:wasDerivedFrom source:reef-news ; asoen:locator "paragraph 3" ; asoen:status asoen:accepted .
fact:00000000000000b1 prov:wasDerivedFrom source:old-book ; asoen:locator "page 4, table 2" ;
    asoen:status asoen:disputed ; asoen:note "Says 7 earlier."@en, "Trước đó ghi 7."@vi .
GRAPH fact:00000000000000a1 { id:reef-8 asoen:ordinal 8 }
GRAPH fact:00000000000000b1 { id:reef-8 asoen:ordinal 8 }
GRAPH <https://w3id.org/asoen/ontology> {
    asoen:paragraph a asoen:LocatorUnit ; rdfs:label "paragraph"@en, "đoạn"@vi .
    asoen:page a asoen:LocatorUnit ; rdfs:label "page"@en, "trang"@vi .
    asoen:table a asoen:LocatorUnit ; rdfs:label "table"@en, "bảng"@vi .
    asoen:disputed a asoen:FactStatus ; rdfs:label "disputed"@en, "có tranh chấp"@vi .
}
"""

QUERY = """
SELECT ?meeting ?ordinal ?share ?place ?status ?held ?remark ?facts WHERE {
  VALUES (?meeting ?ordinal ?share ?place ?status ?held ?remark ?facts) {
    (id:reef-8 8 1.5 id:harbour asoen:planned false "=SUM(A1:A2)" fact:00000000000000a1)
    (id:reef-9 19 "NaN"^^xsd:double <https://example.org/?a=1&b=2> UNDEF true
     "Two\\nlines, \\"quoted\\"\\t| and *starred*" "https://w3id.org/asoen/fact/00000000000000a2 https://w3id.org/asoen/fact/00000000000000b1")
    (UNDEF UNDEF 20.25 id:nowhere fact:00000000000000a1 UNDEF "ខ្មែរ <b>bold</b>"@km UNDEF)
  }
}
"""


@pytest.fixture(scope="session")
def store() -> EmbeddedStore:
    store = Store()
    store.load(DATA.encode(), format=RdfFormat.TRIG)
    return EmbeddedStore(store)


@pytest.fixture(scope="session")
def answer(store: EmbeddedStore) -> SelectAnswer:
    found = store.query(QUERY)
    assert isinstance(found, SelectAnswer)
    return found
