"""The peer of the build: read N-Quads with rdflib and write them again, the least any RDF program in Python does."""

import sys

import rdflib

dataset = rdflib.Dataset()
dataset.parse(sys.argv[1], format="nquads")
dataset.serialize(format="nquads", encoding="utf-8")
