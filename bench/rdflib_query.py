"""The peer: what a Python user would write without asoen. Usage: python rdflib_query.py FILE.nq QUERY."""

from __future__ import annotations

import sys

import rdflib

dataset = rdflib.Dataset()
dataset.parse(sys.argv[1], format="nquads")
sys.stdout.buffer.write(dataset.query(sys.argv[2]).serialize(format="json") or b"")
