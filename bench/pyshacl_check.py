"""The peer of the check: the same shapes judged by pySHACL over the register and the accepted facts of a release.

Usage: python pyshacl_check.py FILE.nq ONTOLOGY_FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

import pyshacl
import rdflib

BASE = "https://w3id.org/asoen/"
STATUS = rdflib.URIRef(f"{BASE}ontology#status")
ACCEPTED = rdflib.URIRef(f"{BASE}ontology#accepted")

dataset = rdflib.Dataset()
dataset.parse(sys.argv[1], format="nquads")
accepted = set(dataset.graph(f"{BASE}graph/provenance").subjects(STATUS, ACCEPTED))
data = rdflib.Graph()
for subject, predicate, value, graph in dataset.quads():
    if graph in accepted or graph == rdflib.URIRef(f"{BASE}graph/register"):
        data.add((subject, predicate, value))
shapes = rdflib.Graph()
for name in ("shapes.ttl", "constraints.ttl"):
    shapes.parse(Path(sys.argv[2]) / name)
conforms, _, _ = pyshacl.validate(data, shacl_graph=shapes)
sys.stdout.write(f"{len(data)} triples, conforms: {conforms}\n")
